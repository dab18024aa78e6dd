"""`monitor sql`: ask the warehouse in SQL."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.printing import console
from monitor.errors import UsageError
from monitor.settings import read_settings
from monitor.tables import FORMATS, plain
from monitor.terminal import printable
from monitor.warehouse.query import Answer, ask

_LONGEST_CELL = 200
_GRACE_S = 2.0
_MEMORY_BYTES = 6 << 30


@click.command()
@click.argument("statement", required=False)
@click.option(
    "--file",
    "script",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the SQL from a file.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMATS, "parquet"]),
    help="Default: table on a terminal, else CSV.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--timeout",
    "limit_s",
    type=float,
    default=60.0,
    show_default=True,
    help="Seconds after which it is stopped.",
)
@warehouse_option()
@config_option()
def sql(  # noqa: PLR0913, PLR0917  # one parameter an option
    statement: str | None, script: Path | None, form: str | None, output: Path | None, limit_s: float,
    warehouse: str | None, config: Path | None,
) -> None:  # fmt: skip
    r"""Ask the warehouse one question in SQL (a SELECT); `-` reads it from standard input.

    \b
    monitor sql "select language, count(*) from articles group by all"
    monitor sql --file warehouse/analyses/languages.sql
    """
    question = _question(statement, script)
    path = Path(read_settings(config, warehouse=warehouse).warehouse)
    with _limited_process(limit_s):
        _answer(path, question, form, output, limit_s)


def _answer(path: Path, question: str, form: str | None, output: Path | None, limit_s: float) -> None:
    if form == "parquet":
        _write_parquet(path, question, output, limit_s)
        return
    answer = ask(path, question, limit_s=limit_s)
    form = form or _form_for(output)
    if form == "table":
        _print_table(answer)
    elif output:
        output.write_text(FORMATS[form](answer.columns, answer.rows), encoding="utf-8", newline="")
    else:
        text = FORMATS[form](answer.columns, answer.rows)
        click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)


@contextmanager
def _limited_process(limit_s: float) -> Iterator[None]:
    """End this process when a question outlives its time or memory: DuckDB's string functions heed no limit."""

    def end() -> None:
        click.echo(f"monitor: stopped after {limit_s + _GRACE_S:g} s; ask for less", err=True)
        os._exit(1)

    timer = threading.Timer(limit_s + _GRACE_S, end)
    timer.daemon = True
    timer.start()
    try:
        with _limited_memory():
            yield
    finally:
        timer.cancel()


@contextmanager
def _limited_memory() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415  # Unix alone has it

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _question(statement: str | None, script: Path | None) -> str:
    if (statement is None) == (script is None):
        raise UsageError("give either a statement or --file")
    if script:
        return script.read_text(encoding="utf-8")
    return sys.stdin.read() if statement == "-" else statement or ""


def _form_for(output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix:
        return {"md": "markdown", "ndjson": "jsonl"}.get(suffix, suffix if suffix in FORMATS else "csv")
    return "table" if sys.stdout.isatty() and not output else "csv"


def _print_table(answer: Answer) -> None:
    table = Table(show_lines=False)
    for name in answer.columns:
        table.add_column(Text(printable(name)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_shortened(value)) for value in row))
    out = console()
    out.print(table)
    out.print(f"{len(answer.rows):,} rows", markup=False, highlight=False)


def _shortened(value: object) -> str:
    text = "" if value is None else printable(str(plain(value)).replace("\n", " "))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _write_parquet(path: Path, question: str, output: Path | None, limit_s: float) -> None:
    from monitor.warehouse.export import write_parquet  # noqa: PLC0415  # only this format needs it

    if output is None:
        raise UsageError("--format parquet needs --output FILE")
    click.echo(
        f"{write_parquet(path, question, output, limit_s=limit_s):,} rows written to {output}", err=True
    )
