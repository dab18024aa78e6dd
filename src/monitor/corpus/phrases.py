"""Find thousands of names in a text at once.

Aho-Corasick (Aho and Corasick 1975) through the Rust crate of that name: the time does not depend on how many
names there are.
"""

from collections.abc import Iterator, Sequence

import ahocorasick_rs

from monitor.corpus.folding import Folded


class Phrases:
    """A fixed list of folded phrases; built once, safe to share."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick(list(phrases)) if phrases else None

    def find(self, folded: Folded) -> Iterator[tuple[int, int, int]]:
        """Yield (place in the list, start, end) of every sighting, also overlapping, in folded offsets."""
        yield from self.find_in(folded.text)

    def find_in(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the same for a text that is already in the form of the phrases."""
        if self._automaton is not None:
            yield from self._automaton.find_matches_as_indexes(text, overlapping=True)
