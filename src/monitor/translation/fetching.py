"""Gets models from where the user points: an index, an archive, or a folder carried on a stick."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.errors import ConfigurationError, ModelMissing
from monitor.translation.changing import fetching
from monitor.translation.download import Progress, fetch, read_url, size_of
from monitor.translation.engine import Pair
from monitor.translation.index import Offer, newest, read_index
from monitor.translation.sisters import sisters
from monitor.translation.store import Model, Store, Trial

ARCHIVE_SUFFIXES = (".argosmodel", ".zip")
INDEX_NAME = "index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A model that can be installed: where it lies, what for, how many bytes if that is known."""

    place: str
    pair: Pair | None = None
    version: str = ""
    size: int | None = None


def offers_at(index: str) -> list[Offer]:
    """Return what an index offers; it is a URL, a file, or a folder with `index.json` in it."""
    if _is_remote(index):
        return read_index(read_url(index))
    path = _path(index)
    path = path / INDEX_NAME if path.is_dir() else path
    if not path.is_file():
        raise ConfigurationError(f"no index at {index!r}")
    return [_beside(offer, path.parent) for offer in read_index(path.read_bytes())]


def wanted_from(index: str, pair: Pair, *, with_size: bool = True) -> Wanted:
    """Return the newest model of an index for a pair; its size is asked for, without fetching it.

    Where there is none, that of a sister variety, which reads the language too.
    """
    offers = offers_at(index)
    offer = next(filter(None, (newest(offers, one) for one in (pair, *sisters(pair)))), None)
    if offer is None:
        raise ModelMissing(f"the index {index!r} has no model for {pair}; `monitor models search` lists all")
    place = offer.links[0]
    return Wanted(
        place=place, pair=offer.pair, version=offer.version, size=_size(place) if with_size else None
    )


def wanted_in(folder: Path) -> Iterator[Wanted]:
    """Find the archives and unpacked models that lie in a folder, such as one on a stick."""
    for path in sorted(folder.iterdir()):
        if path.suffix in ARCHIVE_SUFFIXES or (path / "metadata.json").is_file():
            yield Wanted(place=str(path), size=path.stat().st_size if path.is_file() else None)


def install(
    wanted: Wanted, store: Store, *, trial: Trial, progress: Progress = lambda _done, _total: None
) -> Model:
    """Fetch if need be, and install; a download that was interrupted goes on next time."""
    if not _is_remote(wanted.place):
        return _install_local(_path(wanted.place), wanted.pair, store, trial)
    downloads = store.folder / ".downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    with fetching(store.folder):
        archive = fetch(wanted.place, downloads / _file_name(wanted.place), progress)
        try:
            return store.install(archive, origin=wanted.place, trial=trial)
        finally:
            archive.unlink(missing_ok=True)


def _install_local(path: Path, pair: Pair | None, store: Store, trial: Trial) -> Model:
    if path.is_file():
        return store.install(path, origin=path.name, trial=trial)
    if not path.is_dir():
        raise ConfigurationError(f"{str(path)!r} is no archive, folder or address of a model")
    described = (path / "metadata.json").is_file()
    if not described and pair is None:
        raise ConfigurationError(f"say which pair {str(path)!r} translates, like 'es:en'")
    return store.install_folder(path, origin=path.name, trial=trial, pair=None if described else pair)


def _beside(offer: Offer, folder: Path) -> Offer:
    """Let an index that was carried here on a stick point to the archives that lie beside it."""
    names = [_file_name(link) for link in offer.links]
    carried = [str(folder / name) for name in names if (folder / name).is_file()]
    return replace(offer, links=(*carried, *offer.links))


def _size(place: str) -> int | None:
    if _is_remote(place):
        return size_of(place)
    path = _path(place)
    return path.stat().st_size if path.is_file() else None


def _is_remote(place: str) -> bool:
    return "://" in place and not place.startswith("file:")


def _path(place: str) -> Path:
    return Path(unquote(urlsplit(place).path)) if place.startswith("file:") else Path(place)


def _file_name(place: str) -> str:
    """Name the file of an address, so that two addresses never share one."""
    name = unquote(urlsplit(place).path).rpartition("/")[2]
    return name if re.fullmatch(r"[\w][\w.-]*", name) else hashlib.sha256(place.encode()).hexdigest()
