"""The commands of `monitor`: each in a file of its own, loaded only when it is called."""

import sys

import click

from monitor import __version__
from monitor.cli.lazy import LazyGroup

# name -> (module:command, one line of help); in the order in which --help shows them
COMMANDS = {
    "ingest": ("monitor.cli.ingest:ingest", "Bring a folder of articles into the warehouse."),
    "translate": ("monitor.cli.translate:translate", "Translate what waits, or say how much that is."),
    "models": ("monitor.cli.models:models", "Get, check, pin and remove translation models."),
    "memory": ("monitor.cli.memory:memory", "Export and import the translation memory (TMX)."),
    "sql": ("monitor.cli.sql:sql", "Ask the warehouse a question in SQL."),
    "show": ("monitor.cli.show:show", "Show an article, original and translation side by side."),
    "stories": (
        "monitor.cli.stories:stories",
        "List the stories: articles about one event, across languages.",
    ),
    "duplicates": ("monitor.cli.duplicates:duplicates", "List the texts that went through several outlets."),
    "diff": ("monitor.cli.diff:diff", "Show what changed in an article since its last revision."),
    "explain": ("monitor.cli.explain:explain", "Show what cleaning changed in an article, and why."),
    "clean": ("monitor.cli.clean:clean", "Clean articles again with what is known of their outlets by now."),
    "schedule": ("monitor.cli.schedule:schedule", "Sweep an inbox folder again and again, with Prefect."),
    "search": ("monitor.cli.search:search", "Find articles by their words, best first."),
    "watch": ("monitor.cli.watch:watch", "Put a watchlist in force, or list what is watched."),
    "mentions": ("monitor.cli.watch:mentions", "List the sentences that mention an entity of the watchlist."),
    "queries": ("monitor.cli.watch:queries", "List saved queries, or the articles that answer one."),
    "alerts": ("monitor.cli.watch:alerts", "List new answers to saved queries since last asked."),
    "doctor": ("monitor.cli.doctor:doctor", "Say whether the warehouse is whole, and mend it."),
    "status": ("monitor.cli.status:status", "Say what the warehouse holds and how the last runs went."),
    "export": ("monitor.cli.export:export", "Write a table or view to a file."),
}


@click.command(
    cls=LazyGroup,
    commands_table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: monitor ingest seeds/",
)
@click.version_option(__version__)
def cli() -> None:
    """Turn a folder of scraped news in any language into one DuckDB file that you ask with SQL."""


def main() -> None:
    """Run the command line; what goes wrong is one line and an exit code."""
    from monitor.cli.outcome import run  # noqa: PLC0415  # --help stays instant

    sys.exit(run(cli))
