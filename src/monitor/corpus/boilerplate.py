"""Learn from an outlet's articles which lines are its furniture: those that come back in other articles.

A line counts once a work, that is an article together with its copies, and never against itself. Lines
are compared as `monitor.cleaning.line_rules.line_key` writes them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.cleaning.line_rules import LONGEST, line_key

HEAD, TAIL = 4, 8  # lines at a text's beginning and end where furniture stands
FEWEST_WORKS = 3  # other works that must have the line, whatever their share
EDGE_SHARE = 0.05  # of the outlet's other works, for a line that stands at the edges
ANY_SHARE = 0.3  # for a line that stands anywhere; less may be a series' recurring background
MOSTLY = 0.8  # of a line's works have it at the edge: then it stands at the edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The lines of one work: `everywhere` holds their keys, `edges` those at the beginning or the end."""

    everywhere: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()

    def __or__(self, other: "Outline") -> "Outline":
        return Outline(everywhere=self.everywhere | other.everywhere, edges=self.edges | other.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCounts:
    """In how many works of one outlet each line stands, and in how many of them at the edges."""

    works: int = 0
    everywhere: Mapping[str, int] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)


def outline(text: str) -> Outline:
    """Return the outline of an article's raw text."""
    keys = [key for line in text.splitlines() if (key := _countable(line))]
    return Outline(everywhere=frozenset(keys), edges=frozenset((*keys[:HEAD], *keys[-TAIL:])))


def count_lines(outlines: Iterable[tuple[str, Outline]]) -> LineCounts:
    """Count the lines of an outlet's articles, each given with the name of the work that it is a copy of.

    The order does not matter.
    """
    works: dict[str, Outline] = {}
    for work, found in outlines:
        works[work] = works.get(work, Outline()) | found
    return LineCounts(
        works=len(works),
        everywhere=Counter(key for work in works.values() for key in work.everywhere),
        edges=Counter(key for work in works.values() for key in work.edges),
    )


def learned_lines(document: Outline, counts: LineCounts, own: Outline | None = None) -> frozenset[str]:
    """Return which of the document's lines are known boilerplate of its outlet.

    `own` is what `counts` holds of the document's own work, which is no evidence; None when it was not
    counted.
    """
    mine = own or Outline()
    others = counts.works - (own is not None)
    return frozenset(key for key in document.everywhere if _recurs(key, counts, mine, others))


def surely_learned(counts: LineCounts) -> frozenset[str]:
    """Return the lines that are boilerplate for any article, even one that was counted itself."""
    every = Outline(everywhere=frozenset(counts.everywhere), edges=frozenset(counts.edges))
    return learned_lines(every, counts, own=every)


def _recurs(key: str, counts: LineCounts, own: Outline, others: int) -> bool:
    works = counts.everywhere.get(key, 0) - (key in own.everywhere)
    edges = counts.edges.get(key, 0) - (key in own.edges)
    if works < FEWEST_WORKS:
        return False
    return works >= ANY_SHARE * others or (edges >= MOSTLY * works and works >= EDGE_SHARE * others)


def _countable(line: str) -> str | None:
    """Return a line's key; None where it has no letter, or is so long that it is a paragraph."""
    if len(line) > LONGEST or not any(map(str.isalpha, line)):
        return None
    return line_key(line) or None
