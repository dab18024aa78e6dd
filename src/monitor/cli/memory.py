"""`monitor memory`: the translation memory as a file that other programs read and write."""

from pathlib import Path
from typing import Any

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.config import make_plan, make_translation
from monitor.exchange import export_memory, import_memory
from monitor.settings import read_settings


@click.group()
def memory() -> None:
    """Export and import the translation memory as TMX."""


@memory.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@warehouse_option()
@config_option()
def export(file: Path, warehouse: str | None, config: Path | None) -> None:
    """Write the whole memory to FILE."""
    settings = read_settings(config, warehouse=warehouse)
    click.echo(f"{export_memory(Path(settings.warehouse), file):,} sentences written to {file}")


@memory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--wait", "wait_s", type=float, metavar="SECONDS", help="Wait so long for another writer.")
@warehouse_option()
@config_option()
def import_(file: Path, config: Path | None, **options: Any) -> None:
    """Take the translations in FILE into the memory; they stand before what models make.

    Only pairs that a model serves can be taken in: a model's hash is part of what a translation is known by.
    """
    settings = read_settings(config, warehouse=options["warehouse"], wait_s=options["wait_s"])
    count = import_memory(file, make_plan(settings, phases=()), make_translation(settings))
    click.echo(f"{count:,} sentences taken in from {file}; `monitor translate` puts them into their places")
