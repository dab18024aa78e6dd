"""Translates the sentences of many passages with as little work as possible: each once, many at a time.

Sentences are collected by pair, made distinct, looked up in the memory, sorted by length, and handed out in
batches; what comes back goes into the memory first, and from there into its place.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from monitor.languages import Language
from monitor.translation.checked import Translated
from monitor.translation.crew import Crew, Outcome
from monitor.translation.engine import Pair
from monitor.translation.keys import Key, Keys
from monitor.translation.tasks import Task
from monitor.translation.ways import Ways

BATCH_CHARACTERS = 8_000  # of source text: some 2,000 tokens, one to three seconds of one core
LEAST_CHARACTERS = 3_000  # costs a tenth more a sentence than 8,000; 1,500 cost half as much again
SAVE_EVERY_S = 5.0  # what a killed run has to do again


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A translation with its key, as the memory keeps it."""

    key: Key
    translated: Translated


class Memory(Protocol):
    """Whoever keeps translations; the warehouse does."""

    def look_up(self, ids: Collection[str]) -> dict[str, Translated]:
        """Return what is known, by the id of its key."""

    def remember(self, entries: Collection[Entry]) -> None:
        """Keep entries, durably, all or none."""


@dataclass(slots=True)
class PairCount:
    """What a run did for one pair; `characters` of source text that models read in `seconds` of one core."""

    wanted: int = 0
    remembered: int = 0
    translated: int = 0
    again: int = 0
    doubtful: int = 0
    failed: int = 0
    characters: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Bulk:
    """Translates sets of sentences; `out_of_time` ends the handing out, what is under way still comes back.

    With `again`, what the memory held before this run does not count. `workers` is how many the crew has: several
    get smaller batches towards the end, so that none waits long for the last one.
    """

    memory: Memory
    crew: Crew
    ways: Ways
    keys: Keys
    again: bool = False
    workers: int = 1
    out_of_time: Callable[[], bool] = lambda: False
    on_progress: Callable[[int], None] = lambda _sentences: None
    counts: dict[Pair, PairCount] = field(default_factory=dict)
    errors: dict[Pair, str] = field(default_factory=dict)
    _redone: set[str] = field(default_factory=set)
    _ahead: set[str] = field(default_factory=set)

    def translate(
        self, wanted: Mapping[Pair, Collection[str]], *, ahead: bool = False
    ) -> dict[Pair, dict[str, Translated]]:
        """Return the translations of the sentences wanted, as far as models, time and crew allow.

        Sentences translated `ahead` of their passages are counted as wanted when these come.
        """
        keys = {key.id: key for pair, texts in wanted.items() for key in self._keys(pair, texts)}
        known = self.memory.look_up(keys.keys() & self._redone if self.again else keys)
        missing = {id_: key for id_, key in keys.items() if id_ not in known}
        if ahead:
            self._ahead.update(missing)
        else:
            self._count_wanted(keys, known)
        if missing and not self.out_of_time():
            known |= self._translate_missing(missing)
        found: dict[Pair, dict[str, Translated]] = {pair: {} for pair in wanted}
        for id_, translated in known.items():
            found[keys[id_].pair][keys[id_].text] = translated
        return found

    def _count_wanted(self, keys: Mapping[str, Key], known: Collection[str]) -> None:
        for key in keys.values():
            count = self._count(key.pair)
            count.wanted += 1
            count.remembered += key.id in known and key.id not in self._ahead

    def _keys(self, pair: Pair, texts: Collection[str]) -> Iterator[Key]:
        if (route := self.ways.find(pair)) and pair not in self.errors:
            for text in texts:
                yield self.keys.key(pair, text, route.hash)

    def _translate_missing(self, missing: Mapping[str, Key]) -> dict[str, Translated]:
        by_sentence = {(key.pair, key.text): key for key in missing.values()}
        found: dict[str, Translated] = {}
        waiting: list[Entry] = []
        saved_at = time.monotonic()
        for outcome in self.crew.translate(self._tasks(missing.values())):
            pair = Pair(Language(outcome.task.source), Language(outcome.task.target))
            self._add(pair, outcome)
            waiting += [Entry(key=by_sentence[pair, t.source], translated=t) for t in outcome.results]
            if time.monotonic() - saved_at > SAVE_EVERY_S:
                found |= self._save(waiting)
                waiting, saved_at = [], time.monotonic()
        return found | self._save(waiting)

    def _save(self, entries: list[Entry]) -> dict[str, Translated]:
        if entries:
            self.memory.remember(entries)
        if self.again:
            self._redone.update(entry.key.id for entry in entries)
        return {entry.key.id: entry.translated for entry in entries}

    def _tasks(self, keys: Collection[Key]) -> Iterator[Task]:
        """Yield batches of one pair and of sentences of like length, until time is over."""
        for batch in batches(keys, self.workers):
            route = self.ways.find(batch[0].pair)
            assert route
            if self.out_of_time():
                return
            yield Task(
                source=batch[0].pair.source,
                target=batch[0].pair.target,
                models=tuple(model.name for model in route.models),
                sentences=tuple(key.text for key in batch),
                hash=route.hash,
            )

    def _add(self, pair: Pair, outcome: Outcome) -> None:
        if outcome.error:
            self.errors[pair] = outcome.error
        count = self._count(pair)
        results = outcome.results
        count.translated += len(results)
        count.again += sum(result.method == "again" for result in results)
        count.doubtful += sum(bool(result.flags) for result in results)
        count.failed += sum(result.method == "failed" for result in results)
        count.characters += sum(len(result.source) for result in results)
        count.seconds += outcome.seconds
        self.on_progress(len(results))

    def _count(self, pair: Pair) -> PairCount:
        return self.counts.setdefault(pair, PairCount())


def batches(keys: Collection[Key], workers: int = 1) -> Iterator[list[Key]]:
    """Cut keys into batches of one pair and of a bounded number of characters, long ones first.

    The pair with most to translate comes first. One that fits into a batch is left whole where there are others:
    a second process would load its models for little.
    """
    sizes = Counter[Pair]()
    for key in keys:
        sizes[key.pair] += len(key.text)
    batch: list[Key] = []
    characters, left = 0, sizes.total()
    for key in sorted(keys, key=lambda key: (-sizes[key.pair], key.pair, -len(key.text), key.text)):
        whole = len(sizes) > 1 and sizes[key.pair] <= BATCH_CHARACTERS
        limit = BATCH_CHARACTERS if whole else _limit(left, workers)
        if batch and (key.pair != batch[0].pair or characters + len(key.text) > limit):
            yield batch
            left -= characters
            batch, characters = [], 0
        batch.append(key)
        characters += len(key.text)
    if batch:
        yield batch


def _limit(left: int, workers: int) -> int:
    """Return the characters of the next batch: guided self-scheduling (Polychronopoulos and Kuck, 1987)."""
    if workers == 1:
        return BATCH_CHARACTERS
    return max(LEAST_CHARACTERS, min(BATCH_CHARACTERS, left // workers))
