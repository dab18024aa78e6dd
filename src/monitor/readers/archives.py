"""Stream the members of zip and tar archives; nothing is written to the disk."""

import io
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import IO

from monitor.errors import DocumentError
from monitor.readers import media_types
from monitor.readers.inputs import DAMAGE, Found, Place, Unpack, damaged, with_itself

_CHUNK = 1 << 16
_FORMAT_BITS = 0o170000
_REGULAR = (0, 0o100000)


class Budget:
    """What an archive may still unfold to, and which names its members have had."""

    def __init__(self, place: Place) -> None:
        limits = place.limits
        self.limits, self.members = limits, 0
        self._names: Counter[str] = Counter()
        self.bytes_left = limits.unfolded(place.size, limits.archive_bytes)

    def counted(self, name: str) -> str:
        """Count a member and return its name as text, with a number where the archive has it twice."""
        self.members += 1
        if self.members > self.limits.members:
            raise DocumentError("read", "archive too large", f"more than {self.limits.members:,} members")
        name = name.encode(
            "utf-8", "backslashreplace"
        ).decode()  # lone surrogates stand for bytes that are no text
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name}~{self._names[name]}"

    def spend(self, size: int) -> None:
        """Count unpacked bytes; raises DocumentError when they are too many."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise DocumentError(
                "read", "archive too large", "unpacks to more than its size allows: a decompression bomb?"
            )


def zip_members(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the inputs of a zip archive, the archive itself last."""
    if place.packed:  # the list of members lies at the end, and a stream has none
        file = io.BytesIO(read_capped(file, place, place.size))
    return _archive(file, place, media_types.ZIP, _in_zip(file, place, unpack))


def tar_members(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the inputs of a tar archive, compressed or not, the archive itself last."""
    return _archive(file, place, media_types.TAR, _in_tar(file, place, unpack))


def _archive(file: IO[bytes], place: Place, media_type: str, members: Iterator[Found]) -> Iterator[Found]:
    own = place.own(file, media_type)
    if error := place.too_deep():
        return iter([place.found(own, error=error)])
    return with_itself(place, own, members)


def _in_zip(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    budget = Budget(place)
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            packed = max(member.compress_size, 1)
            inside = place.member(budget.counted(member.filename), packed)
            if member.flag_bits & 1:
                yield inside.refused("encrypted", "the archive member needs a password")
            elif member.external_attr >> 16 & _FORMAT_BITS not in _REGULAR:
                yield inside.refused("not a regular file", "link or device in an archive")
            else:
                yield from read_member(partial(archive.open, member), inside, budget, unpack)


def _in_tar(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    budget = Budget(place)
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for member in archive:
            if member.isdir():
                continue
            inside = place.member(budget.counted(member.name), place.size)
            if not member.isfile():
                yield inside.refused("not a regular file", "link or device in an archive")
            else:
                yield from read_member(partial(_extracted, archive, member), inside, budget, unpack)


def _extracted(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(member)
    assert file  # a regular file has bytes
    return file


def read_member(
    opened: Callable[[], AbstractContextManager[IO[bytes]]], inside: Place, budget: Budget, unpack: Unpack
) -> Iterator[Found]:
    """Read one member whole and yield its inputs; what is wrong with it costs itself alone."""
    try:
        with opened() as member:
            data = read_capped(member, inside, inside.size)
    except DocumentError as error:
        yield inside.refused(error.reason, error.detail)
        return
    except DAMAGE as error:
        why = damaged(error, "damaged archive member")
        yield inside.refused(why.reason, why.detail)
        return
    budget.spend(len(data))
    yield from unpack(io.BytesIO(data), replace(inside, size=len(data)))


def read_capped(file: IO[bytes], place: Place, packed: int) -> bytes:
    """Read what so many packed bytes may unfold to; raises DocumentError where it is more."""
    cap = place.limits.unfolded(packed, place.limits.input_bytes)
    chunks, total = [], 0
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        total += len(chunk)
        if total > cap:
            raise DocumentError("read", "too large", f"unpacks to more than {cap:,} bytes")
    return b"".join(chunks)
