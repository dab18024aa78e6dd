"""Show a labelled page as text files could hold it: the windows that the line model is trained on."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from monitor.cleaning.line_rules import ready_rules, shipped_phrases
from monitor.cleaning.lines import name_lines

FOLDS = 5
VIEWS = 2  # further windows of each page that are trained on
INTERRUPTED = 0.4  # of the further windows get lines put in


class Split(NamedTuple):
    """How pages are shared out to folds: by which of their values, id or domain, and to how many."""

    by: str
    folds: int = FOLDS

    def fold(self, value: object) -> int:
        """Return the fold of a value by its hash."""
        return int(hashlib.sha256(str(value).encode()).hexdigest(), 16) % self.folds


class Window(NamedTuple):
    """Some lines of a page, as a text file could hold them; the page's fold, and what the lines count."""

    lines: Sequence[str]
    labels: Sequence[int]
    fold: int
    named: Sequence[str | None]
    worth: float


def fold(page: Mapping[str, Any], split: Split) -> int:
    """Return the page's fold by its id or domain."""
    return split.fold(page[split.by])


def window(lines: Sequence[str], labels: Sequence[int], fold: int, worth: float = 1.0) -> Window:
    """Return lines with what the rules say of them."""
    return Window(lines, labels, fold, name_lines(lines, ready_rules()), worth)


def windows(page: Mapping[str, Any], split: Split, chance: random.Random) -> list[Window]:
    """Return the page's text view, and others that begin and end elsewhere.

    A quarter begins inside the article, so that a first line is not taken for noise because it is first.
    """
    content = [i for i, label in enumerate(page["labels"]) if label == 1]
    spans = [tuple(page["txt"])]
    for _ in range(VIEWS):
        first, last = content[0], content[-1]
        if chance.random() < 0.25:
            first = chance.choice(content)
            last = chance.choice([last, *content[content.index(first) :][:6]])
        spans.append((
            max(0, first - chance.choice([0, 0, 1, 2, 3])),
            last + 1 + chance.choice([0, 0, 1, 2, 4, 8]),
        ))  # fmt: skip
    found = []
    for number, (a, b) in enumerate(spans):
        lines, labels = page["lines"][a:b], page["labels"][a:b]
        if number and chance.random() < INTERRUPTED:
            lines, labels = interrupted(lines, labels, chance)
        found.append(window(lines, labels, fold(page, split)))
    return found


def interrupted(
    lines: Sequence[str], labels: Sequence[int], chance: random.Random
) -> tuple[list[str], list[int]]:
    """Return the window with a few lines put in that a rule names, so that their neighbours are not blamed."""
    phrases = [p for p in shipped_phrases() if p.rule in {"line:advertisement", "line:read-also"}]
    lines, labels = [*lines], [*labels]
    for _ in range(chance.choice([1, 2, 3])):
        phrase, at = chance.choice(phrases), chance.randrange(len(lines) + 1)
        title = chance.choice(lines)[:80].rstrip(".") if phrase.form == "start" else ""
        lines.insert(at, f"{phrase.text} {title}".strip().capitalize())
        labels.insert(at, 0)
    return lines, labels
