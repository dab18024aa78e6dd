"""`monitor export`: write a table or view to a file."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.errors import UsageError
from monitor.settings import read_settings
from monitor.tables import FORMATS
from monitor.warehouse.export import write_parquet
from monitor.warehouse.query import ask

_SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".parquet": "parquet",
}


@click.command()
@click.argument("table")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--timeout",
    "limit_s",
    type=float,
    default=600.0,
    show_default=True,
    help="Seconds after which it is stopped.",
)
@warehouse_option()
@config_option()
def export(table: str, output: Path, limit_s: float, warehouse: str | None, config: Path | None) -> None:
    """Write TABLE (or a view) to OUTPUT; its ending says how: .parquet .csv .json .jsonl .md."""
    form = _SUFFIXES.get(output.suffix.lower())
    if form is None:
        raise UsageError(f"{output.name!r} ends in none of {', '.join(_SUFFIXES)}")
    path = Path(read_settings(config, warehouse=warehouse).warehouse)
    question = f"select * from {_quoted(path, table)}"  # noqa: S608  # the name is one of the warehouse's own
    if form == "parquet":
        count = write_parquet(path, question, output, limit_s=limit_s)
    else:
        answer = ask(path, question, limit_s=limit_s)
        output.write_text(FORMATS[form](answer.columns, answer.rows), encoding="utf-8", newline="")
        count = len(answer.rows)
    click.echo(f"{count:,} rows written to {output}", err=True)


def _quoted(path: Path, table: str) -> str:
    known = [
        row[0] for row in ask(path, "select table_name from information_schema.tables order by all").rows
    ]
    if table not in known:
        raise UsageError(f"no table or view {table!r}; there are {', '.join(known)}")
    return f'"{table}"'
