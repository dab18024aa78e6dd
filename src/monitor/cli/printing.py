"""Print tables for people: as wide as the terminal, and wide enough where the output goes into a pipe or file."""

import os
import sys

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

_PIPE_WIDTH = 160


def console() -> Console:
    """Return a console for standard output; COLUMNS overrides its width."""
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, width=_PIPE_WIDTH if piped else None)


def listing(*columns: str, right: str = "") -> Table:
    """Return an empty table whose first column takes the room that the others leave.

    `right` names the columns that are set to the right.
    """
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(columns[0], ratio=1, min_width=20)
    for name in columns[1:]:
        table.add_column(name, no_wrap=True, justify="right" if name in right.split() else "left")
    return table
