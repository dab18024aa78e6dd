"""`monitor stories`: articles about one event, across languages."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.printing import console, listing
from monitor.cli.progress import shown_progress
from monitor.config import make_plan
from monitor.corpus_steps import regroup_stories
from monitor.errors import UsageError
from monitor.pipeline import execute
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.articles import FEWEST_LETTERS, find_article
from monitor.warehouse.query import ask

_SHORT_ID = 10  # letters; commands take the beginning of an id
_FEW_REASONS = 3
_STORIES = """
select
    coalesce(stories.title, left(central.text, 80)), first_at, last_at, article_count,
    source_count, languages, story_id
from stories
join articles as central on central.article_id = stories.central_article_id
where article_count >= $1
order by article_count desc, last_at desc, story_id
limit $2
"""
_MEMBERS = """
select coalesce(articles.title, left(articles.text, 80)), articles.source_id, articles.language,
    story_articles.dated_at,
    story_articles.similarity, story_articles.reasons, article_id
from story_articles
join articles using (article_id)
where story_id = $1
order by story_articles.dated_at, article_id
"""


_NAMED = "select distinct story_id from story_articles where starts_with(story_id, $1) limit 2"
_STORY = "select story_id from story_articles where article_id = $1"


@click.command()
@click.argument("article", required=False)
@click.option("--rebuild", is_flag=True, help="Group all articles anew first.")
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Leave out stories of fewer articles.",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Show so many stories.")
@warehouse_option()
@config_option()
def stories(
    article: str | None,
    *,
    rebuild: bool,
    at_least: int,
    limit: int,
    warehouse: str | None,
    config: Path | None,
) -> None:
    """List the stories, the largest first; with ARTICLE, its story with the reasons for each article.

    ARTICLE is an id or its first letters, of an article or a story, a URL, or a file name.
    """
    settings = read_settings(config, warehouse=warehouse)
    if rebuild:
        with shown_progress(quiet=True) as progress:
            execute(make_plan(settings), regroup_stories, progress, command="stories --rebuild")
    path = Path(settings.warehouse)
    out = console()
    if article:
        out.print(_members(ask(path, _MEMBERS, (_story_of(path, article),)).rows))
    else:
        out.print(_list(ask(path, _STORIES, (at_least, limit)).rows))


def _story_of(path: Path, wanted: str) -> str:
    """Return the one story whose id begins so, else that of the article."""
    named = ask(path, _NAMED, (wanted,)).rows if len(wanted) >= FEWEST_LETTERS else []
    if len(named) == 1:
        return str(named[0][0])
    article_id = find_article(path, wanted)["article_id"]
    found = ask(path, _STORY, (article_id,)).rows
    if not found:
        raise UsageError(f"article {article_id} is in no story yet; `monitor stories --rebuild` places all")
    return str(found[0][0])


def _list(rows: list[tuple[Any, ...]]) -> Table:
    table = listing(
        "story", "from", "days", "articles", "outlets", "languages", "story_id", right="days articles outlets"
    )
    for title, first, last, articles, outlets, languages, story_id in rows:
        days = str((last.date() - first.date()).days + 1)
        counts = (days, str(articles), str(outlets))
        table.add_row(_text(title), f"{first:%Y-%m-%d}", *counts, ", ".join(languages), story_id[:_SHORT_ID])
    return table


def _members(rows: list[tuple[Any, ...]]) -> Table:
    table = listing(
        "article", "outlet", "language", "when", "likeness", "article_id", "shares with the others"
    )
    for title, outlet, language, when, likeness, reasons, article_id in rows:
        table.add_row(
            _text(title),
            _text(outlet),
            _text(language),
            _day(when),
            f"{likeness:.2f}",
            article_id[:_SHORT_ID],
            _text(_shared(reasons)),
        )
    return table


def _shared(reasons: str | None) -> str:
    return ", ".join([*json.loads(reasons)][:_FEW_REASONS]) if reasons else ""


def _text(value: object) -> Text:
    return Text(one_line(str(value or "")))


def _day(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else ""
