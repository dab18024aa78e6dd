"""The kinds of work that are killed, and what must be equal afterwards; each runs in a process of its own."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from monitor.config import make_plan, make_translation
from monitor.pipeline import Plan, Run, execute
from monitor.settings import read_settings
from monitor.spool import load_batches
from monitor.translation import worker
from monitor.translation.crew import Outcome
from monitor.translation.packages import Package
from monitor.translation.routes import try_package
from monitor.translation.store import Store
from monitor.translation.tasks import Setup, Task
from monitor.translation_phase import TranslationPhase
from monitor.warehouse import migrations
from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.query import ask

NAME = "monitor.duckdb"


def load(place: str, spool: str) -> None:
    """Load prepared batches into the warehouse in a folder."""
    load_batches(sorted(Path(spool).glob("*.tasks")), _plan(place))


def load_old(place: str, spool: str) -> None:
    """Load prepared batches into a warehouse as the first version of monitor made it: without later tables."""
    vars(migrations).update(MIGRATIONS=migrations.MIGRATIONS[:1], VIEWS=migrations.VIEWS[:1])
    load_batches(sorted(Path(spool).glob("*.tasks")), _plan(place, phases=()))


def migrate(place: str) -> None:
    """Bring a warehouse to the present form, as any run does that writes."""
    execute(_plan(place), _enter, command="migrate")


def translate(place: str, models: str) -> None:
    """Translate what waits, in this process: one that starts others would be killed in them most of the time."""
    TranslationPhase._processes = lambda phase: Here(phase.setup())  # type: ignore[method-assign, assignment, return-value]  # noqa: SLF001
    settings = read_settings(None, warehouse=str(Path(place) / NAME))
    phase = make_translation(settings)
    phase.store.folder, phase.store.others = Path(models), tuple
    execute(_plan(place), phase, command="translate")


def install(place: str, archive: str, trial: str = "") -> None:
    """Install a model into a folder; a trial translates a sentence with it first."""
    Store(Path(place)).install(Path(archive), origin="here", trial=try_package if trial else _untried)


def warehouse_state(place: str) -> dict[str, Any]:
    """Return the logical digest of the warehouse in a folder, its articles, and the files there."""
    connection = open_reader(Path(place) / NAME)
    try:
        digest = logical_digest(connection)
    finally:
        connection.close()
    rows = ask(
        Path(place) / NAME, "select article_id || ' ' || revision from article_revisions order by all"
    ).rows
    # How many generations there were differs when a run was killed at its end.
    names = {path.name for path in Path(place).iterdir()} - {f"{NAME}.previous"}
    return {"digest": digest, "articles": [row[0] for row in rows], "names": sorted(names)}


def models_state(place: str) -> dict[str, Any]:
    """Return a digest of all files of a models' folder, the models that are whole, and the files' names."""
    names = sorted(str(path.relative_to(place)) for path in Path(place).rglob("*") if path.is_file())
    total = hashlib.sha256()
    for name in names:
        total.update(f"\x1d{name}\x1e".encode() + (Path(place) / name).read_bytes())
    whole = [found.name for found in Store(Path(place)).look() if not hasattr(found, "reason")]
    return {"digest": total.hexdigest(), "articles": whole, "names": names}


def warehouse_trouble(place: str) -> str:
    """Say what is wrong with what readers see right after the kill."""
    if not (Path(place) / NAME).exists():
        return ""  # there was none before either
    try:
        ask(Path(place) / NAME, "select count(*) from articles")
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
        return f"readers see {error}"
    return ""


def models_trouble(place: str) -> str:
    """Say whether a half-installed model is taken for one."""
    broken = [found for found in Store(Path(place)).look() if hasattr(found, "reason")]
    # Known by its missing record, or by its missing folder, it is not loaded; the next installation mends it.
    return "" if all("lock file" in found.reason for found in broken) else json.dumps([*map(str, broken)])


def difference(have: dict[str, Any], want: dict[str, Any]) -> str:
    """Say in which way one state differs from another: lost and doubled articles, files left over or missing."""
    wrong = []
    if have["digest"] != want["digest"]:
        has, wants = Counter(have["articles"]), Counter(want["articles"])
        wrong.append(f"lost {(wants - has).total()}, doubled {(has - wants).total()}, different")
    if have["names"] != want["names"]:
        wrong.append(f"files left over or missing: {sorted({*have['names']} ^ {*want['names']})}")
    return "; ".join(wrong)


class Here:
    """Translates in the process itself."""

    def __init__(self, setup: Setup) -> None:
        self._desk = worker.Desk(setup, worker.open_installed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def translate(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what becomes of each task."""
        for task in tasks:
            answer = self._desk.answer(task)
            yield Outcome(task=task, results=answer.results, error=answer.error, seconds=answer.seconds)


def _enter(run: Run) -> None:
    assert run.connection


def _plan(place: str, **options: Any) -> Plan:
    return make_plan(read_settings(None, warehouse=str(Path(place) / NAME)), **options)


def _untried(_package: Package) -> tuple[str, str]:
    return "default", ""
