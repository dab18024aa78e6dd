"""Remembers for one run which models serve a pair, or why none does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.errors import ConfigurationError, ModelDamaged, ModelMissing
from monitor.languages import ENGLISH, UNDETERMINED, Language
from monitor.translation.engine import Pair
from monitor.translation.routes import Route, Shelf, find_route


@dataclass(slots=True)
class Ways:
    """The routes of a run; a pair that has none stays untranslated, and `reasons` says why.

    `missing` are those for which there is no model at all.
    A pinned model that is damaged makes its pair go without: no other takes its place.
    """

    shelf: Shelf
    pivots: Sequence[Language] = (ENGLISH,)
    reasons: dict[Pair, str] = field(default_factory=dict)
    missing: set[Pair] = field(default_factory=set)
    _found: dict[Pair, Route | None] = field(default_factory=dict)

    def find(self, pair: Pair) -> Route | None:
        """Return the route of a pair; None where there is none."""
        if pair not in self._found:
            self._found[pair] = self._find(pair)
        return self._found[pair]

    def _find(self, pair: Pair) -> Route | None:
        try:
            return find_route(pair, self.shelf, self.pivots)
        except (ModelMissing, ModelDamaged, ConfigurationError) as error:
            self.reasons[pair] = str(error)
            if isinstance(error, ModelMissing):
                self.missing.add(pair)
            return None


def needs_translation(language: Language, target: Language) -> bool:
    """Tell whether text in a language is to be translated: not what is unknown, nor a variety of the target."""
    return language != UNDETERMINED and language.partition("-")[0] != target.partition("-")[0]
