"""The models on this machine: which there are, whether they are whole, and which one serves a pair."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import ConfigurationError, ModelDamaged
from monitor.translation.changing import changing, put_aside, put_into_place
from monitor.translation.engine import Pair
from monitor.translation.lockfile import (
    Lock,
    LockedModel,
    differences,
    hash_file,
    hash_files,
    identity,
    read_lock,
    write_lock,
)
from monitor.translation.packages import Damaged, Package, describe_converted, look_at, look_through
from monitor.translation.unpack import unpack

LOCK_NAME = "models.lock.json"

Trial = Callable[[Package], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model whose files are those that the lock file names; `hash` identifies them."""

    package: Package
    hash: str
    compute_type: str = "default"
    doubt: str = ""

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.package.name


def default_folder() -> Path:
    """Return where models are kept unless told otherwise."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "monitor" / "models"


@dataclass(slots=True)
class Store:
    """The models in a folder of our own and, read only, in those where Argos's tools install theirs.

    Each file of a model is hashed once in the life of a store and compared with the lock file before anything
    is loaded. A model that Argos's tools installed is recorded when it is first seen, and held to that.
    """

    folder: Path
    others: Callable[[], tuple[Path, ...]] = tuple
    shared: Lock | None = None
    _checked: dict[Path, Model | Damaged] = field(default_factory=dict)

    @property
    def lock_path(self) -> Path:
        """Where the lock file is; a copy of it pins the same files on another machine."""
        return self.folder / LOCK_NAME

    @property
    def lock(self) -> Lock:
        """The lock file as it is now."""
        return read_lock(self.lock_path)

    def look(self) -> Iterator[Model | Damaged]:
        """Check every model, our own folder's first; of two with one name the first counts."""
        seen = set()
        for found in look_through((self.folder, *self.others())):
            if found.name not in seen:
                seen.add(found.name)
                yield self.check(found)
        missing = self.lock.models.keys() - seen
        for name in sorted(missing):
            yield Damaged(
                name=name, folder=self.folder / name, reason="is in the lock file but not installed"
            )

    def check(self, found: Package | Damaged) -> Model | Damaged:
        """Compare a package's files with the lock file, in full, once."""
        if isinstance(found, Damaged):
            return found
        if found.folder not in self._checked:
            self._checked[found.folder] = self._compare(found)
        return self._checked[found.folder]

    def choose(self, pair: Pair) -> Model | None:
        """Return the model for a pair: the pinned one, else the newest that is not in doubt, ours first.

        A pinned model that is damaged raises `ModelDamaged`, one that is gone `ConfigurationError`: another
        never takes its place silently.
        """
        if pinned := self.lock.pins.get(str(pair)):
            return self.named(pinned)
        ours = [self.check(found) for found in look_through((self.folder,))]
        theirs = [self.check(found) for found in look_through(self.others())]
        return _newest(ours, pair) or _newest(theirs, pair)

    def pairs(self) -> set[Pair]:
        """Return the pairs that some whole model serves directly."""
        return {found.package.pair for found in self.look() if isinstance(found, Model) and not found.doubt}

    def largest(self) -> int:
        """Return the bytes of the largest model that is there."""
        sizes = [
            sum(path.stat().st_size for path in found.engine_folder.iterdir() if path.is_file())
            for found in look_through((self.folder, *self.others()))
            if isinstance(found, Package)
        ]
        return max(sizes, default=0)

    def install(self, archive: Path, *, origin: str, trial: Trial) -> Model:
        """Unpack an archive beside the other models, try it, record its files.

        `trial` returns the arithmetic that the model works with and what is doubtful about it.
        """
        with changing(self.folder) as place:
            return self._adopt(unpack(archive, place), origin, trial, hash_file(archive))

    def install_folder(self, folder: Path, *, origin: str, trial: Trial, pair: Pair | None = None) -> Model:
        """Copy a model's folder, try it, record its files; a converted model needs its pair."""
        with changing(self.folder) as place:
            copied = place / folder.name
            shutil.copytree(folder, copied, symlinks=True)
            if pair:
                describe_converted(copied, pair)
            return self._adopt(copied, origin, trial, "")

    def remove(self, name: str) -> None:
        """Delete a model of our own folder, its record and its pins."""
        with changing(self.folder) as place:
            lock = self.lock
            if name not in lock.models and name not in {found.name for found in look_through((self.folder,))}:
                raise ConfigurationError(f"no model {name!r} in {str(self.folder)!r}")
            models = {key: model for key, model in lock.models.items() if key != name}
            pins = {pair: pinned for pair, pinned in lock.pins.items() if pinned != name}
            self._write(models, pins)
            put_aside(self.folder / name, place)
            self._checked.pop(self.folder / name, None)

    def pin(self, name: str) -> Pair:
        """Let a model alone serve its pair from now on, whatever versions stand beside it."""
        model = self.named(name)
        with changing(self.folder):
            self._write(self.lock.models, {**self.lock.pins, str(model.package.pair): name})
        return model.package.pair

    def unpin(self, pair: Pair) -> None:
        """Let the newest model serve a pair again."""
        with changing(self.folder):
            pins = {key: name for key, name in self.lock.pins.items() if key != str(pair)}
            self._write(self.lock.models, pins)

    def named(self, name: str) -> Model:
        """Return a whole model by its name."""
        for folder in (self.folder, *self.others()):
            if (folder / name).is_dir():
                found = self.check(look_at(folder / name))
                if isinstance(found, Damaged):
                    raise ModelDamaged(f"model {name!r} {found.reason}")
                return found
        raise ConfigurationError(
            f"no model {name!r} is installed; `monitor models list` names those that are"
        )

    def _compare(self, package: Package) -> Model | Damaged:
        files = hash_files(package.folder)
        entry = self.lock.models.get(package.name)
        if entry is None and package.folder.parent == self.folder:
            return _damaged(package, "is not in the lock file: install it again")
        if entry is None:
            entry = _entry(package, files, origin="argos-translate")
            with changing(self.folder):
                self._record(package.name, entry)
        if wrong := differences(entry.files, files):
            return _damaged(package, f"is damaged: {'; '.join(wrong)}")
        return Model(
            package=package, hash=identity(files), compute_type=entry.compute_type, doubt=entry.doubt
        )

    def _adopt(self, unpacked: Path, origin: str, trial: Trial, archive_sha256: str) -> Model:
        found = look_at(unpacked)
        if isinstance(found, Damaged):
            raise ModelDamaged(f"{origin!r} {found.reason}")
        files = hash_files(unpacked)
        self._compare_with_shared(files, origin)
        name = self._name_for(found, files)
        compute_type, doubt = trial(found)
        entry = _entry(found, files, origin, archive_sha256, compute_type, doubt)
        place = self.folder / name
        if not place.is_dir() or hash_files(place) != files:  # whoever reads a whole one goes on reading it
            put_into_place(unpacked, place)
        self._record(name, entry)
        self._checked.pop(place, None)
        return self.named(name)

    def _compare_with_shared(self, files: dict[str, str], origin: str) -> None:
        if self.shared and not any(entry.files == files for entry in self.shared.models.values()):
            raise ModelDamaged(f"{origin!r} is none of the models of the lock file that it has to match")

    def _name_for(self, package: Package, files: dict[str, str]) -> str:
        """Name a model by pair and version; other files under that name get their hash behind it."""
        version = package.version.replace(".", "_") or "0"
        name = f"translate-{package.pair.source}_{package.pair.target}-{version}"
        entry = self.lock.models.get(name)
        return name if entry is None or entry.files == files else f"{name}-{identity(files)[:8]}"

    def _record(self, name: str, entry: LockedModel) -> None:
        self._write({**self.lock.models, name: entry}, self.lock.pins)

    def _write(self, models: dict[str, LockedModel], pins: dict[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_lock(self.lock_path, Lock(models=models, pins=pins))


def _newest(found: Iterable[Model | Damaged], pair: Pair) -> Model | None:
    fitting = (
        model
        for model in found
        if isinstance(model, Model) and model.package.pair == pair and not model.doubt
    )
    return max(fitting, key=lambda model: (model.package.order, model.package.name), default=None)


def _damaged(package: Package, reason: str) -> Damaged:
    return Damaged(name=package.name, folder=package.folder, reason=reason)


def _entry(
    package: Package,
    files: dict[str, str],
    origin: str,
    archive_sha256: str = "",
    compute_type: str = "default",
    doubt: str = "",
) -> LockedModel:
    return LockedModel(
        source=package.pair.source,
        target=package.pair.target,
        version=package.version,
        kind=package.kind,
        files=files,
        origin=origin,
        archive_sha256=archive_sha256,
        compute_type=compute_type,
        doubt=doubt,
    )
