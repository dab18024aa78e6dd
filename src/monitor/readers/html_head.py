"""Collect what a web page says about itself: meta tags, JSON-LD, links, times."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Review)$|^(?:Liveblog|Report|Recipe)", re.IGNORECASE)
_LONGEST_JSON = 2_000_000
_MOST_NODES = 2_000
_TRAILING_COMMA = re.compile(r",\s{0,99}([}\]])")

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself; names in small letters, values in the order of the page."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    articles: tuple[Json, ...] = ()
    others: tuple[Json, ...] = ()
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    language: str | None = None

    def meta(self, *names: str) -> str | None:
        """Return the first value under the first of the names that the page has."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def read_head(tree: HtmlElement) -> Head:
    """Read a page's metadata tags in one walk; damaged JSON-LD is passed over."""
    metas: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    nodes: list[Json] = []
    for element in tree.iter("meta", "link", "script"):
        if element.tag == "meta":
            _read_meta(element, metas)
        elif element.tag == "link":
            links.setdefault((element.get("rel") or "").lower(), []).append(element.get("href") or "")
        elif "ld+json" in (element.get("type") or "").lower():
            nodes += _nodes(element.text or "")
    title = tree.find(".//title")
    return Head(
        metas=metas,
        articles=tuple(node for node in nodes if _is_article(node)),
        others=tuple(node for node in nodes if not _is_article(node)),
        links=links,
        title=squeeze(title.text_content()) if title is not None else None,
        language=tree.get("lang")
        or tree.get("xml:lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def squeeze(text: str | None) -> str | None:
    """Return a text with entities read and white space squeezed; None where nothing is left."""
    return " ".join(html.unescape(text).split()) or None if text else None


def text_of(value: object) -> Iterator[str]:
    """Yield the texts of a JSON-LD value: itself, its `name`, or those of the things in a list."""
    if isinstance(value, str):
        if squeezed := squeeze(value):
            yield squeezed
    elif isinstance(value, dict):
        yield from text_of(value.get("name"))
    elif isinstance(value, list):
        for item in value[:50]:
            yield from text_of(item)


def _read_meta(element: HtmlElement, metas: dict[str, list[str]]) -> None:
    content = squeeze(element.get("content"))
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)


def _nodes(text: str) -> list[Json]:
    """Return all objects of a JSON-LD script, the outer before the inner."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").removesuffix(";")
    if len(text) > _LONGEST_JSON:
        return []
    for variant in (text, _TRAILING_COMMA.sub(r"\1", " ".join(text.split()))):
        try:
            return list(_flat(msgspec.json.decode(variant)))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
    return []


def _flat(value: object) -> Iterator[Json]:
    queue: list[object] = [value]
    for _ in range(_MOST_NODES):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            if "@type" in value or "@graph" in value:
                yield value
            inner: Iterable[object] = [
                value[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in value
            ]
            queue += inner
        elif isinstance(value, list):
            queue += value[:_MOST_NODES]


def _is_article(node: Json) -> bool:
    types = node.get("@type")
    return any(
        _ARTICLE_TYPES.search(kind)
        for kind in (types if isinstance(types, list) else [types])
        if isinstance(kind, str)
    )
