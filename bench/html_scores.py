"""Score an extracted text against the labelled one by bags of four tokens, and sum scores up by set."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

Bag = Counter[tuple[str, ...]]
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SIZE = 4


def tokens(text: str) -> list[str]:
    """Return the words and marks of a text."""
    return _TOKEN.findall(text)


def shingles(text: str) -> Bag:
    """Return the bag of runs of four tokens; a shorter text is one run."""
    found = tokens(text)
    if len(found) < _SIZE:
        return Counter([tuple(found)] if found else [])
    return Counter(tuple(found[at : at + _SIZE]) for at in range(len(found) - _SIZE + 1))


def score_of(gold: Bag, text: str) -> tuple[float, float, bool]:
    """Return precision, recall, and whether the text is empty."""
    have = shingles(text)
    shared = sum((gold & have).values())
    precision = shared / have.total() if have else float(not gold)
    return precision, shared / gold.total() if gold else 1.0, not have


def summed(
    scores: Iterable[tuple[str, tuple[float, float, bool]]],
) -> dict[str, tuple[float, float, float, int]]:
    """Return for each set, and for "all": mean precision and recall, F1 of the two, number of empty texts."""
    groups: defaultdict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    for name, score in scores:
        groups[name].append(score)
        groups["all"].append(score)
    return {name: _sum(group) for name, group in sorted(groups.items())}


def _sum(group: list[tuple[float, float, bool]]) -> tuple[float, float, float, int]:
    precision, recall = (sum(score[part] for score in group) / len(group) for part in (0, 1))
    total = precision + recall
    return (
        precision,
        recall,
        2 * precision * recall / total if total else 0.0,
        sum(score[2] for score in group),
    )
