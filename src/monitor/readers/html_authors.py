"""Tell who wrote an article: names, not addresses, user names, firms, roles or credits of pictures."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from lxml.html import HtmlElement

from monitor.readers.bylines import BY, LONGEST_BYLINE, looks_like_a_person, names_in, persons
from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import bare
from monitor.readers.html_head import Head, squeeze, text_of
from monitor.readers.html_title import beside_title, publishers

_META = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author",
    "byl", "dc.author", "citation_author", "article:author_name", "cxenseparse:author",
    "mediator_author", "twitter:creator:name",
)  # fmt: skip
# All elements that may name an author, in one pass over the page.
_CANDIDATES = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author') or contains(@class, 'byline') "
    "or @class='autor' or (self::a and (contains(@href, '/author') or contains(@href, '/autor')))]"
)
_NAMED = re.compile(r"author[-_]name|article(?:-|__)author|^autho?r$")
_ADDRESS = re.compile(r"/autho?r")
_ELSEWHERE = ("li", "nav", "aside", "footer")
_MOST_NAMED = 4  # elements: a page with more of them lists other articles, with theirs
_BEFORE, _AFTER = 2, 8  # blocks around the headline in which a line may name the author


def authors_of(
    tree: HtmlElement, head: Head, layout: Layout, *, title: str | None, outlet: str | None
) -> tuple[str, ...]:
    """Return the names from the first place that has any: JSON-LD, meta tags, marked elements, lines at the headline.

    The outlet itself is no author, whether by name or by domain.
    """
    outlets = {bare(name) for name in (head.meta("og:site_name"), outlet, *publishers(head)) if name}
    labels = {*(outlet or "").split(".")[:-1]}  # a name of several words may be whose own site it is
    for texts, is_sure in _places(tree, head, layout, title):
        found = [
            [name for name in names_in(text) if bare(name) not in outlets and name.lower() not in labels]
            for text in texts
        ]
        if not is_sure:  # only the first that has any: those after it are other articles'
            found = [*filter(None, ([*filter(looks_like_a_person, some)] for some in found))][:1]
        if names := persons([*chain.from_iterable(found)]):
            return names
    return ()


def _places(
    tree: HtmlElement, head: Head, layout: Layout, title: str | None
) -> Iterator[tuple[Iterable[str], bool]]:
    """Yield the texts of each place, and whether all that it holds are names."""
    yield (text for node in head.articles for text in text_of(node.get("author"))), True
    yield (text for name in _META for text in head.metas.get(name, ())), True
    candidates = tree.xpath(_CANDIDATES)
    marked = [e for e in candidates if "author" in (e.get("rel"), e.get("itemprop"))]
    yield (text for element in marked[:10] if (text := _shown(element))), True
    named = [element for element in candidates if _is_named(element) and _is_of_the_article(element)]
    yield (text for element in named if len(named) <= _MOST_NAMED and (text := _shown(element))), False
    lines = beside_title(layout, title, before=_BEFORE, after=_AFTER, longest=LONGEST_BYLINE)
    yield filter(BY.match, lines), False
    bylines = [e for e in candidates if "byline" in e.get("class", "") and _is_of_the_article(e)]
    yield (text for e in bylines[:_MOST_NAMED] if (text := _shown(e)) and BY.match(text)), False


def _is_named(element: HtmlElement) -> bool:
    """Say whether an element is there for an author's name; a byline may hold a place or a date alone."""
    is_link = element.tag == "a" and _ADDRESS.search(element.get("href", ""))
    return bool(is_link or _NAMED.search(element.get("class", "")))


def _is_of_the_article(element: HtmlElement) -> bool:
    return element.tag != "li" and next(element.iterancestors(*_ELSEWHERE), None) is None


def _shown(element: HtmlElement) -> str | None:
    """Return what an element says but for its times, with a comma where a line ends."""
    texts = element.xpath(".//text()[not(ancestor::time)]")
    lines = (f", {text}" if text.is_tail and text.getparent().tag == "br" else text for text in texts)
    return squeeze(" ".join(lines))
