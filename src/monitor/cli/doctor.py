"""`monitor doctor`: say whether all is well, and mend what is not."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.progress import shown_progress
from monitor.cli.summary import summary_lines
from monitor.config import make_plan, make_translation
from monitor.languages import Language
from monitor.pipeline import ingest
from monitor.settings import Settings, read_settings
from monitor.terminal import one_line
from monitor.translation.engine import Pair
from monitor.translation.readiness import readiness
from monitor.translation.ways import Ways, needs_translation
from monitor.warehouse.files import Generations
from monitor.warehouse.query import ask
from monitor.warehouse.repair import fault_of, ingested_paths, restore_previous

_LANGUAGES = "select language from articles group by language order by count(*) desc, language"


@click.command()
@click.option(
    "--repair", is_flag=True, help="Go back to the last whole warehouse and ingest again what it lacks."
)
@warehouse_option()
@config_option()
def doctor(repair: bool, warehouse: str | None, config: Path | None) -> None:  # noqa: FBT001
    """Read every row of the warehouse and say whether it is whole; exit status 1 when it is not.

    Then check every model's files and let those that the warehouse's languages need translate a sentence.

    With --repair a damaged warehouse is set aside, the generation before it takes its place, and the paths that it
    was made from are ingested again.
    """
    settings = read_settings(config, warehouse=warehouse)
    files = Generations(Path(settings.warehouse))
    fault = fault_of(files.current)
    click.echo(f"warehouse {one_line(settings.warehouse)}: {'whole' if fault is None else 'NOT whole'}")
    if fault is None:
        _try_models(settings)
        return
    click.echo(f"  {one_line(fault)}")
    if not repair:
        click.echo("  `monitor doctor --repair` goes back to the last whole generation")
        raise SystemExit(1)
    _repair(settings, files)


def _try_models(settings: Settings) -> None:
    """Say of each model and each pair that the warehouse needs whether it works here and now, offline."""
    phase = make_translation(settings)
    languages = [Language(code) for (code,) in ask(Path(settings.warehouse), _LANGUAGES).rows]
    pairs = [Pair(source, target) for target in phase.targets for source in languages]
    needed = [pair for pair in pairs if needs_translation(*pair)]
    for finding in readiness(needed, phase.store, Ways(phase.store, phase.pivots)):
        click.echo(f"{one_line(finding.what)}: {one_line(finding.problem or 'ready')}")


def _repair(settings: Settings, files: Generations) -> None:
    with files.writing(settings.wait_s):
        aside = restore_previous(files)
    if aside is None:
        click.echo("no whole generation is left; move the file away and ingest again")
        raise SystemExit(1)
    click.echo(f"the damaged file is now {one_line(str(aside))}; the generation before it is back")
    paths = ingested_paths(files.current)
    with shown_progress() as progress:
        tally = ingest(paths, make_plan(settings), progress)
    click.echo("\n".join(summary_lines(tally, settings.warehouse)))
