"""`monitor diff`: what changed in an article, sentence by sentence."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.corpus.revisions import Change
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.history import Step, fetch_steps


@click.command()
@click.argument("article")
@click.option(
    "--all", "whole", is_flag=True, help="Every change since the first revision, not the last alone."
)
@warehouse_option()
@config_option()
def diff(article: str, *, whole: bool, warehouse: str | None, config: Path | None) -> None:
    """Show what changed in ARTICLE: an id or its first letters, a URL, or a file name."""
    steps = fetch_steps(Path(read_settings(config, warehouse=warehouse).warehouse), article)
    if not steps:
        click.echo("one revision only: nothing has changed")
    for step in steps if whole else steps[-1:]:
        click.echo("\n".join(_lines(step)))


def _lines(step: Step) -> list[str]:
    when = f"{step.indexed_at:%Y-%m-%d %H:%M}"
    back = f", the same as revision {step.reverts_to}" if step.reverts_to else ""
    lines = [click.style(f"revision {step.revision}, {when} UTC{back}", bold=True)]
    lines += [_marked("title", change) for change in step.title]
    if step.date_change:
        lines.append(f"  date: {step.date_change[0]} → {step.date_change[1]}")
    return lines + [_marked("", change) for change in step.text]


def _marked(part: str, change: Change) -> str:
    before = [click.style(f"- {one_line(change.before)}", fg="red")] if change.before is not None else []
    after = [click.style(f"+ {one_line(change.after)}", fg="green")] if change.after is not None else []
    return "\n".join(f"  {part + ': ' if part else ''}{line}" for line in before + after)
