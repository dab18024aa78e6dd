"""Translates a warehouse: finds what is pending, has it translated in bulk, and puts it into its place."""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.languages import Language
from monitor.translation.assembly import Assembled, Known, Part, assemble
from monitor.translation.bulk import Bulk, PairCount
from monitor.translation.capitals import casing_of, in_capitals
from monitor.translation.checked import Recipe
from monitor.translation.crew import Crew
from monitor.translation.engine import Pair
from monitor.translation.passages import pieces_of
from monitor.translation.ways import Ways, needs_translation
from monitor.warehouse import translations as table
from monitor.warehouse.connection import Connection
from monitor.warehouse.memory import WarehouseMemory
from monitor.warehouse.translations import Original, Passage, Standing

CHUNK = 200  # articles whose sentences are in memory at one time

Parts = dict[str, list[Part]]


@dataclass(slots=True, kw_only=True)
class Job:
    """One translation of a warehouse into one language.

    `out_of_time` ends the handing out of sentences; `again` translates also what the memory knows.
    """

    connection: Connection
    target: Language
    ways: Ways
    crew: Crew
    run_id: str
    now: datetime
    recipe_name: str = str(Recipe())
    again: bool = False
    out_of_time: Callable[[], bool] = lambda: False
    on_progress: Callable[[int], None] = lambda _sentences: None
    bulk: Bulk = field(init=False)

    def __post_init__(self) -> None:
        self.bulk = Bulk(
            memory=WarehouseMemory(self.connection, self.run_id, self.now),
            crew=self.crew,
            ways=self.ways,
            recipe_name=self.recipe_name,
            again=self.again,
            out_of_time=self.out_of_time,
            on_progress=self.on_progress,
        )

    def run(self) -> dict[Pair, PairCount]:
        """Translate what is pending: titles and first paragraphs of all articles, then the rest.

        What comes back is in the memory within seconds; an article is written when its turn comes, as far as
        it was translated by then.
        """
        pending = [standing.article_id for standing in self.pending()]
        for ids in _chunks(pending):
            if not self.out_of_time():
                self.bulk.translate(_wanted(_lead(parts) for parts in self._parts(ids).values()))
        for ids in _chunks(pending):
            self._finish(ids)
        return self.bulk.counts

    def pending(self) -> Iterator[Standing]:
        """Yield the articles that were not tried with the present models and settings, or not to the end."""
        for standing in table.standings(self.connection, self.target):
            wanted = self._recipe_hash(standing.languages)
            if wanted and (self.again or standing.pending or standing.recipe_hash != wanted):
                yield standing

    def sentences(self, article_ids: Collection[str]) -> dict[Pair, set[str]]:
        """Return the distinct sentences of articles that models have to read, by pair."""
        return _wanted(self._parts(article_ids).values())

    def _finish(self, ids: Sequence[str]) -> None:
        parts = self._parts(ids)
        known = self.bulk.translate(_wanted(parts.values()))
        articles: list[dict[str, object]] = []
        sentences: list[dict[str, object]] = []
        for original in table.originals(self.connection, ids):
            own = parts[original.article_id]
            assembled = assemble(original.title, original.text, own, known, self.ways.reasons.get)
            articles.append(self._article_row(original, own, assembled))
            sentences += self._sentence_rows(original, own, known)
        table.write(self.connection, self.target, articles, sentences)

    def _parts(self, ids: Collection[str]) -> Parts:
        """Return the titles and paragraphs of articles, cut into pieces where they are to be translated."""
        found: Parts = {}
        passages = table.passages(self.connection, ids)
        for article_id, own in itertools.groupby(passages, key=lambda passage: passage.article_id):
            found[article_id] = self._cut([*own])
        return found

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

    def _recipe_hash(self, languages: Iterable[Language]) -> str | None:
        """Return a hash of all that an article's translation depends on but its text; None if it needs none."""
        pairs = [Pair(language, self.target) for language in languages if needs_translation(language, self.target)]
        if not pairs:
            return None
        routes = ((str(pair), route.hash if (route := self.ways.find(pair)) else "none") for pair in pairs)
        listing = "\0".join(itertools.chain([self.recipe_name], *routes))
        return hashlib.sha256(listing.encode()).hexdigest()[:32]

    def _article_row(self, original: Original, parts: Sequence[Part], made: Assembled) -> dict[str, object]:
        pairs = sorted({part.pair for part in parts if part.pair})
        routes = filter(None, map(self.ways.find, pairs))
        return {
            "article_id": original.article_id, "revision": original.revision, "target_language": self.target,
            "title": made.title, "text": made.text, "state": made.state,
            "reason": made.reason or None, "route": ", ".join(map(str, routes)),
            "sentence_count": made.sentences, "pending_count": made.pending, "doubtful_count": made.doubtful,
            "translation_quality": made.quality,
            "recipe_hash": self._recipe_hash(sorted({pair.source for pair in pairs})) or "",
            "translated_at": self.now, "run_id": self.run_id,
        }  # fmt: skip

    def _sentence_rows(
        self, original: Original, parts: Sequence[Part], known: Known
    ) -> Iterator[dict[str, object]]:
        for part in parts:
            route = self.ways.find(part.pair) if part.pair else None
            if not part.pair or not route:
                continue
            for ordinal, piece in enumerate(part.pieces):
                if piece.text in known.get(part.pair, {}):
                    yield {
                        "article_id": original.article_id, "revision": original.revision,
                        "target_language": self.target, "segment_ordinal": part.placed.ordinal,
                        "ordinal": ordinal, "start_offset": piece.start, "end_offset": piece.end,
                        "translation_id": self.bulk.key(part.pair, piece.text, route.hash).id,
                    }  # fmt: skip


def _wanted(articles: Iterable[Iterable[Part]]) -> dict[Pair, set[str]]:
    wanted: defaultdict[Pair, set[str]] = defaultdict(set)
    for part in itertools.chain.from_iterable(articles):
        if part.pair:
            wanted[part.pair].update(piece.text for piece in part.pieces if piece.text)
    return dict(wanted)


def _lead(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the title and the first paragraph."""
    return parts[: 2 if parts and parts[0].placed.kind == "title" else 1]


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
