"""`monitor show`: one article, original and translation side by side."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.config import read_settings
from monitor.languages import name_of
from monitor.terminal import printable
from monitor.warehouse.articles import StoredArticle, fetch_article

_FACTS = (
    "article_id",
    "title",
    "source_id",
    "url",
    "published_at",
    "revision",
    "input_uri",
    "partial_reason",
)


@click.command()
@click.argument("article")
@warehouse_option()
@config_option()
def show(article: str, warehouse: str | None, config: Path | None) -> None:
    """Show ARTICLE: an id or its first letters, a URL, or a file name."""
    stored = fetch_article(Path(read_settings(config, warehouse=warehouse).warehouse), article)
    console = Console(highlight=False)
    console.print(_facts(stored))
    console.print(_text(stored))


def _facts(stored: StoredArticle) -> Table:
    table = Table.grid(padding=(0, 2))
    for name in _FACTS:
        if stored.row[name] is not None:
            table.add_row(Text(name, style="dim"), Text(printable(str(stored.row[name]))))
    language = f"{name_of(stored.row['language'])}, {stored.row['language_confidence']:.2f}"
    table.add_row(Text("language", style="dim"), Text(language))
    return table


def _text(stored: StoredArticle) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column("language", width=8)
    table.add_column("original", ratio=1)
    for segment in stored.segments:
        style = "bold" if segment["kind"] == "title" else ""
        table.add_row(segment["language"], Text(printable(segment["text"] or ""), style=style))
    return table
