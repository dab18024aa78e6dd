"""`monitor models`: get, check, pin and remove translation models. The one command that uses the network."""

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from monitor.cli.model_install import index_option, install_models
from monitor.cli.options import config_option
from monitor.cli.printing import console
from monitor.config import make_store
from monitor.errors import MonitorError, UsageError
from monitor.languages import UNDETERMINED, name_of, parse_language
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.translation.engine import Pair, parse_pair
from monitor.translation.fetching import offers_at
from monitor.translation.packages import Damaged
from monitor.translation.store import Model, Store


@click.group()
def models() -> None:
    """Get, check, pin and remove the models that translate."""


models.add_command(install_models)


def _store(config: Path | None) -> Store:
    return make_store(read_settings(config))


@models.command("list")
@config_option()
def list_models(config: Path | None) -> None:
    """List the models that are there, which are in use, and what is wrong with the others."""
    store = _store(config)
    table = Table(box=None)
    for column in ("model", "pair", "version", "state"):
        table.add_column(column)
    for found in store.look():
        table.add_row(*map(Text, _described(store, found)))
    nothing = f"no models in {store.folder}; `monitor models install es:en` gets one, for example"
    console().print(table if table.row_count else nothing)


def _described(store: Store, found: Model | Damaged) -> tuple[str, str, str, str]:
    if isinstance(found, Damaged):
        return one_line(found.name), "", "", one_line(f"not used: {found.reason}")
    package = found.package
    state = "pinned" if store.lock.pins.get(str(package.pair)) == package.name else "ready"
    if found.doubt and state != "pinned":
        state = f"not used: {found.doubt}"
    elif state == "ready" and (serving := _serving(store, package.pair)) != found.name:
        state = f"not used: {serving} serves {package.pair}"
    return package.name, str(package.pair), package.version, one_line(state)


def _serving(store: Store, pair: Pair) -> str:
    try:
        model = store.choose(pair)
    except MonitorError:  # the pinned one is gone or damaged, as its own row says
        return store.lock.pins[str(pair)]
    return model.name if model else "nothing"


@models.command()
@click.argument("language", required=False)
@index_option()
def search(language: str | None, index: str) -> None:
    """List what an index offers, for one LANGUAGE or all."""
    wanted = parse_language(language) if language else None
    if wanted == UNDETERMINED:
        raise UsageError(f"{language!r} names no language that monitor knows")
    for offer in offers_at(index):
        if wanted is None or wanted in offer.pair:
            names = " to ".join(map(name_of, offer.pair))
            click.echo(f"{offer.pair!s:12} {offer.version:6} {names}")


@models.command()
@config_option()
@click.pass_context
def verify(context: click.Context, config: Path | None) -> None:
    """Compare every file of every model with the lock file; exit 1 if one differs."""
    found = [*_store(config).look()]
    for one in found:
        state = one.reason if isinstance(one, Damaged) else "as installed"
        click.echo(f"{one_line(one.name)}: {one_line(state)}")
    context.exit(1 if any(isinstance(one, Damaged) for one in found) else 0)


@models.command()
@click.argument("name")
@config_option()
def remove(name: str, config: Path | None) -> None:
    """Delete the model NAME of our own folder."""
    _store(config).remove(name)
    click.echo(f"removed {name}")


@models.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="NAME is a pair: let its newest model serve it again.")
@config_option()
def pin(name: str, config: Path | None, *, undo: bool) -> None:
    """Let the model NAME serve its pair, whatever other versions are there."""
    store = _store(config)
    if undo:
        store.unpin(parse_pair(name))
        click.echo(f"the newest model serves {name}")
    else:
        click.echo(f"{name} serves {store.pin(name)}")
