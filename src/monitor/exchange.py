"""Takes the translation memory out of a warehouse and into it, as TMX."""

from pathlib import Path

from monitor.pipeline import Plan, Run, execute
from monitor.translation.engine import Pair
from monitor.translation.tmx import imported, read_tmx, write_tmx
from monitor.translation.ways import Ways
from monitor.translation_phase import TranslationPhase
from monitor.warehouse import translations as table
from monitor.warehouse.connection import open_reader
from monitor.warehouse.memory import WarehouseMemory

_BATCH = 2_000


def export_memory(warehouse: Path, file: Path) -> int:
    """Write the memory of a warehouse to a file and return the number of its sentences."""
    connection = open_reader(warehouse)
    try:
        return write_tmx(WarehouseMemory(connection).entries() if table.is_ready(connection) else (), file)
    finally:
        connection.close()


def import_memory(file: Path, plan: Plan, phase: TranslationPhase) -> int:
    """Take a file into the memory and return the number of sentences; articles that hold them wait anew."""
    counted = 0

    def take_in(run: Run) -> None:
        nonlocal counted
        connection = run.connection
        assert run.run_id
        memory = WarehouseMemory(connection, run.run_id, run.started_at)
        ways = Ways(phase.store, phase.pivots)
        entries = [
            imported(phase.keys.key(pair, source, route.hash), target)
            for pair, source, target in read_tmx(file)
            if (route := ways.find(Pair(*pair)))
        ]
        for start in range(0, len(entries), _BATCH):
            memory.remember(entries[start : start + _BATCH])
        table.let_wait(connection, [entry.key.id for entry in entries])
        counted = len(entries)

    execute(plan, take_in, command="memory import")
    return counted
