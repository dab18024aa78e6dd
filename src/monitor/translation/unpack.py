"""Takes a model's archive apart, member by member, and trusts nothing that it says."""

import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from monitor.errors import ModelDamaged

MOST_MEMBERS = 10_000
LARGEST_TOTAL = 4_000_000_000  # bytes unpacked; real packages have at most about 800 MB
LARGEST_RATIO = 250  # unpacked to packed; real weights have at most 60, even a model of mostly zeros
_FREE = 200_000_000  # bytes unpacked below which no ratio is a danger
_CHUNK = 1 << 20


def unpack(archive: Path, place: Path) -> Path:
    """Unpack an `.argosmodel` archive into a new folder and return the one folder at its top.

    Refuses, with `ModelDamaged`, links, absolute paths, `..`, two members of one name, encrypted members, and
    more or larger members than a model can have. Every file is on the disk when it returns.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            _check(members, archive.stat().st_size)
            for member in members:
                _write(opened, member, place / member.filename)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise ModelDamaged(f"{archive.name!r} is not a whole archive: {error}") from error
    return place / PurePosixPath(members[0].filename).parts[0]


def _check(members: list[zipfile.ZipInfo], packed: int) -> None:
    if not members or len(members) > MOST_MEMBERS:
        raise ModelDamaged(f"the archive has {len(members)} members")
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) < len(names):
        raise ModelDamaged("the archive has two members of one name")
    if len({PurePosixPath(name).parts[0] for name in names}) > 1:
        raise ModelDamaged("the archive has more than one folder at its top")
    for member in members:
        _check_member(member)
    total = sum(member.file_size for member in members)
    if total > LARGEST_TOTAL or (total > _FREE and total > packed * LARGEST_RATIO):
        raise ModelDamaged(f"the archive would unpack to {total} bytes")


def _check_member(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename)
    strange = any(mark in member.filename for mark in ("\\", ":", "\0"))
    if path.is_absolute() or strange or ".." in path.parts or len(path.parts) < 2:  # noqa: PLR2004  folder and file
        raise ModelDamaged(f"the archive's member {member.filename!r} would lie outside its folder")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ModelDamaged(f"the archive's member {member.filename!r} is a link or a device")
    if member.flag_bits & 1:
        raise ModelDamaged(f"the archive's member {member.filename!r} is encrypted")


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write one member; the archive's own count of its bytes is not believed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with opened.open(member) as source, path.open("xb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ModelDamaged(f"the archive's member {member.filename!r} is longer than it says")
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
