"""`monitor explain`: show what cleaning changed in an article."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.config import read_settings
from monitor.models import Cleaned, Edit
from monitor.terminal import printable
from monitor.warehouse.articles import fetch_article


@click.command()
@click.argument("article")
@click.option("--raw", is_flag=True, help="Print the text as it was before cleaning, nothing else.")
@warehouse_option()
@config_option()
def explain(article: str, raw: bool, warehouse: str | None, config: Path | None) -> None:  # noqa: FBT001
    """Show what cleaning removed from ARTICLE, what it inserted, and why.

    Removed text is red and struck through, inserted text green; a number leads to the rule below the text.
    """
    stored = fetch_article(Path(read_settings(config, warehouse=warehouse).warehouse), article)
    if raw:
        click.echo(stored.cleaned.raw, nl=False)
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(marked_text(stored.cleaned))
    console.print()
    for line in reasons(stored.cleaned.edits):
        console.print(line, markup=False)


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
