"""Tell who wrote an article: names, not addresses, user names, firms, roles or credits of pictures."""

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
_MARKED = "//*[@rel='author' or @itemprop='author']"
_INSIDE = "[not(ancestor-or-self::li or ancestor::nav or ancestor::aside or ancestor::footer)]"
_NAMED = (
    "//*[contains(@class, 'author-name') or contains(@class, 'author_name') or contains(@class, 'article-author') "
    f"or contains(@class, 'article__author') or @class='author' or @class='autor' "
    f"or self::a and (contains(@href, '/author') or contains(@href, '/autor'))]{_INSIDE}"
)
_BYLINES = f"//*[contains(@class, 'byline')]{_INSIDE}"  # where there may be a place or a date alone
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
    yield (text for element in tree.xpath(_MARKED)[:10] if (text := _shown(element))), True
    named = tree.xpath(_NAMED)
    yield (
        (text for element in named if len(named) <= _MOST_NAMED and (text := _shown(element)) is not None),
        False,
    )
    lines = beside_title(layout, title, before=_BEFORE, after=_AFTER, longest=LONGEST_BYLINE)
    yield filter(BY.match, lines), False
    named = tree.xpath(_NAMED)
    yield (text for element in named if len(named) <= _MOST_NAMED and (text := _shown(element))), False
    bylines = tree.xpath(_BYLINES)[:_MOST_NAMED]
    yield (text for element in bylines if (text := _shown(element)) and BY.match(text)), False


def _shown(element: HtmlElement) -> str | None:
    """Return what an element says but for its times, with a comma where a line ends."""
    texts = element.xpath(".//text()[not(ancestor::time)]")
    lines = (f", {text}" if text.is_tail and text.getparent().tag == "br" else text for text in texts)
    return squeeze(" ".join(lines))
