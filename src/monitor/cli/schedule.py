"""`monitor schedule`: sweep an inbox folder again and again."""

from pathlib import Path

import click

from monitor.cli.flows import local_server, run_flow
from monitor.cli.options import config_option, warehouse_option
from monitor.settings import read_settings


@click.command()
@click.argument("inbox", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--every",
    "every_s",
    type=click.IntRange(5),
    default=900,
    show_default=True,
    help="Seconds between sweeps.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=4200,
    show_default=True,
    help="Port of the Prefect server.",
)
@warehouse_option()
@config_option()
def schedule(inbox: Path, every_s: int, port: int, warehouse: str | None, config: Path | None) -> None:
    """Bring in what is new in INBOX every so often, until interrupted.

    Starts a Prefect server on this machine (an existing one at the port is used), deploys the sweep and serves it;
    the server's pages show runs, logs, summaries and rejects.
    """
    settings = read_settings(config, warehouse=warehouse)
    with local_server(port) as address:
        click.echo(f"Prefect server: {address.removesuffix('/api')}", err=True)
        click.echo(
            f"sweeping {inbox} into {settings.warehouse} every {every_s} s; stop with Ctrl-C", err=True
        )
        status = run_flow(
            "serve.py",
            [str(inbox), str(every_s), str(Path(settings.warehouse).absolute())],
            PREFECT_API_URL=address,
        )
    raise SystemExit(status)
