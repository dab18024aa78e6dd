"""`monitor ingest`: bring articles into the warehouse."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from monitor.cli.flows import run_flow
from monitor.cli.options import config_option, warehouse_option
from monitor.cli.progress import shown_progress
from monitor.cli.summary import summary_lines
from monitor.config import make_plan
from monitor.errors import UsageError
from monitor.models import Metadata
from monitor.pipeline import ingest as run_ingest
from monitor.readers.dates import parse_date
from monitor.settings import read_settings


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--source", help="The outlet of all these articles.")
@click.option("--url", help="The URL of the article (for one article).")
@click.option("--published", metavar="DATE", help="When these articles were published.")
@click.option("--language", metavar="CODE", help="Evidence for their language, not an order.")
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Processes that read and clean (default: one a processor)."
)
@click.option(
    "--wait", "wait_s", type=float, metavar="SECONDS", help="Wait so long for another writer to end."
)
@click.option("--no-corpus", is_flag=True, help="Look for no duplicates and no stories.")
@click.option("--again", is_flag=True, help="Read files again that have not changed.")
@click.option("--prefect", is_flag=True, help="Run as a Prefect flow, with its log and artifacts.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@warehouse_option()
@config_option()
def ingest(paths: tuple[str, ...], config: Path | None, **options: Any) -> None:
    """Bring articles into the warehouse.

    PATHS are files, folders, patterns, or - for standard input: text, HTML, Markdown, JSON, JSON lines, CSV, feeds,
    crawls (WARC), each also compressed or in archives. What has not changed since the last time is passed over.
    """
    settings = read_settings(config, warehouse=options["warehouse"], wait_s=options["wait_s"])
    if options["no_corpus"]:
        settings = replace(settings, corpus=False)
    if options["workers"]:
        settings = replace(settings, workers=replace(settings.workers, count=options["workers"]))
    if options["prefect"]:
        raise SystemExit(
            run_flow("ingest.py", paths, MONITOR_WAREHOUSE=str(Path(settings.warehouse).absolute()))
        )
    plan = make_plan(settings, given=_given(options), again=options["again"])
    with shown_progress(quiet=options["quiet"]) as progress:
        tally = run_ingest(paths, plan, progress)
    if options["as_json"]:
        click.echo(msgspec.json.encode(tally.as_dict()))
    else:
        click.echo("\n".join(summary_lines(tally, settings.warehouse)))


def _given(options: dict[str, Any]) -> Metadata:
    when = parse_date(options["published"])
    if options["published"] and not when:
        raise UsageError(
            f"--published {options['published']!r} is no date; try 2025-02-12 or 2025-02-12T10:30+01:00"
        )
    return Metadata(
        url=options["url"],
        source=options["source"],
        language_hint=options["language"],
        published_at=when.at if when else None,
        published_at_precision=when.precision if when else None,
        published_at_source="user" if when else None,
    )
