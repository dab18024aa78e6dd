"""What a translation engine takes and gives: sentences of one pair of languages in, scored hypotheses out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from monitor.errors import ConfigurationError
from monitor.languages import UNDETERMINED, Language, parse_language


class Pair(NamedTuple):
    """A source and a target language; written `es:en`."""

    source: Language
    target: Language

    def __str__(self) -> str:
        return f"{self.source}:{self.target}"


def parse_pair(text: str) -> Pair:
    """Return the pair that `es:en` names; any tag that the language table knows will do.

    >>> str(parse_pair("zh:en"))
    'zh-Hans:en'
    """
    source, _, target = (parse_language(part) for part in text.partition(":"))
    if UNDETERMINED in (source, target):
        raise ConfigurationError(f"{text!r} names no pair of languages; write it like 'es:en'")
    return Pair(source, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How a model searches for its output.

    `beam` is the number of hypotheses followed (1: greedy), `hypotheses` how many of them are returned,
    `length_penalty` the exponent of the length in their final ranking (0: none, as the probability says).
    """

    beam: int = 1
    length_penalty: float = 0.0
    hypotheses: int = 1

    def __str__(self) -> str:
        return f"beam {self.beam}, length penalty {self.length_penalty:g}"


GREEDY = Decoding()
WIDE = Decoding(beam=8, hypotheses=8)
AS_ARGOS = Decoding(beam=4, length_penalty=0.2)  # what argostranslate 1.11 and 1.12 ask for by default


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One proposed translation.

    `score` is the mean natural logarithm of the probability of its tokens, the end token included; at most 0.
    `complete` is False where the model was stopped at its longest output and something may be missing.
    """

    text: str
    score: float
    complete: bool = True


class Translator(Protocol):
    """An engine for one pair. `model` identifies its files: other files, other identity."""

    @property
    def pair(self) -> Pair:
        """Which languages it reads and writes."""

    @property
    def model(self) -> str:
        """The hash of its files; two of them joined by `+` where it goes through a third language."""

    def translate(
        self, sentences: Sequence[str], decoding: Decoding = GREEDY
    ) -> list[tuple[Hypothesis, ...]]:
        """Return the hypotheses of each sentence, the best first; at least one each."""
