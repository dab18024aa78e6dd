"""What waits for a translation, how long it would take on this machine, and how much the memory spares."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.translation.engine import Pair
from monitor.translation_phase import TranslationPhase
from monitor.waiting import Waiting, sentences_of
from monitor.warehouse import translations as table
from monitor.warehouse.batches import batches
from monitor.warehouse.connection import Connection, open_reader
from monitor.warehouse.memory import WarehouseMemory

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOutlook:
    """The sentences of a pair that models have to read; `seconds` is None while no speed was measured.

    `reason` says why they cannot be translated, None where they can.
    """

    pair: str
    sentences: int
    characters: int
    seconds: float | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All pairs, what the memory holds, and its part of the sentences wanted in the runs so far (0 to 1)."""

    pairs: tuple[PairOutlook, ...]
    remembered: int
    hit_rate: float | None


def outlook(path: Path, phase: TranslationPhase) -> Outlook:
    """Look at a warehouse without changing it."""
    connection = open_reader(path)
    try:
        if not table.is_ready(connection):
            return Outlook(pairs=(), remembered=0, hit_rate=None)
        speeds, hit_rate = _experience(connection)
        pairs = [
            found
            for target in phase.targets
            for found in _pairs(connection, phase.waiting(connection, target), speeds, phase.workers)
        ]
        return Outlook(pairs=tuple(pairs), remembered=table.memory_size(connection), hit_rate=hit_rate)
    finally:
        connection.close()


def _pairs(
    connection: Connection, waiting: Waiting, speeds: dict[str, float], workers: int
) -> list[PairOutlook]:
    seen: set[str] = set()
    sentences: Counter[Pair] = Counter()
    characters: Counter[Pair] = Counter()
    for ids in batches([*waiting.articles(in_vain=True)], _CHUNK):
        for pair, texts in sentences_of(waiting.parts(ids).values()).items():
            for text in _unknown(connection, waiting, pair, texts, seen):
                sentences[pair] += 1
                characters[pair] += len(text)
    return [
        PairOutlook(
            pair=str(pair),
            sentences=count,
            characters=characters[pair],
            seconds=characters[pair] / speeds[str(pair)] / workers if str(pair) in speeds else None,
            reason=waiting.ways.reasons.get(pair),
        )
        for pair, count in sentences.most_common()
    ]


def _unknown(
    connection: Connection, waiting: Waiting, pair: Pair, texts: Collection[str], seen: set[str]
) -> Iterator[str]:
    """Yield the sentences that are neither in the memory nor seen before."""
    route = waiting.ways.find(pair)
    model = route.hash if route else "none"
    keys = {key.id: key for text in texts if (key := waiting.keys.key(pair, text, model)).id not in seen}
    known = WarehouseMemory(connection).look_up(keys)
    seen.update(keys)
    yield from (key.text for id_, key in keys.items() if id_ not in known)


def _experience(connection: Connection) -> tuple[dict[str, float], float | None]:
    """Return characters a second of one process by pair, and the memory's hit rate, from the last runs."""
    characters: defaultdict[str, float] = defaultdict(float)
    seconds: defaultdict[str, float] = defaultdict(float)
    wanted = remembered = 0.0
    for counts in table.last_counts(connection):
        for pair, count in counts.items():
            characters[pair] += count["characters"]
            seconds[pair] += count["seconds"]
            wanted += count["wanted"]
            remembered += count["remembered"]
    speeds = {pair: characters[pair] / seconds[pair] for pair in characters if seconds[pair]}
    return speeds, remembered / wanted if wanted else None
