"""`monitor translate`: translate what waits, or say how much that is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.progress import shown_progress
from monitor.config import corpus_phases, make_plan, make_store, make_translation
from monitor.outlook import outlook
from monitor.pipeline import Phase, execute, run_phases
from monitor.settings import Settings, read_settings
from monitor.translation_phase import NAME


@click.command()
@click.option("--to", "targets", multiple=True, metavar="CODE", help="Target language; may be given again.")
@click.option("--max-time", "max_time_s", type=float, metavar="SECONDS", help="Stop handing out after this.")
@click.option("--again", is_flag=True, help="Translate also what the memory knows.")
@click.option("--model", metavar="NAME", help="Pin this model for its pair first.")
@click.option("--status", "only_status", is_flag=True, help="Say what waits, and how long it would take.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that translate.")
@click.option("--wait", "wait_s", type=float, metavar="SECONDS", help="Wait so long for another writer.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@warehouse_option()
@config_option()
def translate(config: Path | None, **options: Any) -> None:
    """Translate what waits in the warehouse, and look again at what the translations tell.

    Titles and first paragraphs of all articles go first; what --max-time leaves waits for the next time.
    """
    settings = _settings(config, options)
    if options["only_status"]:
        _show_status(settings, as_json=options["as_json"])
        return
    if options["model"]:
        make_store(settings).pin(options["model"])
    phase = make_translation(settings, again=options["again"])
    with shown_progress(quiet=options["quiet"]) as progress:
        phases: tuple[Phase, ...] = (phase, *(corpus_phases(settings) if settings.corpus else ()))
        tally = execute(make_plan(settings, phases=phases), run_phases, progress, command="translate")
    done = tally.phases.get(NAME, {"lines": ["nothing waits for a translation"]})
    if options["as_json"]:
        click.echo(msgspec.json.encode(done))
    else:
        click.echo("\n".join(done["lines"] or ["nothing to translate"]))


def _settings(config: Path | None, options: dict[str, Any]) -> Settings:
    settings = read_settings(config, warehouse=options["warehouse"], wait_s=options["wait_s"])
    translation = settings.translation
    if options["targets"]:
        translation = replace(translation, targets=options["targets"])
    if options["max_time_s"] is not None:
        translation = replace(translation, max_time_s=options["max_time_s"])
    workers = replace(settings.workers, count=options["workers"] or settings.workers.count)
    return replace(settings, translation=translation, workers=workers)


def _show_status(settings: Settings, *, as_json: bool) -> None:
    found = outlook(Path(settings.warehouse), make_translation(settings))
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    for pair in found.pairs:
        time = f"about {pair.seconds:,.0f} s" if pair.seconds is not None else "speed not yet measured"
        click.echo(
            f"{pair.pair}: {pair.sentences:,} sentences, {pair.characters:,} characters; {pair.reason or time}"
        )
    if not found.pairs:
        click.echo("nothing waits for a translation")
    if found.hit_rate is not None:
        click.echo(
            f"memory: {found.remembered:,} sentences; it knew {found.hit_rate:.1%} of those of the last runs"
        )
