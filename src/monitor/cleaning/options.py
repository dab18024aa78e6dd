"""What a user can decide about cleaning: how bold it is, which rules are off, what an outlet needs."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

Mode = Literal["careful", "strict", "rules", "off"]
Form = Literal["whole", "start", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that give a line away: it is, starts with or ends with `text`.

    `rule` names the reason that an edit will show; `source` keeps the phrase to one outlet.
    """

    rule: str
    form: Form
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMarks:
    """What people said of an outlet's lines, as `line_key` writes them: never remove, always remove."""

    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningOptions:
    """How one article is cleaned.

    `mode` says which lines go: `careful` those that are surely not the article, `strict` those that more
    likely are not, `rules` only those that a rule names, `off` none. `rules_off` holds names of rules
    ("line:share") or of whole passes ("lines", "glue"). `keep` and `drop` are lines, as `line_key` writes
    them, that a person has marked for the outlet.
    """

    mode: Mode = "careful"
    rules_off: AbstractSet[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    keep: AbstractSet[str] = frozenset()
    drop: AbstractSet[str] = frozenset()
