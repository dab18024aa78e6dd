"""Read a piece of markup, such as the text of an entry or a record, as plain text."""

import re

from monitor.errors import DocumentError
from monitor.readers.html_blocks import lay_out
from monitor.readers.html_parsing import parse

_BLOCKS = re.compile(r"</?(?:p|div|li|h[1-6]|blockquote)(?:\s[^<>]{0,500})?>|<br\s?/?>", re.IGNORECASE)
_FEWEST = 2  # a text about markup may show one


def is_markup(text: str) -> bool:
    """Return whether a text is laid out by the tags of HTML.

    >>> is_markup("<p>It rained.</p>"), is_markup("The <p> begins a paragraph.")
    (True, False)
    """
    return (
        "<" in text and sum(1 for _ in zip(_BLOCKS.finditer(text), range(_FEWEST), strict=False)) == _FEWEST
    )


def plain_text(markup: str) -> str:
    """Return the text of all blocks of a piece of markup, a paragraph a line; as it is where it holds none."""
    try:
        layout = lay_out(parse(f"<div>{markup}</div>".encode()).tree)
    except DocumentError:
        return markup
    return "\n".join(text for block in layout.blocks if (text := block.text.strip()))
