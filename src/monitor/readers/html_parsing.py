"""Turn the bytes of a web page into a tree, within limits, and say what was lost on the way."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from monitor.errors import DocumentError
from monitor.readers.encoding import damage_of
from monitor.readers.html_encoding import decode

MAX_BYTES = 16_000_000
MAX_ATTRIBUTES = 500  # an element with 100,000 takes libxml2 45 s
_LONG_TAG = 3_000  # characters; only longer tags can hold too many attributes
# a script is passed over whole: `i<n && x="` is no tag
_TAG = re.compile(
    r"""<(?:script|SCRIPT)(?:[^<]++|<(?!/(?:script|SCRIPT)))*+|<[a-zA-Z](?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=|["'])*+>?"""
)
_ATTRIBUTE = re.compile(r"""[^\s=/>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|["'=/]""")
# control characters become spaces, byte for byte in UTF-8
_SPACED = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))  # noqa: PLR2004
_INLINE = re.compile(r"(?i)</?(?:b|i|u|em|strong|font|span|small|big|center|a|s|tt|sub|sup)(?:\s[^<>]*+)?+>")
_MARKUP = re.compile(r"</(?:p|body|html)>")  # what follows a script and seldom stands in one
_NESTING = re.compile(
    r"(?i)</?(?:div|section|table|tbody|tr|td|ul|ol|li|dl|dd|blockquote|fieldset|form)(?:\s[^<>]*+)?+>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page: its tree, its encoding, how many tags it has at most, why text may be missing."""

    tree: HtmlElement
    encoding: str
    tags: int
    partial_reason: str | None


def parse(data: bytes) -> Page:
    """Parse a page in any encoding, well-formed or not; an XHTML page's own entities are never expanded.

    Raises DocumentError where there is no element at all.
    """
    text, encoding = decode(data[:MAX_BYTES])
    reasons = ["page longer than 16 MB"] if len(data) > MAX_BYTES else []
    if damage := damage_of(text, data):
        reasons.append(damage)
    text = _slender(_closed(text, reasons), reasons)
    tree, too_deep = _tree(text)
    if too_deep:
        reasons.append("nested too deep")
        tree, too_deep = _tree(_NESTING.sub("<br>", _INLINE.sub("", text)))
    missing = "; ".join(dict.fromkeys(reasons)) or None
    return Page(tree=tree, encoding=encoding, tags=text.count("<"), partial_reason=missing)


def _slender(text: str, reasons: list[str]) -> str:
    """Drop the attributes of an element past a number that no honest page reaches."""

    def slim(match: re.Match[str]) -> str:
        tag = match[0]
        if len(tag) < _LONG_TAG or tag[:7].lower() == "<script":
            return tag
        kept = [
            found.end() for _, found in zip(range(MAX_ATTRIBUTES), _ATTRIBUTE.finditer(tag, 1), strict=False)
        ]
        if len(kept) < MAX_ATTRIBUTES:
            return tag
        reasons.append("attributes dropped")
        return tag[: kept[-1]] + ">"

    return _TAG.sub(slim, text)


def _closed(text: str, reasons: list[str]) -> str:
    """Undo a comment, and end a script, that would swallow the rest; nothing follows a script that is cut off."""
    start = text.rfind("<!--")
    if start >= 0 and text.find("-->", start) < 0:
        reasons.append("unclosed comment")
        text = text[:start] + text[start + 4 :]
    last = max(text.rfind("<script"), text.rfind("<SCRIPT"))
    rest = text[last:].lower() if last >= 0 else ""
    if rest and "</script" not in rest:
        reasons.append("unclosed script")
        line = text.find("\n", last) if _MARKUP.search(rest) else -1
        text = text[:line] + "</script>" + text[line:] if line >= 0 else text
    return text


def _tree(text: str) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = document_fromstring(text.encode("utf-8", "replace").translate(_SPACED), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError("extract", "no HTML", str(error)[:200]) from error
    deep = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return tree, deep
