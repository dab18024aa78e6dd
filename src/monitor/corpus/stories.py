"""Group articles about the same event into stories, whatever language they came in."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from monitor.corpus.linkage import average_link
from monitor.corpus.similarity import ROWS, Matrix, draw_together, similarity
from monitor.corpus.terms import MOST_TERMS, Vector

WINDOW = timedelta(days=30)  # articles further apart are not compared
HALF_LIFE = timedelta(days=15)  # likeness counts half when this much time lies between
CLOSE = 0.45  # of a long text: how near a neighbour must be, beside the nearest, to count
LEAST = 0.12  # of a long text: how like a neighbour must be at all; an article apart has none
LEAST_OF_WHOLE = 0.15  # the same of a whole article, a hundred terms
SECOND_PULL = 0.5  # of a long text: its neighbours are surer, and theirs may speak for it too

ESTABLISHED = 3  # clippings that stand for a story which is not joined with another such story
MOST_REASONS = 6
MOST_KEYS = 16  # terms by which a story is found

_WHOLE = 2**16 - 1  # a likeness of 1

Kept = npt.NDArray[np.uint16]
Means = npt.NDArray[np.float64]

# How alike two articles must be on average: short texts share little even when they tell the same event.
SHORT, SHORT_BAR = 20, 0.09  # terms of a headline
LONG, LONG_BAR = 60, 0.65  # terms of four sentences or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """What grouping sees of an article: the terms of its English text, or of the original without a translation."""

    article_id: str
    terms: Vector
    at: datetime
    story_id: str | None = None  # the story it stands for already


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One article's place in a story.

    `similarity` in [0, 1] is the mean likeness to the others; `reasons` are the terms it shares with
    them, each with the part of the likeness that it explains, the largest first; none are given for what
    stood for its story already.
    """

    article_id: str
    similarity: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event, the earliest first; `central` is the one most like the others.

    `terms` are its heaviest terms, as a vector of length 1 or less.

    `replaces` are the stories that clippings stood for before and that are one with this story now.
    """

    story_id: str
    central: str
    members: tuple[Membership, ...]
    terms: tuple[tuple[str, float], ...]
    replaces: tuple[str, ...] = ()


def group(clippings: Sequence[Clipping]) -> list[Story]:
    """Return the stories that the clippings make, each clipping in exactly one; the order does not matter.

    Clippings that stand for a story already start in it; stories may join, never split. A story is named
    after its earliest article, or after the earliest article's story.
    """
    ordered = sorted(clippings, key=lambda clipping: (clipping.at, clipping.article_id))
    vectors = [clipping.terms for clipping in ordered]
    lengths = np.array([_length(len(vector)) for vector in vectors], np.float32)
    least = np.array([_least(len(vector)) for vector in vectors], np.float32)
    near = (CLOSE * lengths, least * lengths)
    likeness = similarity(vectors)
    draw_together(likeness, np.ones_like(lengths), *near)
    draw_together(likeness, SECOND_PULL * lengths, *near)
    _fade(likeness, ordered)
    kept = _kept(likeness)
    bars = np.asarray(SHORT_BAR + lengths * (LONG_BAR - SHORT_BAR), np.float32)
    _score(likeness, bars, ordered)
    found = average_link(likeness, _starts(ordered))
    del likeness  # used up
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, number in enumerate(found):
        rows[number].append(row)
    return [_story(ordered, vectors, kept, members) for members in rows.values()]


def _length(terms: int) -> float:
    """Return 0 for a headline, 1 for four sentences or more, between them by the logarithm."""
    share = (math.log(max(terms, 1)) - math.log(SHORT)) / (math.log(LONG) - math.log(SHORT))
    return min(max(share, 0.0), 1.0)


def _least(terms: int) -> float:
    """Return how like a neighbour must be: a whole article has so many terms that some are always shared."""
    return LEAST + (LEAST_OF_WHOLE - LEAST) * min(max(terms - LONG, 0) / (MOST_TERMS - LONG), 1.0)


def _fade(likeness: Matrix, ordered: Sequence[Clipping]) -> None:
    """Take the time that lies between two articles into account, in the matrix itself."""
    days = np.array([clipping.at.timestamp() for clipping in ordered], np.float64) / 86_400
    for start in range(0, len(days), ROWS):
        rows = likeness[start : start + ROWS]
        apart = np.abs(days[start : start + ROWS, None] - days[None, :]).astype(np.float32)
        rows *= np.exp2(-apart / (HALF_LIFE / timedelta(days=1)))
        rows[apart > WINDOW / timedelta(days=1)] = 0.0


def _kept(likeness: Matrix) -> Kept:
    """Return the likeness to all that come later, row after row, as whole numbers of 16 bits.

    That is a quarter of the memory, and exact to four decimals.
    """
    numbers = np.arange(len(likeness))
    kept = np.empty(len(likeness) * (len(likeness) - 1) // 2, np.uint16)
    end = 0
    for start in range(0, len(likeness), ROWS):
        later = numbers > numbers[start : start + ROWS, None]
        values = np.clip(likeness[start : start + ROWS][later], 0, 1) * _WHOLE
        kept[end : end + len(values)] = np.rint(values, out=values)
        end += len(values)
    return kept


def _score(likeness: Matrix, bars: Matrix, ordered: Sequence[Clipping]) -> None:
    """Make of the likeness what speaks for joining two articles: how far it is above the mean of their bars.

    Established stories are kept apart: a few clippings are no reason to join them.
    """
    counts = Counter(clipping.story_id for clipping in ordered if clipping.story_id)
    names = sorted(story_id for story_id, count in counts.items() if count >= ESTABLISHED)
    number = {story_id: place for place, story_id in enumerate(names, start=1)}
    standing = np.array([number.get(clipping.story_id or "", 0) for clipping in ordered])
    likeness -= bars[:, None] / 2
    likeness -= bars[None, :] / 2
    for row in np.flatnonzero(standing):
        likeness[row, (standing != standing[row]) & (standing > 0)] = -(len(ordered) ** 2)


def _starts(ordered: Sequence[Clipping]) -> list[int]:
    first: dict[str, int] = {}
    return [
        row if clipping.story_id is None else first.setdefault(clipping.story_id, row)
        for row, clipping in enumerate(ordered)
    ]


def _story(ordered: Sequence[Clipping], vectors: Sequence[Vector], kept: Kept, rows: Sequence[int]) -> Story:
    closeness = _closeness(kept, len(ordered), rows)
    first = ordered[rows[0]]
    story_id = first.story_id or first.article_id
    totals = _totals([vectors[row] for row in rows])
    return Story(
        story_id=story_id,
        central=ordered[rows[int(np.argmax(closeness))]].article_id,
        members=tuple(
            Membership(
                article_id=ordered[row].article_id,
                similarity=round(float(near), 4),
                reasons=() if ordered[row].story_id else _reasons(vectors[row], totals),
            )
            for row, near in zip(rows, closeness, strict=True)
        ),
        terms=_heaviest(totals),
        replaces=tuple(sorted({s for row in rows if (s := ordered[row].story_id)} - {story_id})),
    )


def _closeness(kept: Kept, count: int, rows: Sequence[int]) -> Means:
    """Return the mean likeness of each of some articles, of so many in all, to the others of them, shape (n,)."""
    totals, theirs = np.zeros(len(rows), np.float64), np.array(rows)
    for start in range(0, len(rows) if len(rows) > 1 else 0, ROWS):
        ours = theirs[start : start + ROWS, None]
        earlier, later = np.minimum(ours, theirs), np.maximum(ours, theirs)
        values = kept[earlier * (2 * count - earlier - 1) // 2 + later - earlier - 1]
        values[ours == theirs] = 0
        totals[start : start + ROWS] = values.sum(axis=1, dtype=np.int64)
    return totals / (_WHOLE * max(len(rows) - 1, 1))


def _totals(vectors: Sequence[Vector]) -> Mapping[str, float]:
    totals: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            totals[term] += weight
    return totals


def _heaviest(totals: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    length = math.sqrt(sum(weight * weight for weight in totals.values())) or 1.0
    best = heapq.nsmallest(MOST_KEYS, ((-weight, term) for term, weight in totals.items()))
    return tuple((term, round(-weight / length, 4)) for weight, term in best)


def _reasons(vector: Vector, totals: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the terms that the article shares with the others, with their parts of the likeness."""
    parts = {term: weight * (totals[term] - weight) for term, weight in vector.items()}
    whole = sum(parts.values())
    if whole <= 0:
        return ()
    best = heapq.nsmallest(MOST_REASONS, ((-part, term) for term, part in parts.items()))
    return tuple((term, round(-part / whole, 3)) for part, term in best if part < 0)
