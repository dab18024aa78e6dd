"""Open a file and hand out every input in it: itself, the members of an archive, the records of a list."""

import gzip
import hashlib
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

from monitor.errors import DocumentError
from monitor.limits import Limits
from monitor.models import Input
from monitor.readers import media_types
from monitor.readers.fields import DEFAULT_FIELDS, FieldNames
from monitor.readers.formats import READERS, Read, readings
from monitor.readers.json_records import read_json_line

_CHUNK = 1 << 16
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One input of a file: how to read it, or the error; neither for the archive or list itself."""

    input: Input
    container: str | None = None
    read: Read | None = None
    error: DocumentError | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where we are: the URI and name of what is being read, the file around it, and how deep."""

    uri: str
    name: str
    container: str | None
    depth: int
    limits: Limits
    fields: FieldNames


def unpack(
    path: Path,
    uri: str,
    *,
    mtime_ns: int | None = None,
    limits: Limits | None = None,
    fields: FieldNames = DEFAULT_FIELDS,
) -> Iterator[Found]:
    """Yield every input of a file, the file itself last where it holds many; never raises for what is in it.

    A file that changes meanwhile is refused without its time, so that the next run reads it again.
    """
    place = _Place(uri, path.name, None, 0, limits or Limits(), fields)
    try:
        with open(path, "rb", opener=_open) as file:  # a path's own has no opener
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                yield _refused(
                    place, DocumentError("read", "not a regular file", "it has become something else")
                )
                return
            for found in _unpack(file, place, before.st_size):
                own = found.input.uri == uri
                yield _stamped(found, mtime_ns, _is_as(before, file)) if own else found
    except OSError as error:
        why = DocumentError("read", "unreadable", error.strerror or type(error).__name__)
        yield Found(input=Input(uri=uri, sha256="", size=0, mtime_ns=mtime_ns), error=why)


def _open(path: str, flags: int) -> int:
    """Open a file without waiting for a writer, should a pipe stand there by now."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_as(before: os.stat_result, file: IO[bytes]) -> bool:
    """Whether an open file has neither grown nor shrunk nor been written to."""
    now = os.fstat(file.fileno())
    return (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def unpack_bytes(
    data: bytes,
    uri: str,
    name: str = "",
    *,
    limits: Limits | None = None,
    fields: FieldNames = DEFAULT_FIELDS,
) -> Iterator[Found]:
    """Yield every input in bytes that came from elsewhere than a file, such as standard input."""
    place = _Place(uri, name, None, 0, limits or Limits(), fields)
    yield from _unpack(io.BytesIO(data), place, len(data))


def _stamped(found: Found, mtime_ns: int | None, is_whole: bool) -> Found:  # noqa: FBT001
    """Give the file's own input its time, or refuse it where what was read may be half of one text, half of another."""
    if is_whole:
        return replace(found, input=replace(found.input, mtime_ns=mtime_ns))
    why = DocumentError(
        "read", "changed while it was read", "something writes to it; the next run reads it again"
    )
    return replace(found, read=None, error=why)


def _unpack(file: IO[bytes], place: _Place, size: int) -> Iterator[Found]:
    head = file.read(media_types.HEAD_BYTES)
    file.seek(0)
    media_type = media_types.media_type_of(head, place.name)
    if media_type == media_types.GZIP:
        yield from _gunzip(file, place, size)
    elif media_type in (media_types.ZIP, media_types.TAR):
        yield from _archive(file, place, size, media_type)
    elif media_type == media_types.JSON_LINES and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _json_lines(file, place)
    else:
        yield from _whole(file, place, media_type, size)


def _whole(file: IO[bytes], place: _Place, media_type: str, size: int) -> Iterator[Found]:
    """Read an input that fits in memory."""
    if size > place.limits.input_bytes:
        yield _too_large(file, place, media_type, size)
        return
    data = file.read(place.limits.input_bytes + 1)
    sha256 = hashlib.sha256(data).hexdigest()
    own = Input(uri=place.uri, sha256=sha256, size=len(data), media_type=media_type)
    if not data:
        yield Found(input=own, container=place.container, error=DocumentError("read", "empty", "0 bytes"))
        return
    if media_type not in READERS:
        detail = f"{media_type}: expected text, HTML, Markdown, JSON, or an archive of them"
        yield Found(
            input=own,
            container=place.container,
            error=DocumentError("read", "unsupported media type", detail),
        )
        return
    try:
        reads = readings(data, media_type, place.fields)
    except DocumentError as error:
        yield Found(input=own, container=place.container, error=error)
        return
    if not isinstance(reads, list):
        yield Found(input=own, container=place.container, read=reads)
        return
    for number, read in enumerate(reads, start=1):
        record = f"{sha256}#{number}".encode()
        uri = f"{place.uri}#{number}"
        seen = Input(uri=uri, sha256=hashlib.sha256(record).hexdigest(), size=0, media_type=media_type)
        yield Found(input=seen, container=place.uri, read=read)
    yield Found(input=own, container=place.container)


def _json_lines(file: IO[bytes], place: _Place) -> Iterator[Found]:
    """Read one record a line, in memory bounded by the longest line."""
    total, size, number = hashlib.sha256(), 0, 0
    while line := file.readline(place.limits.input_bytes):
        total.update(line)
        size += len(line)
        if not line.strip():
            continue
        number += 1
        sha256 = hashlib.sha256(line.strip()).hexdigest()
        seen = Input(uri=f"{place.uri}#{number}", sha256=sha256, size=len(line), media_type=media_types.JSON)
        yield Found(input=seen, container=place.uri, read=partial(read_json_line, line, place.fields))
    own = Input(uri=place.uri, sha256=total.hexdigest(), size=size, media_type=media_types.JSON_LINES)
    yield Found(input=own, container=place.container)


def _gunzip(file: IO[bytes], place: _Place, size: int) -> Iterator[Found]:
    name = place.name.removesuffix(".gz").removesuffix(".GZ")
    name = name.removesuffix(".tgz") + ".tar" if name.endswith(".tgz") else name
    inner = _Place(place.uri, name, place.container, place.depth + 1, place.limits, place.fields)
    if place.depth >= place.limits.depth:
        yield _failed(place, file, media_types.GZIP, DocumentError("read", "nested too deep", _depth(place)))
        return
    packed_sha = _sha_of(file)
    try:
        data = _read_capped(gzip.GzipFile(fileobj=file), place, max(size, 1))
    except DocumentError as error:
        yield _failed(place, file, media_types.GZIP, error)
    except _BROKEN_ARCHIVE as error:
        why = DocumentError("read", "damaged archive", _line(error))
        yield _failed(place, file, media_types.GZIP, why)
    else:
        for found in _unpack(io.BytesIO(data), inner, len(data)):
            if found.input.uri != place.uri:
                yield found
                continue
            own = Input(uri=place.uri, sha256=packed_sha, size=size, media_type=found.input.media_type)
            yield Found(input=own, container=found.container, read=found.read, error=found.error)


def _archive(file: IO[bytes], place: _Place, size: int, media_type: str) -> Iterator[Found]:
    """Stream the members of an archive; nothing is written to the disk."""
    if place.depth >= place.limits.depth:
        yield _failed(place, file, media_type, DocumentError("read", "nested too deep", _depth(place)))
        return
    own = Input(uri=place.uri, sha256=_sha_of(file), size=size, media_type=media_type)
    members = _zip_members if media_type == media_types.ZIP else _tar_members
    error: DocumentError | None = None
    try:
        yield from members(file, place, size)
    except DocumentError as stopped:
        error = stopped
    except _BROKEN_ARCHIVE as broken:
        error = DocumentError("read", "damaged archive", _line(broken))
    yield Found(input=own, container=place.container, error=error)


def _zip_members(file: IO[bytes], place: _Place, size: int) -> Iterator[Found]:
    budget = _Budget(place.limits, size)
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            inside = _member(place, budget.counted(member.filename))
            if member.flag_bits & 1:
                yield _refused(
                    inside, DocumentError("read", "encrypted", "the archive member needs a password")
                )
            elif member.external_attr >> 16 & 0o170000 not in (0, 0o100000):
                yield _refused(
                    inside, DocumentError("read", "not a regular file", "link or device in an archive")
                )
            else:
                yield from _read_member(
                    lambda m=member: archive.open(m), inside, budget, max(member.compress_size, 1)
                )


def _tar_members(file: IO[bytes], place: _Place, size: int) -> Iterator[Found]:
    budget = _Budget(place.limits, size)
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for member in archive:
            if member.isdir():
                continue
            inside = _member(place, budget.counted(member.name))
            if not member.isfile():
                yield _refused(
                    inside, DocumentError("read", "not a regular file", "link or device in an archive")
                )
            else:
                yield from _read_member(lambda m=member: archive.extractfile(m), inside, budget, size)


class _Budget:
    """What an archive may still unfold to."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits, self.members = limits, 0
        self._names: Counter[str] = Counter()
        self.bytes_left = min(limits.archive_bytes, max(packed * limits.ratio, limits.ratio_floor))

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
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise DocumentError(
                "read", "archive too large", "unpacks to more than its size allows: a decompression bomb?"
            )


def _read_member(opened, inside: _Place, budget: _Budget, packed: int) -> Iterator[Found]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Read one member whole; what is wrong with it costs itself alone."""
    try:
        with opened() as member:
            data = _read_capped(member, inside, packed)
    except DocumentError as error:
        yield _refused(inside, error)
        return
    except _BROKEN_ARCHIVE as error:
        yield _refused(inside, DocumentError("read", "damaged archive member", _line(error)))
        return
    budget.spend(len(data))
    yield from _unpack(io.BytesIO(data), inside, len(data))


def _read_capped(file: IO[bytes] | gzip.GzipFile, place: _Place, packed: int) -> bytes:
    cap = min(place.limits.input_bytes, max(packed * place.limits.ratio, place.limits.ratio_floor))
    chunks, total = [], 0
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        total += len(chunk)
        if total > cap:
            raise DocumentError("read", "too large", f"unpacks to more than {cap:,} bytes")
    return b"".join(chunks)


def _member(place: _Place, name: str) -> _Place:
    container = place.container or place.uri
    return _Place(f"{place.uri}!/{name}", name, container, place.depth + 1, place.limits, place.fields)


def _refused(place: _Place, error: DocumentError) -> Found:
    return Found(input=Input(uri=place.uri, sha256="", size=0), container=place.container, error=error)


def _failed(place: _Place, file: IO[bytes], media_type: str, error: DocumentError) -> Found:
    sha256 = _sha_of(file)
    size = file.seek(0, io.SEEK_END)
    own = Input(uri=place.uri, sha256=sha256, size=size, media_type=media_type)
    return Found(input=own, container=place.container, error=error)


def _too_large(file: IO[bytes], place: _Place, media_type: str, size: int) -> Found:
    limit = place.limits.input_bytes
    return _failed(
        place, file, media_type, DocumentError("read", "too large", f"{size:,} bytes, the limit is {limit:,}")
    )


def _sha_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest


def _depth(place: _Place) -> str:
    return f"archives within archives, more than {place.limits.depth} deep"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
