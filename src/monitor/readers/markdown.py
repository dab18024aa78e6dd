"""Read Markdown: front matter, in YAML or TOML, gives metadata, the rest becomes paragraphs of plain text."""

import re
import tomllib
from collections.abc import Iterator, Mapping

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitor.errors import DocumentError
from monitor.models import Document
from monitor.readers.encoding import damage_of, decode
from monitor.readers.fields import DEFAULT_FIELDS, metadata_from, with_metadata

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<values>(?:(?!---|\+\+\+)[^\n]*\n){0,200})(?P=fence)[ \t]*(?:\n|\Z)"
)


def read_markdown(data: bytes) -> Document:
    """Return the text of a Markdown file without its markup; raises DocumentError when there is none."""
    source = decode(data)
    matter = _FRONT_MATTER.match(source)
    blocks = list(
        _blocks(MarkdownIt("commonmark").enable("table").parse(source[matter.end() :] if matter else source))
    )
    title = blocks.pop(0)[1] if blocks and blocks[0][0] == "h1" else None
    text = "\n".join(block for _, block in blocks)
    if not text.strip():
        raise DocumentError("read", "empty", "no text in it")
    given = metadata_from({"title": title, **_front_matter(matter)})
    document = Document(text=text, extraction_method="markdown", partial_reason=damage_of(text, data))
    return with_metadata(document, given)


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield (kind of block, text) for each paragraph, heading, list item, cell and code block."""
    kind = "p"
    for token in tokens:
        if token.type in ("heading_open", "paragraph_open"):
            kind = token.tag
        elif token.type == "inline":
            text = "".join(_inline(token.children or []))
            yield from ((kind, line.strip()) for line in text.split("\n") if line.strip())
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield "code", token.content.strip("\n")


def _inline(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "\n"


def _front_matter(matter: re.Match[str] | None) -> Mapping[str, object]:
    if matter is None:
        return {}
    try:
        values = (yaml.safe_load if matter["fence"] == "---" else tomllib.loads)(matter["values"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    found = {
        part: next((values[n] for n in names if values.get(n)), None)
        for part, names in DEFAULT_FIELDS.items()
    }
    date = found.get("date")
    return {k: v for k, v in (found | {"date": str(date) if date else None}).items() if v}
