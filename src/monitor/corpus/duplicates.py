"""Put copies of one text into a group with its likely original."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.corpus.copies import Copy, Method

Evidence = Literal["published first", "seen first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """When an article came out; `dated_at` is the day on which it was first seen where that is not known."""

    article_id: str
    published_at: datetime | None
    dated_at: datetime

    @property
    def order(self) -> tuple[datetime, str]:
        """Sort by publication, else by sight; the id decides between equals."""
        return (self.dated_at, self.article_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two articles of which one is a copy; the shares of `copy` stand in this order."""

    first_id: str
    second_id: str
    copy: Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """One article of a duplicate group; the original is the group's name and has itself as `copied_from`.

    `copied_from` is the earlier article that agrees best, `share_copied` the part of this article that
    stands in it, `lag_minutes` the time since the original, None unless both have a date of publication.
    """

    article_id: str
    original_id: str
    copied_from: str
    method: Method | Literal["original"]
    similarity: float
    share_copied: float
    lag_minutes: float | None
    evidence: Evidence


def group_copies(links: Iterable[Link], appearances: Mapping[str, Appearance]) -> list[Duplicate]:
    """Return every article that has a copy or is one, in groups; the order of the links does not matter.

    Each article goes to the earlier article with which it agrees best, so that a digest of two articles
    does not make these two one group.
    """
    parents = _parents(links, appearances)
    copies = [_duplicate(child, parents, appearances) for child in sorted(parents)]
    originals = sorted({copy.original_id for copy in copies})
    return [_original(article_id, appearances) for article_id in originals] + copies


def _parents(
    links: Iterable[Link], appearances: Mapping[str, Appearance]
) -> dict[str, tuple[str, Copy, float]]:
    """Return for each copy the earlier article it agrees with best, and which part of it stands there."""
    best: dict[str, tuple[tuple[float, float], tuple[str, Copy, float]]] = {}
    ordered = sorted(
        links, key=lambda link: (appearances[link.first_id].order, appearances[link.second_id].order)
    )
    for link in ordered:
        later, earlier, share = link.second_id, link.first_id, link.copy.share_of_second
        if appearances[later].order < appearances[earlier].order:
            later, earlier, share = earlier, later, link.copy.share_of_first
        merit = (share, link.copy.similarity)
        known = best.get(later)
        if known is None or (merit, appearances[known[1][0]].order) > (known[0], appearances[earlier].order):
            best[later] = (merit, (earlier, link.copy, share))
    return {child: parent for child, (_, parent) in best.items()}


def _duplicate(
    child: str, parents: Mapping[str, tuple[str, Copy, float]], appearances: Mapping[str, Appearance]
) -> Duplicate:
    parent, copy, share = parents[child]
    original = parent
    while original in parents:
        original = parents[original][0]
    return Duplicate(
        article_id=child,
        original_id=original,
        copied_from=parent,
        method=copy.method,
        similarity=copy.similarity,
        share_copied=share,
        lag_minutes=_lag(appearances[original], appearances[child]),
        evidence=_evidence(appearances[original]),
    )


def _original(article_id: str, appearances: Mapping[str, Appearance]) -> Duplicate:
    return Duplicate(
        article_id=article_id,
        original_id=article_id,
        copied_from=article_id,
        method="original",
        similarity=1.0,
        share_copied=0.0,
        lag_minutes=0.0,
        evidence=_evidence(appearances[article_id]),
    )


def _lag(original: Appearance, copy: Appearance) -> float | None:
    if original.published_at is None or copy.published_at is None:
        return None
    return (copy.published_at - original.published_at) / timedelta(minutes=1)


def _evidence(original: Appearance) -> Evidence:
    return "seen first" if original.published_at is None else "published first"
