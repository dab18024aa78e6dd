"""Find when an article was published, and where its page says so."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from monitor.readers.html_blocks import Layout
from monitor.readers.html_dates import Moment, read_moment
from monitor.readers.html_head import Head, text_of
from monitor.readers.html_title import OUTSIDE, beside_title

# Most trusted first; names in small letters
_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date_published", "article.published", "article:published", "rnews:datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "originalpublicationdate", "article_date_original", "publication_date", "publication-date",
    "publicationdate", "publishdate", "publish-date", "publish_date", "published-date",
    "published_date", "published_at", "publish_time", "publishtime", "publishedtime",
    "published_time_telegram", "mediator_published_time", "pubdate", "pub_date", "ptime",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date.created", "dcterms.created",
    "dcterms.available", "dc.date", "citation_publication_date", "prism.publicationdate",
    "article:create_at", "bt:pubdate", "vr:published_time", "lastpubdate", "displaydate",
    "article:post_time", "datecreated", "og:pubdate", "og:release_date", "date", "creation_date",
    "iso-8601-publish-date",
)  # fmt: skip
_URL_DATE = re.compile(
    r"(?:/|[-_.])(20\d\d|199\d)[-/_.]?(0[1-9]|1[0-2]|[1-9](?=[-/_.]))[-/_.]?(0[1-9]|[12]\d|3[01])(?=\D|$)"
)
_URL_WORD_DATE = re.compile(r"/(20\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d{1,2})/")
_LONGEST = 100  # characters of a line that may be the one with the date
_BEFORE, _AFTER = 3, 12  # blocks around the headline in which that line stands


def published(
    tree: HtmlElement, head: Head, layout: Layout, *, url: str | None, title: str | None
) -> tuple[Moment, str] | tuple[None, None]:
    """Return the moment of publication and its origin: a statement, the address, a line beside the headline.

    The origin is "json-ld NAME", "meta NAME", "itemprop NAME", "time", "url" or "text".
    """
    for origin, text in _stated(tree, head):
        if moment := read_moment(text):
            return moment, origin
    if url and (moment := _in_address(url)):
        return moment, "url"
    for text in beside_title(layout, title, before=_BEFORE, after=_AFTER, longest=_LONGEST):
        if moment := read_moment(text):
            return moment, "text"
    return None, None


def _stated(tree: HtmlElement, head: Head) -> Iterator[tuple[str, str]]:
    """Yield (origin, text) of every date that the page marks as that of publication."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from ((f"json-ld {name}", text) for node in head.articles for text in text_of(node.get(name)))
    for name in _NAMES:
        yield from ((f"meta {name}", text) for text in head.metas.get(name, ()))
    yield from (
        ("json-ld datePublished", text) for node in head.others for text in text_of(node.get("datePublished"))
    )
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @pubdate or contains(@property, ':published')]"
    ):
        yield "itemprop datePublished", _time_of(element, "content")
    for element in tree.iter("time"):
        if not any(parent.tag in OUTSIDE for parent in element.iterancestors()):
            yield "time", _time_of(element, "datetime")


def _time_of(element: HtmlElement, attribute: str) -> str:
    return str(element.get(attribute) or element.get("datetime") or element.text_content())


def _in_address(url: str) -> Moment | None:
    if match := _URL_DATE.search(url.partition("?")[0]):
        return read_moment("-".join(match.groups()))
    match = _URL_WORD_DATE.search(url)
    return read_moment(f"{match[3]} {match[2]} {match[1]}") if match else None
