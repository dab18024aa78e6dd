"""`monitor search`: find articles by their words."""

from pathlib import Path

import click
import msgspec
from rich.table import Table
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.printing import console
from monitor.corpus.highlights import Passage
from monitor.corpus.search_question import read_question
from monitor.settings import read_settings
from monitor.terminal import one_line, printable
from monitor.warehouse.connection import open_reader
from monitor.warehouse.search import Found, index_path
from monitor.warehouse.search import search as find

_LONGEST_TITLE = 90


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--language", metavar="CODE", help="Only in this language, as in en or zh-Hans.")
@click.option("--outlet", help="Only of this outlet.")
@click.option("--date", metavar="DAYS", help="2026-01-31, or a range: 2026-01-01..2026-01-31.")
@click.option("--story", metavar="ID", help="Only in this story.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@warehouse_option()
@config_option()
def search(  # noqa: PLR0913, PLR0917  # one parameter an option
    question: tuple[str, ...], language: str | None, outlet: str | None, date: str | None, story: str | None,
    limit: int, as_json: bool, warehouse: str | None, config: Path | None,  # noqa: FBT001
) -> None:  # fmt: skip
    r"""Find articles whose original or translation has the words of QUESTION, the best first.

    \b
    monitor search Apple Alibaba
    monitor search '"artificial intelligence" AND (iPhone* OR 手机) NOT rumour language:en'
    """
    facets = {"language": language, "outlet": outlet, "date": date}
    conditions = " ".join(f'{name}:"{value}"' for name, value in facets.items() if value)
    asked = read_question(" ".join(question), conditions=conditions)
    if asked.note:
        click.echo(f"monitor: {one_line(asked.note)}", err=True)
    path = Path(read_settings(config, warehouse=warehouse).warehouse)
    connection = open_reader(path)
    try:
        found = find(connection, index_path(path), asked, limit=limit, story=story)
    finally:
        connection.close()
    if as_json:
        for one in found:
            click.echo(msgspec.json.encode(_plain(one)).decode())
    else:
        _print(found)


def _plain(found: Found) -> dict[str, object]:
    article = found.article
    return {
        "article_id": article.article_id,
        "score": found.score,
        "title": article.title,
        "title_translation": article.title_translation,
        "language": article.language,
        "outlet": article.outlet,
        "published_at": article.published_at,
        "sentence": found.highlight.original,
        "sentence_translation": found.highlight.translation,
    }


def _print(found: list[Found]) -> None:
    out = console()
    for one in found:
        article = one.article
        day = article.published_at.date().isoformat() if article.published_at else None
        facts = "  ".join(filter(None, (day, article.outlet, article.language, article.article_id)))
        title = one_line(article.title_translation or article.title or article.text, _LONGEST_TITLE)
        out.print(Text(title, style="bold"), Text(one_line(facts), style="dim"))
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(ratio=1, overflow="fold")
        passages = [passage for passage in (one.highlight.original, one.highlight.translation) if passage]
        for _ in passages[1:]:
            table.add_column(ratio=1, overflow="fold")
        table.add_row(*(_marked(passage) for passage in passages))
        out.print(table)
    click.echo(f"{len(found):,} found", err=True)


def _marked(passage: Passage) -> Text:
    text = Text()
    at = 0
    for start, end in passage.marks:
        text.append(printable(passage.text[at:start]))
        text.append(printable(passage.text[start:end]), style="bold reverse")
        at = end
    return text.append(printable(passage.text[at:]))
