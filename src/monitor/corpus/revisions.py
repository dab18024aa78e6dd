"""Show what changed between two versions of an article, sentence by sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

ALIKE = 0.5  # a sentence at least this alike is the old one changed, not another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One sentence that was added, removed or changed; `before` or `after` is None where there is none."""

    kind: Literal["added", "removed", "changed"]
    before: str | None = None
    after: str | None = None


def differences(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Return the changes that lead from one list of sentences to another, in reading order.

    >>> [change.kind for change in differences(["It rained.", "Ten came."], ["It rained.", "Two came."])]
    ['changed']
    """
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        change
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
        for change in _paired(before[i1:i2], after[j1:j2])
    ]


def reverts_to(hashes: Sequence[str]) -> int | None:
    """Return the number, from 1, of the earlier revision whose content the last one restores, if any.

    >>> reverts_to(["a", "b", "a"])
    1
    """
    earlier = hashes[:-2]  # the one before the last differs from it, or it would be no revision
    return earlier.index(hashes[-1]) + 1 if hashes and hashes[-1] in earlier else None


def _paired(gone: Sequence[str], come: Sequence[str]) -> Iterator[Change]:
    """Pair each sentence that went with the first still free one that resembles it."""
    at = 0
    for old in gone:
        match = next((i for i in range(at, len(come)) if _alike(old, come[i])), None)
        if match is None:
            yield Change(kind="removed", before=old)
            continue
        yield from (Change(kind="added", after=new) for new in come[at:match])
        yield Change(kind="changed", before=old, after=come[match])
        at = match + 1
    yield from (Change(kind="added", after=new) for new in come[at:])


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
