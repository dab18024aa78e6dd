"""Puts an article's translated sentences together: title and text, line for line, and how good it all is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.translation.checked import Translated
from monitor.translation.engine import Pair
from monitor.translation.passages import Piece, restored
from monitor.translation.quality import article_quality

Known = Mapping[Pair, Mapping[str, Translated]]


class Placed(Protocol):
    """A title or paragraph and where it stands."""

    @property
    def ordinal(self) -> int:
        """Its number in the article."""

    @property
    def kind(self) -> str:
        """Either `title` or `paragraph`."""

    @property
    def start(self) -> int:
        """Where it starts in the clean text, or the title."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def text(self) -> str:
        """What it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A title or paragraph, cut into pieces; `pair` is None where it stays as it is."""

    placed: Placed
    pair: Pair | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """An article in another language; `state` is `complete`, `part` or `none`, `reason` why not complete.

    `pending` counts the sentences that only wait for their turn; `quality` is the mean by length of source.
    """

    title: str | None
    text: str | None
    state: str
    reason: str | None
    sentences: int
    pending: int
    doubtful: int
    quality: float | None


def assemble(
    title: str | None,
    text: str,
    parts: Sequence[Part],
    known: Known,
    reason_for: Callable[[Pair], str | None],
) -> Assembled:
    """Put the translations that are known into their places.

    `reason_for` says why a pair has no model, None for one that has. The text ends before the first paragraph
    with a pending sentence; a paragraph without a model stays in its own language.
    """
    lacking = [reason for part in parts if part.pair and (reason := reason_for(part.pair))]
    read = [(part.pair, piece) for part in parts if part.pair for piece in part.pieces if piece.text]
    results = [known.get(pair, {}).get(piece.text) for pair, piece in read]
    done = [result for result in results if result]
    pending = sum(
        result is None and not reason_for(pair) for (pair, _), result in zip(read, results, strict=True)
    )
    complete = len(done) == len(read)
    return Assembled(
        title=_title(title, parts, known) if done else None,
        text=_text(text, parts, known, reason_for) if done else None,
        state="complete" if complete else "part" if done else "none",
        reason=None if complete else next(iter(lacking), "sentences are pending"),
        sentences=len(read),
        pending=pending,
        doubtful=sum(bool(result.flags) for result in done),
        quality=_quality(done),
    )


def _title(title: str | None, parts: Sequence[Part], known: Known) -> str | None:
    return next((_restored(part, known) for part in parts if part.placed.kind == "title"), title)


def _text(text: str, parts: Sequence[Part], known: Known, reason_for: Callable[[Pair], str | None]) -> str:
    out: list[str] = []
    at = 0
    for part in parts:
        if part.placed.kind == "title":
            continue
        if _is_pending(part, known) and part.pair and not reason_for(part.pair):
            return "".join(out).rstrip()
        out += [text[at : part.placed.start], _restored(part, known)]
        at = part.placed.end
    return "".join([*out, text[at:]])


def _is_pending(part: Part, known: Known) -> bool:
    if part.pair is None:
        return False
    texts = known.get(part.pair, {})
    return any(piece.text and piece.text not in texts for piece in part.pieces)


def _restored(part: Part, known: Known) -> str:
    if part.pair is None:
        return part.placed.text
    results = known.get(part.pair, {})
    texts = {piece.text: results[piece.text].text for piece in part.pieces if piece.text in results}
    return restored(part.placed.text, part.pieces, texts, part.pair.target)


def _quality(done: Sequence[Translated]) -> float | None:
    quality = article_quality((result.quality, len(result.source)) for result in done)
    return None if quality is None else round(quality, 4)
