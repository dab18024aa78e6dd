"""`monitor watch`, `mentions`, `queries` and `alerts`: what the watchlist finds."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.progress import shown_progress
from monitor.config import make_plan
from monitor.errors import ConfigurationError, UsageError
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.alerts import Alert, mark_seen, new_alerts
from monitor.warehouse.query import ask

_ENTITIES = "select entity, entity_type, count, title_count, mention_count from share_of_voice order by all"
_QUERIES = """
select saved_queries.query, question, count(query_matches.article_id), max(first_matched_at)
from saved_queries
left join query_matches using (query_id)
group by all
order by all
"""
_MENTIONS = """
select coalesce(published_at, first_seen_at)::date, coalesce(source_id, '-'), prominence, sentence, mentions.article_id
from mentions
join articles using (article_id)
where lower(entity) = lower($1) and part not like '%translation' and coalesce(source_id, '') like $2
order by coalesce(published_at, first_seen_at) desc, article_id, part desc, start_offset
limit $3
"""
_MATCHES = """
select coalesce(published_at, first_seen_at)::date, coalesce(source_id, '-'), sentence, articles.title, article_id
from query_matches
join articles using (article_id)
where lower(query) = lower($1)
order by coalesce(published_at, first_seen_at) desc, article_id
limit $2
"""


def _path(warehouse: str | None, config: Path | None) -> Path:
    return Path(read_settings(config, warehouse=warehouse).warehouse)


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@warehouse_option()
@config_option()
def watch(file: Path | None, warehouse: str | None, config: Path | None) -> None:
    """Put the watchlist FILE in force and look through all articles; without FILE, list what is watched."""
    if file is None:
        for row in ask(_path(warehouse, config), _ENTITIES).rows:
            entity, kind, articles, titles, sightings = row
            click.echo(
                f"{one_line(entity)} ({one_line(kind)}): "
                f"{articles:,} articles, {titles:,} by title, {sightings:,} mentions"
            )
        return
    from monitor.watch import watch_for  # noqa: PLC0415  # listing needs no pipeline

    plan = make_plan(read_settings(config, warehouse=warehouse))
    with shown_progress(quiet=False) as progress:
        looked_at = watch_for(file.read_bytes(), plan, progress, file=file)
    click.echo(f"{one_line(str(file))} is in force: {looked_at:,} articles looked through")


@click.command()
@click.argument("entity")
@click.option("--outlet", default="%", help="Only this outlet.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@warehouse_option()
@config_option()
def mentions(entity: str, outlet: str, limit: int, warehouse: str | None, config: Path | None) -> None:
    """List the sentences that mention an ENTITY of the watchlist, the newest first."""
    path = _path(warehouse, config)
    _require(path, "entity", "watchlists", entity)
    for date, source, prominence, sentence, article_id in ask(path, _MENTIONS, (entity, outlet, limit)).rows:
        click.echo(f"{date}  {one_line(source)}  {prominence}  {article_id}\n    {one_line(sentence)}")


@click.command()
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@warehouse_option()
@config_option()
def queries(query: str | None, limit: int, warehouse: str | None, config: Path | None) -> None:
    """List the saved queries with how many articles answer, or the articles that answer QUERY."""
    path = _path(warehouse, config)
    if query is None:
        for name, question, count, last in ask(path, _QUERIES).rows:
            newest = f", the last found {last:%Y-%m-%d %H:%M}" if last else ""
            click.echo(f"{one_line(name)}: {count:,} articles{newest}\n    {one_line(question)}")
        return
    _require(path, "query", "saved_queries", query)
    for date, source, sentence, title, article_id in ask(path, _MATCHES, (query, limit)).rows:
        click.echo(f"{date}  {one_line(source)}  {article_id}\n    {one_line(sentence or title or '')}")


def _require(path: Path, column: str, table: str, wanted: str) -> None:
    """Raise UsageError when the watchlist has no such name."""
    known = [row[0] for row in ask(path, f"select {column} from {table} order by all").rows]  # noqa: S608 - own names
    if not known:
        raise ConfigurationError(f"no {column} is watched; put a watchlist in force with: monitor watch FILE")
    if wanted.casefold() not in {name.casefold() for name in known}:
        raise UsageError(f"no {column} is called {wanted!r}; there are: {', '.join(known[:20])}")


@click.command()
@click.option("--keep", is_flag=True, help="List them without noting that they were seen.")
@click.option("--all", "everything", is_flag=True, help="List also what was seen before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@warehouse_option()
@config_option()
def alerts(keep: bool, everything: bool, as_json: bool, warehouse: str | None, config: Path | None) -> None:  # noqa: FBT001 - flags
    """List the articles that answer a saved query and have not been listed yet."""
    path = _path(warehouse, config)
    found = new_alerts(path, everything=everything)
    for alert in found:
        click.echo(alert.as_json() if as_json else _shown(alert))
    if not as_json:
        click.echo(f"{len(found):,} new", err=True)
    if not keep:
        mark_seen(path, found)


def _shown(alert: Alert) -> str:
    head = f"{one_line(alert.query)}: {one_line(alert.title or alert.url or alert.article_id)}"
    facts = "  ".join(
        filter(None, (alert.published_on, alert.outlet, alert.language, alert.url, alert.article_id))
    )
    return "\n".join(
        filter(None, (head, f"    {one_line(facts)}", alert.sentence and f"    {one_line(alert.sentence)}"))
    )
