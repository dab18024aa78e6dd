"""Words that only one language of a close group writes: the last word where n-grams hesitate between neighbours.

Indonesian and Malay, or Danish and Norwegian, share most of their letters and words; a person tells them apart by
a few words, and so does this. The lists were written by hand; a word that stands for two of a group tells nothing.
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from monitor.languages import Language

_WORD = re.compile(r"\w+")
_MOST = 4.0  # words that count, at most: they seldom come alone
_ENDING = 0.5  # what an ending tells, in words
_SHORTEST_STEM = 3


class Group(NamedTuple):
    """The words and endings of a close group, and which of its languages, never all, write them."""

    words: dict[str, frozenset[Language]]
    members: frozenset[Language]


def telling_words(text: str, first: Language, second: Language) -> dict[Language, float]:
    """Return how many words tell for each language of the group that two languages share; empty without one.

    >>> telling_words("Dia mengatakan bahwa harga naik karena pajak", Language("ms"), Language("id"))["id"] > 2
    True
    """
    group = next(
        (group for group in close_groups() if first in group.members and second in group.members), None
    )
    if group is None:
        return {}
    found: dict[Language, float] = dict.fromkeys(sorted(group.members), 0.0)
    for word in set(_WORD.findall(text.lower())):
        telling = group.words.get(word)
        for language in telling or _by_ending(word, group):
            found[language] += 1 if telling else _ENDING
    return {language: min(count, _MOST) for language, count in found.items()}


def _by_ending(word: str, group: Group) -> frozenset[Language]:
    """Return the languages that the longest telling ending of a word stands for."""
    endings = (group.words.get("-" + word[start:]) for start in range(_SHORTEST_STEM, len(word) - 1))
    return next((telling for telling in endings if telling), frozenset())


@cache
def close_groups() -> tuple[Group, ...]:
    """Return the close groups, as the lists have them."""
    text = files("monitor.detection").joinpath("telling_words.txt").read_text(encoding="utf-8")
    return tuple(map(_group, text.split("\n\n")[1:]))


def _group(block: str) -> Group:
    """Return the group that a block of lines describes; a word that all its languages write tells nothing."""
    writers: dict[str, set[Language]] = {}
    for line in block.strip().splitlines():
        code, _, words = line.partition(":")
        for word in words.lower().split():
            writers.setdefault(word, set()).add(Language(code))
    members = frozenset().union(*writers.values())
    return Group({word: frozenset(told) for word, told in writers.items() if told != members}, members)
