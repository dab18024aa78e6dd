"""Find the files that paths, folders and patterns stand for, in one order whatever the file system's."""

import glob
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SIDECAR = ".meta.json"
_IGNORED_NAMES = {".git", ".DS_Store", "Thumbs.db", "__MACOSX"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """A file to ingest; `problem` says in a phrase why it cannot be. Size in bytes, time in nanoseconds since 1970."""

    path: Path
    uri: str
    size: int = 0
    mtime_ns: int = 0
    problem: str | None = None


def find_files(paths: Iterable[str | Path]) -> Iterator[FileSeen]:
    """Yield every file below the paths once, sorted within each folder; a path that is not there is a problem.

    Links to folders are not followed (they can lead in circles); sidecars belong to their file.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _below(path):
            if found.uri not in seen:
                seen.add(found.uri)
                yield found


def uri_of(path: Path) -> str:
    """Return the file URI of a path; names that are not UTF-8 survive as percent-encoded bytes."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100  # resolve() would follow links


def sidecar_of(path: Path) -> Path:
    """Return where the metadata of a file would lie."""
    return path.with_name(path.name + SIDECAR)


def _below(path: str | Path) -> Iterator[FileSeen]:
    place = Path(path)
    if place.is_dir():
        yield from _folder(place)
    elif os.path.lexists(place):
        yield _seen(place)
    else:
        matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207  # the pattern may be absolute
        for match in matches:
            yield from _below(match)
        if not matches:
            yield FileSeen(path=place, uri=uri_of(place), problem="not found")


def _folder(folder: Path) -> Iterator[FileSeen]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield FileSeen(path=folder, uri=uri_of(folder), problem=error.strerror or "unreadable folder")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name in _IGNORED_NAMES or _is_sidecar(entry.name, names):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(Path(entry.path))
        elif not (
            entry.is_symlink() and Path(entry.path).is_dir()
        ):  # scandir raises where links go in circles
            yield _seen(Path(entry.path))


def _is_sidecar(name: str, names: Collection[str]) -> bool:
    """Whether a file gives the metadata of another one; without that one it is an input like any other."""
    return name.endswith(SIDECAR) and name.removesuffix(SIDECAR) in names


def _seen(path: Path) -> FileSeen:
    try:
        found = path.stat()
    except OSError as error:
        return FileSeen(path=path, uri=uri_of(path), problem=error.strerror or "unreadable")
    if not stat.S_ISREG(found.st_mode):
        return FileSeen(path=path, uri=uri_of(path), problem="not a regular file")
    size, mtime_ns = found.st_size, found.st_mtime_ns
    try:
        sidecar = sidecar_of(path).stat()
    except OSError:
        return FileSeen(path=path, uri=uri_of(path), size=size, mtime_ns=mtime_ns)
    return FileSeen(path=path, uri=uri_of(path), size=size, mtime_ns=max(mtime_ns, sidecar.st_mtime_ns))
