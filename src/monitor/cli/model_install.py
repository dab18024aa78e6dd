"""`monitor models install`: get the models that are named, or those that a corpus or the warehouse needs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from monitor.cli.options import Decorator, config_option, warehouse_option
from monitor.config import make_plan, make_store
from monitor.errors import ModelMissing, UsageError
from monitor.languages import ENGLISH, Language, parse_language
from monitor.needs import languages_in, languages_of
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.translation.download import Progress as Step
from monitor.translation.engine import Pair, parse_pair
from monitor.translation.fetching import Wanted, install, wanted_from, wanted_in
from monitor.translation.index import ARGOS_INDEX
from monitor.translation.lockfile import read_lock
from monitor.translation.routes import find_route, try_package
from monitor.translation.store import Store
from monitor.translation.ways import needs_translation


def index_option() -> Decorator:
    """Return the option that says where the index of models is."""
    return click.option(
        "--index",
        default=ARGOS_INDEX,
        metavar="PLACE",
        help="URL, file or folder with the index (default: Argos's).",
    )


@click.command("install")
@click.argument("what", nargs=-1)
@click.option("--pair", help="The pair of a converted model's folder, like es:en.")
@click.option(
    "--for", "corpus", type=click.Path(exists=True, path_type=Path), help="Get what this corpus needs."
)
@click.option("--missing", is_flag=True, help="Get what the articles in the warehouse wait for.")
@click.option("--to", "target", default=ENGLISH, help="With --for or --missing: the target language.")
@click.option(
    "--lock",
    "lock",
    type=click.Path(exists=True, path_type=Path),
    help="Accept only models of this lock file.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be installed, and its size.")
@index_option()
@warehouse_option()
@config_option()
def install_models(what: tuple[str, ...], config: Path | None, **options: Any) -> None:
    """Install models.

    WHAT are pairs like es:en, archives, addresses, folders with models (such as one on a stick), or folders
    of converted OPUS-MT or NLLB models with --pair.
    """
    settings = read_settings(config, warehouse=options["warehouse"])
    store = make_store(settings)
    if options["lock"]:
        store = replace(store, shared=read_lock(options["lock"]))
    wanted = [found for place in what for found in _wanted(place, options["index"], options["pair"])]
    if not what and not options["corpus"] and not options["missing"]:
        raise UsageError(
            "say what to install: a pair like 'es:en', an archive, a folder, --missing, or --for PATH"
        )
    target = parse_language(options["target"])
    if options["corpus"]:
        languages = languages_in([options["corpus"]], make_plan(settings, phases=()))
        wanted += _missing(_pairs(languages, target), store, options["index"])
    if options["missing"]:
        wanted += _missing(_pairs(languages_of(Path(settings.warehouse)), target), store, options["index"])
    for one in wanted:
        click.echo(f"{one.place} ({_size(one.size)})")
    if not options["dry_run"]:
        for one in wanted:
            _install(one, store)


def _pairs(languages: Iterable[Language], target: Language) -> list[Pair]:
    return [Pair(language, target) for language in languages if needs_translation(language, target)]


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
