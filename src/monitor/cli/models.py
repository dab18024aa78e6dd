"""`monitor models`: get, check, pin and remove translation models. The one command that uses the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from monitor.cli.options import Decorator, config_option
from monitor.cli.printing import console
from monitor.config import make_plan, make_store
from monitor.errors import ModelMissing, MonitorError, UsageError
from monitor.languages import ENGLISH, UNDETERMINED, name_of, parse_language
from monitor.needs import languages_in
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.translation.download import Progress as Step
from monitor.translation.engine import Pair, parse_pair
from monitor.translation.fetching import Wanted, install, offers_at, wanted_from, wanted_in
from monitor.translation.index import ARGOS_INDEX
from monitor.translation.lockfile import read_lock
from monitor.translation.packages import Damaged
from monitor.translation.routes import find_route, try_package
from monitor.translation.store import Model, Store
from monitor.translation.ways import needs_translation


@click.group()
def models() -> None:
    """Get, check, pin and remove the models that translate."""


def _store(config: Path | None) -> Store:
    return make_store(read_settings(config))


def _index_option() -> Decorator:
    return click.option(
        "--index",
        default=ARGOS_INDEX,
        metavar="PLACE",
        help="URL, file or folder with the index (default: Argos's).",
    )


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
@_index_option()
def search(language: str | None, index: str) -> None:
    """List what an index offers, for one LANGUAGE or all."""
    wanted = parse_language(language) if language else None
    if wanted == UNDETERMINED:
        raise UsageError(f"{language!r} names no language that monitor knows")
    for offer in offers_at(index):
        if wanted is None or wanted in offer.pair:
            names = " to ".join(map(name_of, offer.pair))
            click.echo(f"{offer.pair!s:12} {offer.version:6} {names}")


@models.command("install")
@click.argument("what", nargs=-1)
@click.option("--pair", help="The pair of a converted model's folder, like es:en.")
@click.option(
    "--for", "corpus", type=click.Path(exists=True, path_type=Path), help="Get what this corpus needs."
)
@click.option("--to", "target", default=ENGLISH, help="With --for: the target language.")
@click.option(
    "--lock",
    "lock",
    type=click.Path(exists=True, path_type=Path),
    help="Accept only models of this lock file.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be installed, and its size.")
@_index_option()
@config_option()
def install_models(what: tuple[str, ...], config: Path | None, **options: Any) -> None:
    """Install models.

    WHAT are pairs like es:en, archives, addresses, folders with models (such as one on a stick), or folders
    of converted OPUS-MT or NLLB models with --pair.
    """
    settings = read_settings(config)
    store = make_store(settings)
    if options["lock"]:
        store = replace(store, shared=read_lock(options["lock"]))
    wanted = [found for place in what for found in _wanted(place, options["index"], options["pair"])]
    if not what and not options["corpus"]:
        raise UsageError("say what to install: a pair like 'es:en', an archive, a folder, or --for PATH")
    if options["corpus"]:
        languages = languages_in([options["corpus"]], make_plan(settings, phases=()))
        target = parse_language(options["target"])
        pairs = [Pair(language, target) for language in languages if needs_translation(language, target)]
        wanted += _missing(pairs, store, options["index"])
    for one in wanted:
        click.echo(f"{one.place} ({_size(one.size)})")
    if not options["dry_run"]:
        for one in wanted:
            _install(one, store)


def _missing(pairs: list[Pair], store: Store, index: str) -> Iterator[Wanted]:
    found: set[str] = set()
    for pair in pairs:
        try:
            find_route(pair, store)
        except ModelMissing:
            try:
                wanted = wanted_from(index, pair)
            except ModelMissing as error:
                click.echo(one_line(str(error)), err=True)
            else:
                if wanted.place not in found:
                    yield wanted
                found.add(wanted.place)


def _wanted(what: str, index: str, pair: str | None) -> Iterator[Wanted]:
    path = Path(what)
    if "://" in what:
        yield Wanted(place=what)
    elif path.is_dir() and not (path / "metadata.json").exists() and not pair:
        yield from _in_folder(path)
    elif path.exists():
        size = path.stat().st_size if path.is_file() else None
        yield Wanted(place=what, pair=parse_pair(pair) if pair else None, size=size)
    elif "/" in what or path.suffix:
        raise UsageError(f"no archive or folder {what!r}")
    else:
        yield wanted_from(index, parse_pair(what))


def _in_folder(folder: Path) -> list[Wanted]:
    found = [*wanted_in(folder)]
    if not found:
        raise UsageError(f"no models in {str(folder)!r}; a converted one needs --pair")
    return found


def _install(wanted: Wanted, store: Store) -> None:
    with _bar(wanted) as step:
        model = install(wanted, store, trial=try_package, progress=step)
    doubt = f"; not used: {model.doubt}; `monitor models pin {model.name}` uses it all the same"
    click.echo(f"installed {model.name} for {model.package.pair}" + (doubt if model.doubt else ""))


@contextmanager
def _bar(wanted: Wanted) -> Iterator[Step]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(one_line(wanted.place.rpartition("/")[2]), total=wanted.size)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _size(size: int | None) -> str:
    return "size unknown" if size is None else f"{size / 1e6:,.1f} MB"


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
