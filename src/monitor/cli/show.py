"""`monitor show`: one article, original and translation side by side."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.printing import console
from monitor.languages import name_of
from monitor.settings import read_settings
from monitor.terminal import one_line, printable
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
    out = console()
    out.print(_facts(stored))
    out.print(_text(stored))


def _facts(stored: StoredArticle) -> Table:
    table = Table.grid(padding=(0, 2))
    for name in _FACTS:
        if stored.row[name] is not None:
            table.add_row(Text(name, style="dim"), Text(printable(str(stored.row[name]))))
    language = f"{name_of(stored.row['language'])}, {stored.row['language_confidence']:.2f}"
    table.add_row(Text("language", style="dim"), Text(language))
    for row in stored.translations:
        table.add_row(Text(f"in {name_of(row['target_language'])}", style="dim"), Text(_fate(row)))
    return table


def _fate(row: dict[str, Any]) -> str:
    """Say in one line what became of the article in a target language."""
    quality = row["translation_quality"]
    said = [row["state"], row["reason"], row["route"], None if quality is None else f"quality {quality:.2f}"]
    if row["doubtful_count"]:
        said.append(f"{row['doubtful_count']:,} in doubt")
    return one_line("; ".join(filter(None, said)))


def _text(stored: StoredArticle) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column("language", width=8)
    table.add_column("original", ratio=1)
    targets = [row["target_language"] for row in stored.translations]
    for target in targets:
        table.add_column(name_of(target), ratio=1)
    for segment in stored.segments:
        style = "bold" if segment["kind"] == "title" else ""
        original = Text(printable(segment["text"] or ""), style=style)
        translated = [_translated(stored, segment["ordinal"], target, style) for target in targets]
        table.add_row(segment["language"], original, *translated)
    return table


def _translated(stored: StoredArticle, segment: int, target: str, style: str) -> Text:
    """Return the sentences of a segment, the doubtful ones marked with what is doubtful."""
    text = Text(style=style)
    for row in stored.sentences:
        if (row["segment_ordinal"], row["target_language"]) == (segment, target):
            text.append(" " if text else "")
            text.append(printable(row["translated_text"]), style="yellow" if row["flags"] else "")
            if row["flags"]:
                text.append(f" [in doubt: {one_line(', '.join(row['flags']))}]", style="red")
    return text
