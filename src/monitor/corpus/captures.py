"""Compare what is left of a cut or damaged page with the article as it was captured whole."""

from typing import Literal, NamedTuple

import numpy as np

from monitor.corpus.fingerprints import fingerprint
from monitor.models import Prepared

Worth = Literal["revision", "nothing new", "not the article"]

_DAMAGED = "\ufffd"
# Of 121 captures of real pages, cut anywhere, that say other things than the whole page: where only what stands
# before the article is left, .12 at most, nearly all 0; where the article has begun, .21 at least, most above .8.
_REACHED = 0.2


class Whole(NamedTuple):
    """Title and text, before cleaning, of an article that was captured whole."""

    title: str | None
    raw: str


def worth_of(capture: Prepared, whole: Whole) -> Worth:
    """Say what a partial capture is to an article that was captured whole.

    It is a revision where it says something new, though it breaks off; "not the article" where it has nothing of the
    article's words, so that what it says is of the page around it. What cleaning takes away is nothing new.
    """
    held = f"{whole.title or ''}\n{whole.raw}"
    texts = (capture.cleaned.text, capture.cleaned.raw)
    if tells_nothing_new(capture.title or "", whole.title or "") and any(
        tells_nothing_new(text, held) for text in texts
    ):
        return "nothing new"
    return "revision" if reaches_the_article(capture.cleaned.raw, whole.raw) else "not the article"


def tells_nothing_new(capture: str, held: str) -> bool:
    r"""Say whether each line of a capture begins a line of the text that is held, in the same order.

    The last line may break off in a word. Space does not count, and a damaged character (U+FFFD) stands for any
    others. One pass over each text, however long.

    >>> tells_nothing_new("Ten came.\nTwo we", "Ten came.\nIt rained.\nTwo went.")
    True
    >>> tells_nothing_new("Six came.", "Ten came.\nSixty-six came.")
    False
    """
    there = "".join(_lines(held))
    at = 0
    for line in _lines(capture):
        for piece in line.split(_DAMAGED):
            found = there.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
    return True


def reaches_the_article(capture: str, held: str) -> bool:
    """Say whether a capture has the article's words in it; of two words nobody can tell."""
    ours, theirs = fingerprint(capture).shingles, fingerprint(held).shingles
    return len(theirs) == 0 or len(np.intersect1d(ours, theirs)) > _REACHED * len(ours)


def _lines(text: str) -> list[str]:
    """Return the lines that are not blank, each behind its line end, with single spaces."""
    return [f"\n{' '.join(words)}" for line in text.split("\n") if (words := line.split())]
