"""Read what agencies and extractors write: NITF and NewsML-G2 of the IPTC, trafilatura's XML and TEI.

Each names its parts in its own way; the text is marked as such, and nothing around it has to be told from it.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from lxml import etree

from monitor.errors import DocumentError
from monitor.identity import sha256_text
from monitor.models import Document
from monitor.readers.fields import FieldNames, Read, Records, metadata_from, with_metadata
from monitor.readers.fragments import plain_text
from monitor.readers.html_encoding import decode

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")  # &nbsp; and its like


class _Form(NamedTuple):
    """Where a form of news has its parts, as paths without namespaces: the first that is filled wins."""

    text: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]


_NITF = _Form(
    text=("//body.content",),
    parts={
        "title": ("//hedline/hl1", "//hedline", "//head/title"),
        "author": ("//byline/person", "//byline"),
        "date": ("//docdata/date.issue/@norm", "//docdata/date.release/@norm", "//story.date/@norm"),
        "source": ("//pubdata/@name",),
        "url": ("//pubdata/@ex-ref",),
        "language": ("/*/@lang",),
    },
)
_NEWS_ITEM = _Form(
    text=("//inlineXML//body.content", "//inlineXML//body", "//inlineXML", "//inlineData"),
    parts={
        "title": ("//contentMeta/headline", "//itemMeta/title", "//inlineXML//title"),
        "author": ("//contentMeta/by", "//contentMeta/creator/name"),
        "date": ("//contentMeta/contentCreated", "//itemMeta/firstCreated", "//itemMeta/versionCreated"),
        "source": ("//contentMeta/infoSource/name", "//itemMeta/provider/name"),
        "url": ("/*/@guid",),  # often no address, but the same in all versions of an item
        "language": ("//contentMeta/language/@tag", "/*/@lang"),
    },
)
_TRAFILATURA = _Form(
    text=("/doc/main", "/doc/body"),
    parts={
        "title": ("/doc/@title",), "author": ("/doc/@author",), "date": ("/doc/@date",), "url": ("/doc/@url",),
        "source": ("/doc/@hostname", "/doc/@sitename"), "language": ("/doc/@language",),
    },
)  # fmt: skip
_TEI = _Form(
    text=("//text/body/div[@type='entry']", "//text/body"),
    parts={
        "title": ("//teiHeader//titleStmt/title",), "author": ("//teiHeader//titleStmt/author",),
        "date": ("//publicationStmt/date/@when", "//publicationStmt/date"),
        "url": ("//publicationStmt/ptr[@type='URL']/@target",),
        "language": ("/*/@lang", "//langUsage/language/@ident"),
    },
)  # fmt: skip
_FORMS = {"nitf": _NITF, "newsItem": _NEWS_ITEM, "doc": _TRAFILATURA, "TEI": _TEI}


def read_news_xml(data: bytes, fields: FieldNames) -> Read | Records:
    """Return what reads the one article, or each of a message's; raises DocumentError where there is none."""
    del fields
    root, partial_reason = _parsed(data)
    if root.tag in _FORMS:
        return partial(_article, root, partial_reason)
    items = [element for element in root.iter(*_FORMS) if not _is_inside(element)]
    if not items:
        raise DocumentError("read", "no articles", f"{root.tag} without an article")
    return [
        (sha256_text(etree.tostring(item, encoding="unicode")), partial(_article, item, partial_reason))
        for item in items
    ]


def _parsed(data: bytes) -> tuple[etree._Element, str | None]:
    """Parse XML within libxml2's limits and say what is wrong with it; entities of its own are never expanded."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _DECLARATION.sub("", decode(data)[0]))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError("read", "no XML", str(error)[:200]) from error
    if root is None:
        raise DocumentError("read", "no XML", "no element at all")
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
        for name, value in element.items():
            local = etree.QName(name).localname
            element.set(local, element.get(local, value))
    damage = [entry.message for entry in parser.error_log if entry.level == etree.ErrorLevels.FATAL]
    return root, f"damaged XML: {damage[0].strip()}" if damage else None


def _is_inside(element: etree._Element) -> bool:
    """Say whether an article stands in another one, as its content does in NewsML."""
    return any(above.tag in _FORMS for above in element.iterancestors())


def _article(item: etree._Element, partial_reason: str | None) -> Document:
    form, tree, kind = _FORMS[str(item.tag)], etree.ElementTree(item), str(item.tag).lower()
    texts = (_text(found) for path in form.text for found in _found(tree, path))
    text = next(filter(None, texts), None)
    if text is None:
        raise DocumentError("read", "no text", f"nothing stands where {kind} has the text")
    parts = {name: _all_of_first(tree, paths) for name, paths in form.parts.items()}
    metadata = metadata_from(
        {name: said if name == "author" else "".join(said[:1]) for name, said in parts.items()}
    )
    if metadata.published_at:
        metadata = replace(metadata, published_at_source=kind)
    document = Document(text=text, extraction_method=kind, partial_reason=partial_reason)
    return with_metadata(document, metadata)


def _all_of_first(tree: etree._ElementTree, paths: tuple[str, ...]) -> list[str]:
    """Return what all nodes on the first path say on which any does."""
    said = ([text for node in _found(tree, path) if (text := _said(node))] for path in paths)
    return next(filter(None, said), [])


def _found(tree: etree._ElementTree, path: str) -> list[Any]:
    found = tree.xpath(path)
    return found if isinstance(found, list) else []


def _said(node: Any) -> str:
    """Return the text of an element, or of an attribute."""
    return " ".join((str(node) if isinstance(node, str) else "".join(node.itertext())).split())


def _text(element: etree._Element) -> str | None:
    """Return what an element says, a paragraph a line."""
    content = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return plain_text(content) or None
