"""Put copies of one text into a group with its likely original."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from monitor.corpus.copies import Copy, Method
from monitor.corpus.groups import Groups

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

    Each article goes with the earlier article with which it agrees best, so that a digest of two earlier
    articles does not make these two one group; of articles dated alike nobody knows which was first, and
    all that agree go together.
    """
    known = [_Pair.of(link, appearances) for link in links]
    best = _best(known, appearances)
    groups = Groups()
    for pair in known:
        if appearances[pair.earlier].dated_at == appearances[pair.later].dated_at:
            groups.join(pair.earlier, pair.later)
    for article_id, pair in best.items():
        if pair.later == article_id:
            groups.join(article_id, pair.earlier)
    sizes = Counter(map(groups.root, best))
    members = sorted(
        (article_id for article_id in best if sizes[groups.root(article_id)] > 1),
        key=lambda article_id: appearances[article_id].order,
    )
    originals: dict[str, str] = {}
    for article_id in members:
        originals.setdefault(groups.root(article_id), article_id)
    return [
        _duplicate(article_id, originals[groups.root(article_id)], best[article_id], appearances)
        for article_id in members
    ]


class _Pair(NamedTuple):
    """A link with the earlier article first."""

    earlier: str
    later: str
    share_of_earlier: float
    share_of_later: float
    copy: Copy

    @classmethod
    def of(cls, link: Link, appearances: Mapping[str, Appearance]) -> "_Pair":
        copy = link.copy
        if appearances[link.first_id].order <= appearances[link.second_id].order:
            return cls(link.first_id, link.second_id, copy.share_of_first, copy.share_of_second, copy)
        return cls(link.second_id, link.first_id, copy.share_of_second, copy.share_of_first, copy)

    def other(self, article_id: str) -> str:
        return self.earlier if article_id == self.later else self.later

    def share_of(self, article_id: str) -> float:
        return self.share_of_later if article_id == self.later else self.share_of_earlier


def _best(pairs: Sequence[_Pair], appearances: Mapping[str, Appearance]) -> dict[str, _Pair]:
    """Return for each article its link with the earlier article that it agrees with best, else the later one."""
    best: dict[str, _Pair] = {}
    ordered = sorted(pairs, key=lambda pair: (appearances[pair.earlier].order, appearances[pair.later].order))
    for pair in ordered:
        for article_id in (pair.earlier, pair.later):
            known = best.get(article_id)
            if known is None or _merit(pair, article_id) > _merit(known, article_id):
                best[article_id] = pair
    return best


def _merit(pair: _Pair, article_id: str) -> tuple[bool, float, float]:
    return (pair.later == article_id, pair.share_of(article_id), pair.copy.similarity)


def _duplicate(
    article_id: str, original_id: str, pair: _Pair, appearances: Mapping[str, Appearance]
) -> Duplicate:
    original, is_original = appearances[original_id], article_id == original_id
    return Duplicate(
        article_id=article_id,
        original_id=original_id,
        copied_from=article_id if is_original else pair.other(article_id),
        method="original" if is_original else pair.copy.method,
        similarity=1.0 if is_original else pair.copy.similarity,
        share_copied=0.0 if is_original else pair.share_of(article_id),
        lag_minutes=0.0 if is_original else _lag(original, appearances[article_id]),
        evidence="seen first" if original.published_at is None else "published first",
    )


def _lag(original: Appearance, copy: Appearance) -> float | None:
    if original.published_at is None or copy.published_at is None:
        return None
    return (copy.published_at - original.published_at) / timedelta(minutes=1)
