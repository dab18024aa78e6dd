"""`monitor clean`: what is known of the outlets' recurring lines, and cleaning again with it."""

from pathlib import Path

import click

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.progress import shown_progress
from monitor.config import make_plan
from monitor.pipeline import execute
from monitor.recleaning import NAME, clean_again
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.query import ask

_KNOWN = """
select source_id, line, sum(works)::bigint as works
from line_counts
group by all
having sum(works) >= 4
order by source_id, works desc, line
"""


@click.command()
@click.option("--again", is_flag=True, help="Clean all articles again with what is known by now.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@warehouse_option()
@config_option()
def clean(*, again: bool, quiet: bool, warehouse: str | None, config: Path | None) -> None:
    """List the lines that come back in an outlet's articles, with the number of articles that have them.

    With --again, those that are boilerplate go from all articles, from the first one too. Raw texts stay;
    nothing becomes a new revision.
    """
    settings = read_settings(config, warehouse=warehouse)
    if not again:
        for source_id, line, works in ask(Path(settings.warehouse), _KNOWN).rows:
            click.echo(f"{source_id}\t{works}\t{one_line(line)}")
        return
    with shown_progress(quiet=quiet) as progress:
        tally = execute(make_plan(settings), clean_again, progress, command="clean --again")
    click.echo("\n".join(tally.phases[NAME]["lines"]))
