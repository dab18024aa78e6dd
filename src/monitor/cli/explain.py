"""`monitor explain`: show what cleaning changed in an article."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.config import make_plan
from monitor.errors import UsageError
from monitor.models import Cleaned, Edit
from monitor.pipeline import Run, execute
from monitor.settings import Settings, read_settings
from monitor.terminal import one_line, printable
from monitor.warehouse.articles import StoredArticle, fetch_article
from monitor.warehouse.boilerplate import Mark, mark_line


@click.command()
@click.argument("article")
@click.option("--raw", is_flag=True, help="Print the text as it was before cleaning, nothing else.")
@click.option(
    "--keep", multiple=True, metavar="LINE", help="Never remove this line: its text, or its number."
)
@click.option("--drop", multiple=True, metavar="LINE", help="Always remove this line: its text.")
@warehouse_option()
@config_option()
def explain(
    article: str,
    *,
    raw: bool,
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    warehouse: str | None,
    config: Path | None,
) -> None:
    """Show what cleaning removed from ARTICLE, what it inserted, and why.

    Removed text is red and struck through, inserted text green; a number leads to the rule below the text.
    What --keep and --drop say is remembered for the article's outlet.
    """
    settings = read_settings(config, warehouse=warehouse)
    stored = fetch_article(Path(settings.warehouse), article)
    if keep or drop:
        marks: list[tuple[str, Mark]] = [
            *((line, "keep") for line in keep),
            *((line, "drop") for line in drop),
        ]
        _remember(settings, stored, marks)
        return
    if raw:
        click.echo(stored.cleaned.raw, nl=False)
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(marked_text(stored.cleaned))
    console.print()
    for line in reasons(stored.cleaned.edits):
        console.print(line, markup=False)


def _remember(settings: Settings, stored: StoredArticle, marks: Sequence[tuple[str, Mark]]) -> None:
    """Write the marks to the warehouse and say what follows from them."""
    source = stored.row["source_id"]
    if source is None:
        raise UsageError("this article has no outlet for which a line could be remembered")
    lines = [(_line_meant(stored.cleaned, line), mark) for line, mark in marks]

    def write(run: Run) -> None:
        for line, mark in lines:
            mark_line(run.connection, source, line, mark, run.started_at)

    execute(make_plan(settings, phases=()), write, command="explain")
    for line, mark in lines:
        click.echo(f"{source}: {mark} {one_line(line)!r}")
    click.echo("This holds for what is read from now on, and for the rest after: monitor clean --again")


def _line_meant(cleaned: Cleaned, given: str) -> str:
    """Return the line that a number of the list of edits leads to, else what was given."""
    if given.isdecimal() and 0 < int(given) <= len(cleaned.edits):
        return cleaned.edits[int(given) - 1].removed.strip()
    if given.strip() not in {line.strip() for line in cleaned.raw.splitlines()}:
        raise UsageError(f"the article has no line {given!r}; give the whole line, or the number of an edit")
    return given


def marked_text(cleaned: Cleaned) -> Text:
    """Return the raw text with every edit marked and numbered."""
    text, at = Text(), 0
    for number, edit in enumerate(cleaned.edits, start=1):
        text.append(printable(cleaned.raw[at : edit.start]))
        if edit.removed:
            text.append("[-" + _visible(edit.removed) + "-]", style="red strike")
        if edit.inserted:
            text.append("[+" + _visible(edit.inserted) + "+]", style="green")
        text.append(f"({number})", style="dim")
        text.append("\n" if edit.removed.endswith("\n") and not edit.inserted.endswith("\n") else "")
        at = edit.end
    return text.append(printable(cleaned.raw[at:]))


def reasons(edits: tuple[Edit, ...]) -> Iterator[str]:
    """Yield a line a numbered edit: rule, confidence, what changed."""
    for number, edit in enumerate(edits, start=1):
        change = f"{_visible(edit.removed)!r} -> {_visible(edit.inserted)!r}"
        yield f"({number}) {edit.rule}, {edit.confidence:.2f}: {change}"
    if not edits:
        yield "nothing was changed"


def _visible(text: str) -> str:
    return printable(text.rstrip("\n"))
