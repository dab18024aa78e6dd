"""Count what a run did, so that the sum of what came out is what went in."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from monitor.models import Processed, Reject

_LINE_RULES = ("line", "phrase", "learned", "mark")


@dataclass(slots=True)
class Tally:
    """The counts of one run: `seen` inputs are `new + changed + unchanged + moved + duplicates + rejected`."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    duplicates: int = 0
    rejected: int = 0
    partial: int = 0
    reject_reasons: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    lines_removed: int = 0
    sentences_repaired: int = 0
    phases: dict[str, Any] = field(default_factory=dict)

    def skipped(self, count: int = 1) -> None:
        """Count inputs that were not read because the ledger knows them."""
        self.seen += count
        self.unchanged += count

    def add(self, processed: Processed, fate: str, reject: Reject | None = None) -> None:
        """Count one input by what became of it, and why it was rejected."""
        if fate == "container":
            return
        self.seen += 1
        if reject:
            self.rejected += 1
            self.reject_reasons[f"{reject.stage}: {reject.reason}"] += 1
            return
        name = {"duplicate": "duplicates"}.get(fate, fate)
        setattr(self, name, getattr(self, name) + 1)
        if fate in ("new", "changed") and processed.prepared:
            self._add_article(processed)

    def _add_article(self, processed: Processed) -> None:
        prepared = processed.prepared
        assert prepared
        self.languages[prepared.languages.main.language] += 1
        self.partial += prepared.document.partial_reason is not None
        for edit in prepared.cleaned.edits:
            self.edits[edit.rule] += 1
            self.lines_removed += (
                not edit.inserted and edit.removed.strip() != "" and not edit.rule.startswith("glue")
            )
            self.sentences_repaired += edit.rule.startswith("glue")

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for JSON: phases (translation, corpus steps) under their names, the largest first."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "phases"}
        ordered = {k: dict(v.most_common()) if isinstance(v, Counter) else v for k, v in plain.items()}
        return ordered | self.phases
