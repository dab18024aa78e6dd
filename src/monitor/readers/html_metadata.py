"""Tell an article's title, authors, date, address, outlet and language from what its page says of itself."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from monitor.languages import UNDETERMINED, parse_language
from monitor.models import Metadata
from monitor.readers.html_dates import Moment, read_moment
from monitor.readers.html_head import Head, squeeze, text_of

_DATE_NAMES = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article.published",
    "article:published",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "published_date",
    "published_at",
    "publish_time",
    "publishtime",
    "publishedtime",
    "published_time_telegram",
    "mediator_published_time",
    "pubdate",
    "pub_date",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "dcterms.available",
    "dc.date",
    "citation_publication_date",
    "prism.publicationdate",
    "article:create_at",
    "bt:pubdate",
    "vr:published_time",
    "lastpubdate",
    "displaydate",
    "article:post_time",
    "datecreated",
    "og:pubdate",
    "og:release_date",
    "date",
    "creation_date",
    "iso-8601-publish-date",
]
_AUTHOR_NAMES = [
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
    "dc.author",
    "citation_author",
    "article:author_name",
    "cxenseparse:author",
    "mediator_author",
    "twitter:creator:name",
]
_BY = re.compile(
    r"^(?:by|von|par|por|di|da|av|af|door|autor|author|автор|текст|text)\b[:\s]\s{0,9}", re.IGNORECASE
)
_BETWEEN_AUTHORS = re.compile(r"\s{0,9}(?:[,;|/]|\s&\s|\s(?:and|und|et|y|e|og|och|en|и|i)\s)\s{0,9}")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d|^(?:admin|redaktion|editor|staff|none|null|unknown)$", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s+(?:[|\-–—»«·•:~]|::|<|>)\s+|\s?[|»]\s?|\s?[_-]{1,2}(?=[^\W\d_ -]{2,12}$)")
_URL_DATE = re.compile(
    r"(?:/|[-_.])(20\d\d|199\d)[-/_.]?(0[1-9]|1[0-2]|[1-9](?=[-/_.]))[-/_.]?(0[1-9]|[12]\d|3[01])(?=\D|$)"
)
_URL_WORD_DATE = re.compile(r"/(20\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d{1,2})/")
_DATE_CLASS = re.compile(
    r"date|time|publish|posted|byline|meta|stamp|info|fecha|datum|data\b|zeit", re.IGNORECASE
)
_OUTSIDE = frozenset({"aside", "nav", "footer"})
_LONGEST_BYLINE = 100
_SITE_SHARE = 0.4  # of the headline: a longer part after the last separator belongs to it


def read_metadata(tree: HtmlElement, head: Head, url: str | None) -> Metadata:
    """Return what page and address tell; the page's own statements come before what its text looks like."""
    canonical = _canonical(head, url)
    moment, origin = next(_dates(tree, head, canonical or url), (None, None))
    return Metadata(
        url=url,
        canonical_url=canonical,
        title=_title(tree, head),
        authors=tuple(dict.fromkeys(_authors(tree, head))),
        source=_outlet(head, canonical or url),
        published_at=moment[0] if moment else None,
        published_at_precision=moment[1] if moment else None,
        published_at_source=origin,
        language_hint=_language(head),
    )


def _dates(tree: HtmlElement, head: Head, url: str | None) -> Iterator[tuple[Moment, str]]:
    """Yield moments of publication with their origin, the most trusted first."""
    for origin, text in _stated_dates(tree, head):
        if moment := read_moment(text):
            yield moment, origin
    if url and (moment := _url_date(url)):
        yield moment, "url"
    for element in tree.iter("span", "div", "p", "td", "abbr", "small", "em", "font", "li"):
        if len(element) <= 3 and _DATE_CLASS.search(f"{element.get('class')} {element.get('id')}"):  # noqa: PLR2004
            text = squeeze(element.text_content()[:_LONGEST_BYLINE]) or ""
            if moment := read_moment(element.get("title") or "") or read_moment(text):
                yield moment, "text"


def _stated_dates(tree: HtmlElement, head: Head) -> Iterator[tuple[str, str]]:
    """Yield (origin, text) of every date that the page marks as that of publication."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from ((f"json-ld {name}", text) for node in head.articles for text in text_of(node.get(name)))
    for name in _DATE_NAMES:
        yield from ((f"meta {name}", text) for text in head.metas.get(name, ()))
    yield from (
        ("json-ld datePublished", text) for node in head.others for text in text_of(node.get("datePublished"))
    )
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @pubdate or contains(@property, ':published')]"
    ):
        yield "itemprop datePublished", _time_of(element, "content")
    for element in tree.iter("time"):
        if not any(parent.tag in _OUTSIDE for parent in element.iterancestors()):
            yield "time", _time_of(element, "datetime")


def _time_of(element: HtmlElement, attribute: str) -> str:
    return str(element.get(attribute) or element.get("datetime") or element.text_content())


def _url_date(url: str) -> Moment | None:
    if match := _URL_DATE.search(urlsplit(url).path):
        return read_moment("-".join(match.groups()))
    match = _URL_WORD_DATE.search(url)
    return read_moment(f"{match[3]} {match[2]} {match[1]}") if match else None


def _title(tree: HtmlElement, head: Head) -> str | None:
    """Return the headline: an h1 that a stated title repeats, else the stated title."""
    stated = [text for node in head.articles for text in text_of(node.get("headline"))][:1]
    stated += filter(None, (head.meta("og:title"), head.meta("twitter:title"), head.title))
    headings = [text for h1 in tree.iter("h1") if (text := squeeze(h1.text_content()))]
    for heading in headings:
        if any(_bare(heading) and _bare(heading) in _bare(text) for text in stated):
            return heading
    if stated:
        return _without_outlet(stated[0], head)
    return headings[0] if len(headings) == 1 else None


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _without_outlet(title: str, head: Head) -> str:
    """Cut what follows, or stands before, the last separator when it names the outlet."""
    others = [
        _bare(text)
        for text in (head.meta("og:title"), head.meta("twitter:title"), head.title)
        if text and text != title
    ]
    names = {
        _bare(name) for name in (head.meta("og:site_name", "application-name"), *_publishers(head)) if name
    }
    for match in reversed(list(_SEPARATOR.finditer(title))):
        before, after = title[: match.start()], title[match.end() :]
        if _bare(after) in names or (
            len(after) < len(before) and any(text == _bare(before) for text in others)
        ):
            return before.strip()
        if _bare(before) in names:
            return after.strip()
    last = list(_SEPARATOR.finditer(title))[-1:]
    if last and title == head.title and len(title) - last[0].end() < _SITE_SHARE * last[0].start():
        return title[: last[0].start()].strip()
    return title


def _publishers(head: Head) -> Iterator[str]:
    for node in (*head.articles, *head.others):
        yield from text_of(node.get("publisher"))


def _authors(tree: HtmlElement, head: Head) -> Iterator[str]:
    """Yield names from the first place that has any: JSON-LD, meta tags, links marked as author."""
    outlets = {_bare(name) for name in (head.meta("og:site_name"), *_publishers(head)) if name}
    places = (
        [text for node in head.articles for text in text_of(node.get("author"))],
        [text for name in _AUTHOR_NAMES for text in head.metas.get(name, ())],
        [e.text_content() for e in tree.xpath("//*[@rel='author' or @itemprop='author']")[:10]],
    )
    for place in places:
        names = [name for text in place for name in _split_names(text) if _bare(name) not in outlets]
        if names:
            yield from names
            return


def _split_names(text: str) -> Iterator[str]:
    text = _BY.sub("", squeeze(text) or "")
    if len(text) > _LONGEST_BYLINE:
        return
    for name in _BETWEEN_AUTHORS.split(text):
        if len(name) > 1 and not _NO_NAME.search(name):
            yield name


def _canonical(head: Head, url: str | None) -> str | None:
    """Return the page's own address, without a fragment; not the front page when it is not the front page."""
    named = [href for rel in ("canonical", "original-source") for href in head.links.get(rel, ())]
    named += head.metas.get("og:url", [])
    for href in named:
        try:
            joined = urlsplit(urljoin(url or "", href.strip()))
            front = (
                joined.path in {"", "/"}
                and not joined.query
                and bool(url)
                and urlsplit(url or "").path not in {"", "/"}
            )
        except ValueError:
            continue
        if joined.scheme in {"http", "https"} and joined.hostname and not front:
            return joined._replace(fragment="").geturl()
    return None


def _outlet(head: Head, url: str | None) -> str | None:
    """Return the domain of the address without `www.`, or else the name that the page gives its site."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else head.meta("og:site_name", "application-name")


def _language(head: Head) -> str | None:
    """Return the first language stated that monitor knows, as a BCP 47 tag."""
    stated = (head.language, head.meta("og:locale"), head.meta("content-language"), head.meta("language"))
    known = (parse_language(text.split(",")[0]) for text in stated if text)
    return next((language for language in known if language != UNDETERMINED), None)
