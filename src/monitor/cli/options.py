"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def warehouse_option() -> Decorator:
    """Return the option that names the warehouse; settings know the default."""
    return click.option(
        "--warehouse", metavar="FILE", envvar="MONITOR_WAREHOUSE",
        help="The DuckDB file (default: warehouse/monitor.duckdb, or MONITOR_WAREHOUSE).",
    )  # fmt: skip


def config_option() -> Decorator:
    """Return the option that names the configuration file."""
    return click.option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Configuration (default: monitor.toml if there).",
    )
