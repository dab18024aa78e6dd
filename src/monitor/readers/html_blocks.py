"""Cut a web page into the blocks of text that a reader sees apart, and note where each one stands."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from monitor.readers.html_places import INLINE, SILENT, families_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_CELL = 120
_MOST_CELLS = 50


@dataclass(slots=True)
class Frame:
    """An element with text: its parent's number, depth, flags, and the range of blocks inside it."""

    parent: int
    depth: int
    tag: str
    name: str
    places: int
    families: int
    own: int
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Block:
    """Text between two line breaks of the page; how many of its characters are in links."""

    text: str
    frame: int
    linked: int = 0
    after_break: bool = False


@dataclass(slots=True)
class Layout:
    """All blocks of a page in its order, and the elements that they stand in, the outer before the inner."""

    blocks: list[Block] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def lay_out(tree: HtmlElement) -> Layout:
    """Return the blocks of a page in one walk, without recursion, in time linear in its size."""
    return _Walk().through(tree)


class _Walk:
    """The state of one walk: the block being gathered and the elements that are open."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.parts: list[str] = []
        self.linked = self.in_link = 0
        self.after_break = self.link_ended = False
        self.known_names: dict[str, int] = {}

    def through(self, tree: HtmlElement) -> Layout:
        self.frame = self._open(tree, -1)
        self._add(tree.text)
        stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(tree, iter(tree))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self._leave(element)
                    self._add(element.tail)
            elif not isinstance(child.tag, str) or child.tag in SILENT:
                self._add(child.tail)
            else:
                self._enter(child)
                self._add(child.text)
                stack.append((child, iter(child)))
        self._end_block()
        self.layout.frames[0].end = len(self.layout.blocks)
        return self.layout

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in INLINE:
            if tag == "a":
                self.in_link += 1
                # two links side by side are two things, whatever the style sheet puts between
                if self.link_ended:
                    self.parts.append(" ")
            return
        self._end_block()
        if tag in {"br", "hr"}:
            self.after_break = True
            return
        self.after_break = False
        self.frame = self._open(element, self.frame)

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in INLINE:
            self.in_link -= tag == "a"
            self.link_ended = tag == "a"
        elif tag not in {"br", "hr"}:
            self._end_block()
            frame = self.layout.frames[self.frame]
            if tag == "tr":
                self._join_row(frame)
            frame.end = len(self.layout.blocks)
            self.frame = frame.parent
            self.after_break = False

    def _join_row(self, row: Frame) -> None:
        """Make a row of short cells one block, with bars between; a row that lays out a page stays apart."""
        blocks, frames = self.layout.blocks, self.layout.frames
        if len(blocks) - row.start > _MOST_CELLS:
            return
        cells = blocks[row.start :]
        simple = all(
            frames[cell.frame].parent == self.frame and len(cell.text) <= _LONGEST_CELL for cell in cells
        )
        if not simple or len({cell.frame for cell in cells}) < max(2, len(cells)):
            return
        for cell in cells:
            frames[cell.frame].start = row.start
            frames[cell.frame].end = row.start + 1
        blocks[row.start :] = [
            Block(
                " | ".join(cell.text for cell in cells),
                cells[0].frame,
                sum(cell.linked for cell in cells),
            )
        ]

    def _open(self, element: HtmlElement, parent: int) -> int:
        attributes = element.attrib
        names = (
            " ".join([attributes.get(key, "") for key in ("class", "id", "role", "itemprop")])
            if attributes
            else ""
        )
        if "style" in attributes and "none" in attributes["style"]:
            names += " display:none"
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            names += " hidden"
        own = self.known_names.get(names)
        if own is None:
            own = self.known_names[names] = families_of(names)
        above = self.layout.frames[parent] if parent >= 0 else None
        frame = Frame(
            parent,
            above.depth + 1 if above else 0,
            element.tag,
            names,
            (above.places if above else 0) | place_of(element.tag),
            # the names of <html> and <body> speak of the whole page
            (above.families | own) if above and element.tag != "body" else 0,
            own,
            len(self.layout.blocks),
        )
        self.layout.frames.append(frame)
        return len(self.layout.frames) - 1

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        self.link_ended = False
        if self.in_link:
            self.linked += len(text.strip())

    def _end_block(self) -> None:
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if text:
                self.layout.blocks.append(Block(text, self.frame, self.linked, self.after_break))
            self.parts = []
        self.linked = 0
