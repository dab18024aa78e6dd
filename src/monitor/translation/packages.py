"""Looks at a folder and says which translation model it holds, or what is wrong with it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from monitor.errors import ModelDamaged
from monitor.languages import UNDETERMINED, from_argos, parse_language
from monitor.translation.engine import Pair

Kind = Literal["argos", "ctranslate2"]
CONVERTED: Literal["ctranslate2"] = "ctranslate2"

_VOCABULARIES = ("shared_vocabulary", "target_vocabulary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A model on disk that looks whole; `engine_folder` is the CTranslate2 part of `folder`.

    `codes` are the languages in the model's own spelling, `target_prefix` what every output begins with.
    """

    name: str
    kind: Kind
    pair: Pair
    codes: tuple[str, str]
    version: str
    folder: Path
    engine_folder: Path
    target_prefix: str = ""

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, for comparing."""
        return tuple(int(number) for number in re.findall(r"\d+", self.version))


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A folder among the models that is none, or no longer: never loaded, always named."""

    name: str
    folder: Path
    reason: str


class _Metadata(msgspec.Struct):
    """What `metadata.json` of an Argos package says; absent fields as Argos itself takes them."""

    from_code: str | None = None
    to_code: str | None = None
    package_version: str = ""
    type: str = "translate"
    target_prefix: str = ""


def look_through(folders: Iterable[Path]) -> Iterator[Package | Damaged]:
    """Look at every folder in `folders`, in order of name; plain files and hidden folders are passed over."""
    for parent in folders:
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                if folder.is_dir() and not folder.name.startswith("."):
                    yield look_at(folder)


def look_at(folder: Path) -> Package | Damaged:
    """Return the model that a folder holds, or why it holds none."""
    try:
        return read_package(folder)
    except (ModelDamaged, OSError) as error:
        return Damaged(name=folder.name, folder=folder, reason=str(error))


def read_package(folder: Path) -> Package:
    """Read an Argos package or an installed converted model; `ModelDamaged` says what is wrong with it."""
    metadata = _metadata(folder)
    if metadata.type not in ("translate", CONVERTED):
        raise ModelDamaged(f"is a package of type {metadata.type!r}, not a translation model")
    argos = metadata.type == "translate"
    codes = (metadata.from_code or "", metadata.to_code or "")
    pair = Pair(*(from_argos(code) if argos else parse_language(code) for code in codes))
    if UNDETERMINED in pair:
        raise ModelDamaged(f"translates {codes[0]!r} to {codes[1]!r}, which monitor does not know")
    engine_folder = folder / "model" if argos else folder
    _check_engine(engine_folder)
    if argos and not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise ModelDamaged("has neither sentencepiece.model nor bpe.model")
    return Package(
        name=folder.name,
        kind="argos" if argos else CONVERTED,
        pair=pair,
        codes=codes,
        version=metadata.package_version,
        folder=folder,
        engine_folder=engine_folder,
        target_prefix=metadata.target_prefix,
    )


def describe_converted(folder: Path, pair: Pair) -> None:
    """Write into a converted model's folder which pair it translates, as Argos's packages say it."""
    metadata = _Metadata(from_code=pair.source, to_code=pair.target, type=CONVERTED)
    (folder / "metadata.json").write_bytes(msgspec.json.encode(metadata))


def _check_engine(folder: Path) -> None:
    """Raise `ModelDamaged` unless the files of a CTranslate2 model are there."""
    if not (folder / "model.bin").is_file():
        raise ModelDamaged(f"{folder.name}/model.bin is missing: the installation was not finished")
    if not any((folder / (name + end)).is_file() for name in _VOCABULARIES for end in (".json", ".txt")):
        raise ModelDamaged(f"{folder.name} has no vocabulary: the installation was not finished")


def _metadata(folder: Path) -> _Metadata:
    path = folder / "metadata.json"
    if not path.is_file():
        raise ModelDamaged("has no metadata.json: a stray folder, or the installation was not finished")
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Metadata)
    except msgspec.DecodeError as error:
        raise ModelDamaged(f"metadata.json cannot be read: {error}") from error
