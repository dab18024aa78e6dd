"""`monitor status`: what the warehouse holds and how the last runs went."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.query import ask

_HOLDS = """
select
    (select count(*) from articles),
    (select count(*) from inputs where outcome <> 'container'),
    (select count(*) from rejects),
    (select count(distinct source_id) from articles),
    (select count(distinct language) from articles),
    (select count(*) from articles where partial_reason is not null)
"""
_RUNS = """
select strftime(started_at, '%Y-%m-%d %H:%M:%S'), command, status, coalesce(epoch(ended_at - started_at), 0)
from runs order by started_at desc, run_id desc limit 5
"""
_REJECTS = "select stage, reason, count(*) from rejects group by stage, reason order by 3 desc, 1, 2 limit 8"


@click.command()
@warehouse_option()
@config_option()
def status(warehouse: str | None, config: Path | None) -> None:
    """Say what the warehouse holds, what was rejected, and how the last runs went."""
    path = Path(read_settings(config, warehouse=warehouse).warehouse)
    articles, inputs, rejected, outlets, languages, partial = ask(path, _HOLDS).rows[0]
    size = path.stat().st_size / 1e6
    click.echo(f"{one_line(str(path))}: {size:,.1f} MB")
    click.echo(
        f"{articles:,} articles from {outlets:,} outlets in {languages:,} languages, {partial:,} partial"
    )
    click.echo(f"{inputs:,} inputs seen, {rejected:,} rejected")
    for stage, reason, count in ask(path, _REJECTS).rows:
        click.echo(f"  {one_line(stage)}: {one_line(reason)} {count:,}")
    click.echo("last runs:")
    for started, command, how, seconds in ask(path, _RUNS).rows:
        click.echo(f"  {started} UTC  {command}  {how}  {seconds:,.1f} s")
