"""Which articles of a warehouse wait for a translation, and which sentences are in them."""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.languages import Language
from monitor.translation.assembly import Part
from monitor.translation.capitals import casing_of, in_capitals
from monitor.translation.engine import Pair
from monitor.translation.keys import Keys
from monitor.translation.passages import pieces_of
from monitor.translation.ways import Ways, needs_translation
from monitor.warehouse import translations as table
from monitor.warehouse.connection import Connection
from monitor.warehouse.translations import Passage, Standing

Parts = dict[str, list[Part]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for a translation into one language, with the present models and settings."""

    connection: Connection
    target: Language
    ways: Ways
    keys: Keys

    def articles(self, *, all_of_them: bool = False, in_vain: bool = False) -> Iterator[str]:
        """Yield the ids of the articles that were not tried with these models, or not to the end.

        What was translated by a model that is gone or damaged now stays as it is. `in_vain` adds those that were
        tried and for which there is no model.
        """
        for standing in table.standings(self.connection, self.target):
            wanted = self.recipe_hash(standing.languages)
            if not wanted or self._outlives_its_model(standing):
                continue
            tried = not standing.pending and standing.recipe_hash == wanted
            if all_of_them or not tried or (in_vain and standing.state != "complete"):
                yield standing.article_id

    def _outlives_its_model(self, standing: Standing) -> bool:
        pairs = [Pair(language, self.target) for language in standing.languages]
        without = [self.ways.find(pair) is None for pair in pairs if needs_translation(*pair)]
        return any(without) if standing.state == "complete" else all(without) and standing.state == "part"

    def recipe_hash(self, languages: Iterable[Language]) -> str | None:
        """Return a hash of all that an article's translation depends on but its text; None if it needs none."""
        pairs = [Pair(language, self.target) for language in languages]
        pairs = sorted(pair for pair in pairs if needs_translation(*pair))
        if not pairs:
            return None
        routes = (
            (str(pair), self.keys.settings(pair), route.hash if (route := self.ways.find(pair)) else "none")
            for pair in pairs
        )
        listing = "\0".join(itertools.chain.from_iterable(routes))
        return hashlib.sha256(listing.encode()).hexdigest()[:32]

    def parts(self, ids: Collection[str]) -> Parts:
        """Return the titles and paragraphs of articles, cut into pieces where they are to be translated."""
        passages = table.passages(self.connection, ids)
        groups = itertools.groupby(passages, key=lambda passage: passage.article_id)
        return {article_id: self._cut([*own]) for article_id, own in groups}

    def _cut(self, passages: Sequence[Passage]) -> list[Part]:
        lines = [passage.text for passage in passages]
        casing = casing_of(lines) if any(map(in_capitals, lines)) else {}
        parts = []
        for passage in passages:
            pair = Pair(passage.language, self.target)
            if needs_translation(*pair):
                self.ways.find(pair)
                pieces = pieces_of(passage.text, passage.language, casing)
                parts.append(Part(placed=passage, pair=pair, pieces=pieces))
            else:
                parts.append(Part(placed=passage, pair=None))
        return parts


def sentences_of(articles: Iterable[Iterable[Part]]) -> dict[Pair, set[str]]:
    """Return the distinct sentences that models have to read, by pair."""
    wanted: defaultdict[Pair, set[str]] = defaultdict(set)
    for part in itertools.chain.from_iterable(articles):
        if part.pair:
            wanted[part.pair].update(piece.text for piece in part.pieces if piece.text)
    return dict(wanted)


def lead(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the title and the first paragraph."""
    return parts[: 2 if parts and parts[0].placed.kind == "title" else 1]
