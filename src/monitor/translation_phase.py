"""The phase of a run that translates what waits, and says what it did."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from monitor.languages import ENGLISH, Language, name_of
from monitor.pipeline import Run
from monitor.translating import Job
from monitor.translation.bulk import Bulk
from monitor.translation.checked import Recipe
from monitor.translation.crew import Crew, Processes
from monitor.translation.engine import Pair
from monitor.translation.gate import CHECKS_VERSION
from monitor.translation.glossary import read_glossary
from monitor.translation.keys import Keys
from monitor.translation.packages import Damaged
from monitor.translation.store import Store
from monitor.translation.tasks import Setup
from monitor.translation.ways import Ways
from monitor.waiting import Waiting
from monitor.warehouse import translations as table
from monitor.warehouse.connection import Connection
from monitor.warehouse.memory import WarehouseMemory

NAME = "translation"
_PROCESS_BYTES = 300 << 20  # of a process with little in it, and of the sentences under way
_FEW = 2
_NAMED = 6  # languages without a model that the summary names
RECIPE = Recipe()
RECIPE_NAME = f"{RECIPE}; checks {CHECKS_VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPhase:
    """Translates the whole warehouse into each target; a run in which nothing waits opens no writer.

    `max_time_s` bounds the time in which sentences are handed out; `again` ignores what the memory knew.
    `glossary` is the YAML text of the user's terms.
    """

    targets: tuple[Language, ...]
    pivots: tuple[Language, ...]
    store: Store
    workers: int = 1
    max_time_s: float | None = None
    again: bool = False
    glossary: str = ""

    def __call__(self, run: Run) -> None:
        """Translate what waits, and enter counts and lines into the run's tally."""
        if not self._anything_waits(run):
            return
        run.progress.begin("translate", None)
        pairs: dict[str, dict[str, float]] = {}
        lines: list[str] = []
        out_of_time = self._timer()
        with self._processes() as crew:
            for target in self.targets:
                job = self._job(run, crew, target, out_of_time)
                job.run()
                pairs |= {str(pair): asdict(count) for pair, count in job.bulk.counts.items()}
                lines += _lines(job)
        lines += (
            f"model {found.name} is not used: {found.reason}"
            for found in self.store.look()
            if isinstance(found, Damaged)
        )
        run.tally.phases[NAME] = {"pairs": pairs, "lines": lines}

    @property
    def keys(self) -> Keys:
        """What translations are known by."""
        return Keys(recipe=RECIPE_NAME, glossary=read_glossary(self.glossary))

    def waiting(self, connection: Connection, target: Language) -> Waiting:
        """Return what waits, over a connection that may only read."""
        ways = Ways(self.store, self.pivots)
        return Waiting(connection=connection, target=target, ways=ways, keys=self.keys)

    def _anything_waits(self, run: Run) -> bool:
        reader = run.session.reader()
        if reader is None:
            return False
        try:
            return not table.is_ready(reader) or any(
                next(self.waiting(reader, target).articles(all_of_them=self.again), None)
                for target in self.targets
            )
        finally:
            reader.close()

    def _job(self, run: Run, crew: Crew, target: Language, out_of_time: Callable[[], bool]) -> Job:
        connection = run.connection
        assert run.run_id
        waiting = self.waiting(connection, target)
        bulk = Bulk(
            memory=WarehouseMemory(connection, run.run_id, run.started_at),
            crew=crew,
            ways=waiting.ways,
            keys=self.keys,
            again=self.again,
            workers=self._fitting_workers(),
            out_of_time=out_of_time,
            on_progress=run.progress.advance,
        )
        return Job(waiting=waiting, bulk=bulk, run_id=run.run_id, now=run.started_at)

    def setup(self) -> Setup:
        """Return what the translating processes are told."""
        others = tuple(map(str, self.store.others()))
        return Setup(models=str(self.store.folder), others=others, recipe=RECIPE, glossary=self.glossary)

    def _processes(self) -> Processes:
        return Processes(self.setup(), workers=self._fitting_workers())

    def _fitting_workers(self) -> int:
        return min(self.workers, fitting(self.store.largest()))

    def _timer(self) -> Callable[[], bool]:
        if self.max_time_s is None:
            return lambda: False
        ends_at = time.monotonic() + self.max_time_s
        return lambda: time.monotonic() > ends_at


def fitting(model_bytes: int) -> int:
    """Return how many processes with a model of a size fit into half of this machine's memory; at least one."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not every system says
        return _FEW
    return max(1, memory // 2 // (_PROCESS_BYTES + 2 * model_bytes))


def want(missing: Sequence[Pair]) -> str:
    """Say which models are wanted and how to get them."""
    names = ", ".join(name_of(pair.source) for pair in missing[:_NAMED])
    what = " ".join(map(str, missing))
    if len(missing) > _NAMED:
        names += f" and {len(missing) - _NAMED:,} more languages"
        target = missing[0].target
        what = "--missing" if target == ENGLISH else f"--missing --to {target}"
    return f"not translated, for want of a model: {names}; `monitor models install {what}` gets them"


def _lines(job: Job) -> Iterator[str]:
    """Yield what the summary says of one target."""
    target = name_of(job.waiting.target)
    total: Counter[str] = Counter()
    for count in job.bulk.counts.values():
        total.update({name: int(value) for name, value in asdict(count).items()})
    if total["wanted"]:
        yield (
            f"translation into {target}: {total['translated']:,} sentences translated, "
            f"{total['remembered']:,} remembered, {total['doubtful']:,} doubtful"
        )
    ways = job.waiting.ways
    if ways.missing:
        yield want(sorted(ways.missing))
    for pair, reason in sorted((ways.reasons | job.bulk.errors).items()):
        if pair not in ways.missing:
            yield f"not translated from {name_of(pair.source)}: {reason}"
    articles, sentences = table.pending_count(job.waiting.connection, job.waiting.target)
    if sentences:
        yield f"pending: {sentences:,} sentences of {articles:,} articles; `monitor translate` goes on with them"
