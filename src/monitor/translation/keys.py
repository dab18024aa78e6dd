"""What a translation is known by: everything that it depends on, and nothing else."""

import hashlib
from dataclasses import dataclass

from monitor.translation.engine import Pair
from monitor.translation.glossary import Glossary, pair_name, version_for

NO_TERMS = Glossary(terms={}, version="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Everything that a translation depends on: equal keys, one translation.

    `glossary` is the version of the terms that occur in the sentence, empty where none does.
    """

    text: str
    pair: Pair
    model: str
    recipe: str
    glossary: str = ""

    @property
    def id(self) -> str:
        """The key as a hash of 32 hexadecimal digits."""
        parts = (self.text, *self.pair, self.model, self.recipe, self.glossary)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Makes the keys of a run, whose settings are the same for all sentences."""

    recipe: str
    glossary: Glossary = NO_TERMS

    def key(self, pair: Pair, text: str, model: str) -> Key:
        """Return the key of a sentence for a model."""
        terms = version_for(self.glossary, pair_name(*pair), text)
        return Key(text=text, pair=pair, model=model, recipe=self.recipe, glossary=terms)

    def settings(self, pair: Pair) -> str:
        """Return all that translations of a pair depend on but text and model."""
        return f"{self.recipe}; glossary {version_for(self.glossary, pair_name(*pair))}"
