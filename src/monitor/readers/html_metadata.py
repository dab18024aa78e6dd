"""Tell an article's title, authors, date, address, outlet and language from what its page says of itself."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

from monitor.languages import UNDETERMINED, parse_language
from monitor.models import Metadata
from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import bare
from monitor.readers.html_head import Head, squeeze, text_of
from monitor.readers.html_published import published
from monitor.readers.html_title import publishers, title_of
from monitor.readers.outlets import outlet_of

_AUTHOR_NAMES = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author",
    "byl", "dc.author", "citation_author", "article:author_name", "cxenseparse:author",
    "mediator_author", "twitter:creator:name",
)  # fmt: skip
_BY = re.compile(
    r"^(?:by|von|par|por|di|da|av|af|door|autor|author|автор|текст|text)\b[:\s]\s{0,9}", re.IGNORECASE
)
_BETWEEN_AUTHORS = re.compile(r"\s{0,9}(?:[,;|/]|\s&\s|\s(?:and|und|et|y|e|og|och|en|и|i)\s)\s{0,9}")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d|^(?:admin|redaktion|editor|staff|none|null|unknown)$", re.IGNORECASE
)
_LONGEST_BYLINE = 100


def read_metadata(tree: HtmlElement, head: Head, layout: Layout, url: str | None) -> Metadata:
    """Return what page and address tell; the page's own statements come before what its text looks like."""
    named = [*_named(head, url)]
    at_front = url is not None and outlet_of(url) is not None and _is_front(urlsplit(url))
    canonical = next((place.geturl() for place in named if at_front or not _is_front(place)), None)
    title = title_of(tree, head, layout)
    moment, origin = published(tree, head, layout, url=canonical or url, title=title)
    return Metadata(
        url=url,
        canonical_url=canonical,
        title=title,
        authors=tuple(dict.fromkeys(_authors(tree, head))),
        source=_outlet(head, canonical or url or next((place.geturl() for place in named), None)),
        published_at=moment[0] if moment else None,
        published_at_precision=moment[1] if moment else None,
        published_at_source=origin,
        language_hint=_language(head),
    )


def _authors(tree: HtmlElement, head: Head) -> Iterator[str]:
    """Yield names from the first place that has any: JSON-LD, meta tags, links marked as author."""
    outlets = {bare(name) for name in (head.meta("og:site_name"), *publishers(head)) if name}
    places = (
        [text for node in head.articles for text in text_of(node.get("author"))],
        [text for name in _AUTHOR_NAMES for text in head.metas.get(name, ())],
        [e.text_content() for e in tree.xpath("//*[@rel='author' or @itemprop='author']")[:10]],
    )
    for place in places:
        names = [name for text in place for name in _split_names(text) if bare(name) not in outlets]
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


def _named(head: Head, url: str | None) -> Iterator[SplitResult]:
    """Yield the addresses that a page gives as its own, without fragments, the most trusted first.

    Some sites name their front page on every page: it is no article's own address.
    """
    named = [href for rel in ("canonical", "original-source") for href in head.links.get(rel, ())]
    named += head.metas.get("og:url", [])
    for href in named:
        try:
            joined = urlsplit(urljoin(url or "", href.strip()))
            hostname = joined.hostname
        except ValueError:
            continue
        if joined.scheme in {"http", "https"} and hostname:
            yield joined._replace(fragment="")


def _is_front(address: SplitResult) -> bool:
    return address.path in {"", "/"} and not address.query


def _outlet(head: Head, url: str | None) -> str | None:
    """Return the domain of the address without `www.`, or else the name that the page gives its site."""
    return outlet_of(url) or head.meta("og:site_name", "application-name")


def _language(head: Head) -> str | None:
    """Return the first language stated that monitor knows, as a BCP 47 tag."""
    stated = (head.language, head.meta("og:locale"), head.meta("content-language"), head.meta("language"))
    known = (parse_language(text.split(",")[0]) for text in stated if text)
    return next((language for language in known if language != UNDETERMINED), None)
