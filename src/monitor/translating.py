"""Translates what waits in a warehouse, in bulk, and puts it into its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.translation.assembly import Assembled, Known, Part, assemble
from monitor.translation.bulk import Bulk
from monitor.waiting import Waiting, lead, sentences_of
from monitor.warehouse import translations as table
from monitor.warehouse.batches import batches
from monitor.warehouse.translations import Original

CHUNK = 200  # articles whose sentences are in memory at one time


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One translation of a warehouse into one language; `now` and `run_id` are entered with what it writes."""

    waiting: Waiting
    bulk: Bulk
    run_id: str
    now: datetime

    def run(self) -> int:
        """Translate titles and first paragraphs of all articles that wait, then the rest; return their number.

        What comes back is in the memory within seconds; an article is written when its turn comes, as far as
        it was translated by then.
        """
        ids = [*self.waiting.articles(all_of_them=self.bulk.again)]
        for chunk in batches(ids, CHUNK):
            if not self.bulk.out_of_time():
                self.bulk.translate(sentences_of(map(lead, self.waiting.parts(chunk).values())), ahead=True)
        for chunk in batches(ids, CHUNK):
            self._finish(chunk)
        return len(ids)

    def _finish(self, ids: Sequence[str]) -> None:
        parts = self.waiting.parts(ids)
        known = self.bulk.translate(sentences_of(parts.values()))
        articles: list[dict[str, object]] = []
        sentences: list[dict[str, object]] = []
        for original in table.originals(self.waiting.connection, ids):
            own = parts[original.article_id]
            made = assemble(original.title, original.text, own, known, self.waiting.ways.reasons.get)
            articles.append(self._article_row(original, own, made))
            sentences += self._sentence_rows(original, own, known)
        table.write(self.waiting.connection, self.waiting.target, articles, sentences)

    def _article_row(self, original: Original, parts: Sequence[Part], made: Assembled) -> dict[str, object]:
        pairs = sorted({part.pair for part in parts if part.pair})
        routes = filter(None, map(self.waiting.ways.find, pairs))
        errors = [self.bulk.errors[pair] for pair in pairs if pair in self.bulk.errors]
        return {
            "article_id": original.article_id, "revision": original.revision,
            "target_language": self.waiting.target, "title": made.title, "text": made.text, "state": made.state,
            "reason": next(iter(errors), made.reason), "route": ", ".join(map(str, routes)),
            "sentence_count": made.sentences, "pending_count": made.pending, "doubtful_count": made.doubtful,
            "translation_quality": made.quality,
            "recipe_hash": self.waiting.recipe_hash(pair.source for pair in pairs) or "",
            "translated_at": self.now, "run_id": self.run_id,
        }  # fmt: skip

    def _sentence_rows(
        self, original: Original, parts: Sequence[Part], known: Known
    ) -> Iterator[dict[str, object]]:
        for part in parts:
            route = self.waiting.ways.find(part.pair) if part.pair else None
            if not part.pair or not route:
                continue
            for ordinal, piece in enumerate(part.pieces):
                if piece.text in known.get(part.pair, {}):
                    yield {
                        "article_id": original.article_id, "revision": original.revision,
                        "target_language": self.waiting.target, "segment_ordinal": part.placed.ordinal,
                        "ordinal": ordinal, "start_offset": piece.start, "end_offset": piece.end,
                        "translation_id": self.bulk.keys.key(part.pair, piece.text, route.hash).id,
                    }  # fmt: skip
