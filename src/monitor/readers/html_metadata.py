"""Tell an article's title, authors, date, address, outlet and language from what its page says of itself."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from monitor.addresses import outlet_of, page_of
from monitor.languages import UNDETERMINED, parse_language
from monitor.models import Metadata
from monitor.readers.html_authors import authors_of
from monitor.readers.html_blocks import Layout
from monitor.readers.html_head import Head
from monitor.readers.html_published import published
from monitor.readers.html_title import title_of


def read_metadata(tree: HtmlElement, head: Head, layout: Layout, url: str | None) -> Metadata:
    """Return what page and address tell; the page's own statements come before what its text looks like."""
    named = [*_named(head, url)]
    at_front = outlet_of(url) is not None and page_of(url) is None
    canonical = next((address for address in named if at_front or page_of(address)), None)
    title = title_of(tree, head, layout)
    moment, origin = published(tree, head, layout, url=canonical or url, title=title)
    outlet = _outlet(head, canonical or url or next(iter(named), None))
    return Metadata(
        url=url,
        canonical_url=canonical,
        title=title,
        authors=authors_of(tree, head, layout, title=title, outlet=outlet),
        source=outlet,
        published_at=moment[0] if moment else None,
        published_at_precision=moment[1] if moment else None,
        published_at_source=origin,
        language_hint=_language(head),
    )


def _named(head: Head, url: str | None) -> Iterator[str]:
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
            yield joined._replace(fragment="").geturl()


def _outlet(head: Head, url: str | None) -> str | None:
    """Return the domain of the address without `www.`, or else the name that the page gives its site."""
    return outlet_of(url) or head.meta("og:site_name", "application-name")


def _language(head: Head) -> str | None:
    """Return the first language stated that monitor knows, as a BCP 47 tag."""
    stated = (head.language, head.meta("og:locale"), head.meta("content-language"), head.meta("language"))
    known = (parse_language(text.split(",")[0]) for text in stated if text)
    return next((language for language in known if language != UNDETERMINED), None)
