"""The translation memory: sentences that were translated before, by the hash of all that they depend on."""

from collections.abc import Collection, Iterator
from datetime import datetime

from monitor.languages import Language
from monitor.translation.bulk import Entry
from monitor.translation.checked import Translated
from monitor.translation.engine import Pair
from monitor.translation.keys import Key
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection, atomic, cursor_of

_FETCH = 2_000


class WarehouseMemory:
    """The table of translations; satisfies `monitor.translation.bulk.Memory`.

    `run_id` and `now` are entered with what is written; for reading they need not be known.
    """

    def __init__(self, connection: Connection, run_id: str = "", now: datetime | None = None) -> None:
        self._connection, self._run_id, self._now = connection, run_id, now

    def look_up(self, ids: Collection[str]) -> dict[str, Translated]:
        """Return the translations that are known, by id."""
        rows = self._connection.execute(
            """
            select translation_id, source_text, text, score, quality, flags, method
            from translations
            where translation_id in (select unnest($1::varchar[]))
            """,
            [[*ids]],
        ).fetchall()
        return {
            id_: Translated(
                source=source, text=text, score=score, quality=quality, flags=tuple(flags), method=method
            )
            for id_, source, text, score, quality, flags, method in rows
        }

    def remember(self, entries: Collection[Entry]) -> None:
        """Write entries in one transaction, in place of what stood under the same ids."""
        rows = {entry.key.id: self._row(entry) for entry in entries}
        with atomic(self._connection):
            self.forget(rows)
            columns.insert(self._connection, "translations", list(rows.values()))

    def forget(self, ids: Collection[str]) -> None:
        """Delete entries."""
        self._connection.execute(
            "delete from translations where translation_id in (select unnest($1::varchar[]))", [[*ids]]
        )

    def entries(self) -> Iterator[Entry]:
        """Yield the whole memory, in the order of its ids, a stretch at a time."""
        cursor = cursor_of(self._connection)
        cursor.execute(
            """
            select
                source_language, target_language, source_text, text, model_hash, recipe, glossary_version,
                score, quality, flags, method
            from translations
            order by translation_id
            """
        )
        while rows := cursor.fetchmany(_FETCH):
            for (
                source,
                target,
                original,
                text,
                model,
                recipe,
                glossary,
                score,
                quality,
                flags,
                method,
            ) in rows:
                pair = Pair(Language(source), Language(target))
                yield Entry(
                    key=Key(text=original, pair=pair, model=model, recipe=recipe, glossary=glossary),
                    translated=Translated(
                        source=original,
                        text=text,
                        score=score,
                        quality=quality,
                        flags=tuple(flags),
                        method=method,
                    ),
                )

    def _row(self, entry: Entry) -> dict[str, object]:
        key, translated = entry.key, entry.translated
        return {
            "translation_id": key.id, "source_language": key.pair.source, "target_language": key.pair.target,
            "source_text": key.text, "text": translated.text, "model_hash": key.model, "recipe": key.recipe,
            "glossary_version": key.glossary, "method": translated.method, "score": translated.score,
            "quality": translated.quality, "flags": list(translated.flags), "translated_at": self._now,
            "run_id": self._run_id,
        }  # fmt: skip
