"""The lock file: which files a model consists of, by SHA-256, and which model serves which pair."""

import hashlib
import os
from pathlib import Path

import msgspec

from monitor.errors import ConfigurationError

FORMAT = 1


class LockedModel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One model as it was installed; `files` maps each path inside its folder to `sha256:size`.

    `compute_type` is the arithmetic that its canary sentences came through with; `doubt` says what they
    showed where they did not. `origin` is where it came from, `archive_sha256` the hash of the file there.
    """

    source: str
    target: str
    version: str
    files: dict[str, str]
    kind: str = "argos"
    origin: str = ""
    archive_sha256: str = ""
    compute_type: str = "default"
    doubt: str = ""


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """The whole lock file; nothing in it depends on the machine, so that it can be shared."""

    format: int = FORMAT
    models: dict[str, LockedModel] = {}
    pins: dict[str, str] = {}


def read_lock(path: Path) -> Lock:
    """Read a lock file; an empty one where there is none."""
    if not path.exists():
        return Lock()
    try:
        lock = msgspec.json.decode(path.read_bytes(), type=Lock)
    except (msgspec.DecodeError, OSError) as error:
        raise ConfigurationError(f"the lock file {str(path)!r} cannot be read: {error}") from error
    if lock.format > FORMAT:
        raise ConfigurationError(f"the lock file {str(path)!r} was written by a later version of monitor")
    return lock


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock file so that a reader sees the old one or the new one, whole."""
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(lock, order="deterministic"), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def hash_files(folder: Path) -> dict[str, str]:
    """Return `sha256:size` of every file below a folder, by its path inside."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): _hash(path) for path in paths}


def identity(files: dict[str, str]) -> str:
    """Return one hash for a model's files: 32 hexadecimal digits."""
    listing = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()))
    return hashlib.sha256(listing.encode()).hexdigest()[:32]


def differences(locked: dict[str, str], found: dict[str, str]) -> list[str]:
    """Say in words how the files found differ from those locked; empty where they do not."""
    return [
        *(f"{path} is missing" for path in sorted(locked.keys() - found.keys())),
        *(f"{path} was not there when it was installed" for path in sorted(found.keys() - locked.keys())),
        *(
            f"{path} has changed"
            for path in sorted(locked.keys() & found.keys())
            if locked[path] != found[path]
        ),
    ]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(path: Path) -> str:
    return "link:0" if path.is_symlink() else f"{hash_file(path)}:{path.stat().st_size}"
