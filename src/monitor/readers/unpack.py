"""Open a file and hand out every input in it: itself, the members of an archive, the records of a list."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from monitor.errors import DocumentError
from monitor.limits import Limits
from monitor.models import Input
from monitor.readers import archives, compressed, lists, media_types, warc
from monitor.readers.fields import DEFAULT_FIELDS, FieldNames, Read, Records
from monitor.readers.formats import READABLE, readings
from monitor.readers.inputs import Found, Opening, Place

# What holds several inputs; anything else is read whole.
OPENINGS: dict[str, Opening] = {
    media_types.GZIP: compressed.gunzip,
    media_types.BZIP2: compressed.bunzip,
    media_types.XZ: compressed.unxz,
    media_types.ZIP: archives.zip_members,
    media_types.TAR: archives.tar_members,
    media_types.WARC: warc.records,
    media_types.JSON_LINES: lists.json_lines,
    media_types.CSV: lists.csv_rows,
}


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
    place = Place(uri=uri, name=path.name, size=0, limits=limits or Limits(), fields=fields)
    try:
        with open(path, "rb", opener=_open) as file:  # a path's own has no opener
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                yield place.refused("not a regular file", "it has become something else")
                return
            for found in _unpack(file, replace(place, size=before.st_size)):
                own = found.input.uri == uri
                yield _stamped(found, mtime_ns, _is_as(before, file)) if own else found
    except OSError as error:
        why = DocumentError("read", "unreadable", error.strerror or type(error).__name__)
        yield Found(input=Input(uri=uri, sha256="", size=0, mtime_ns=mtime_ns), error=why)


def unpack_bytes(
    data: bytes,
    uri: str,
    name: str = "",
    *,
    limits: Limits | None = None,
    fields: FieldNames = DEFAULT_FIELDS,
) -> Iterator[Found]:
    """Yield every input in bytes that came from elsewhere than a file, such as standard input."""
    place = Place(uri=uri, name=name, size=len(data), limits=limits or Limits(), fields=fields)
    yield from _unpack(io.BytesIO(data), place)


def _open(path: str, flags: int) -> int:
    """Open a file without waiting for a writer, should a pipe stand there by now."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_as(before: os.stat_result, file: IO[bytes]) -> bool:
    """Whether an open file has neither grown nor shrunk nor been written to."""
    now = os.fstat(file.fileno())
    return (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _stamped(found: Found, mtime_ns: int | None, is_whole: bool) -> Found:  # noqa: FBT001
    """Give the file's own input its time, or refuse it where what was read may be half of one text, half of another."""
    if is_whole:
        return replace(found, input=replace(found.input, mtime_ns=mtime_ns))
    why = DocumentError(
        "read", "changed while it was read", "something writes to it; the next run reads it again"
    )
    return replace(found, read=None, error=why)


def _unpack(file: IO[bytes], place: Place) -> Iterator[Found]:
    media_type = media_types.media_type_of(media_types.first_bytes(file), place.name)
    opening = OPENINGS.get(media_type)
    return opening(file, place, _unpack) if opening else _whole(file, place, media_type)


def _whole(file: IO[bytes], place: Place, media_type: str) -> Iterator[Found]:
    """Read an input that fits in memory."""
    limit = place.limits.input_bytes
    data = file.read(limit + 1)
    if len(data) > limit:
        size = f"unpacks to more than {limit:,} bytes" if place.packed else f"{place.size:,} bytes"
        why = DocumentError("read", "too large", f"{size}, the limit is {limit:,}")
        yield place.found(place.own(file, media_type), error=why)
        return
    seen = Input(
        uri=place.uri, sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type
    )
    own = replace(place.packed, media_type=media_type) if place.packed else seen
    try:
        reads = _readings(data, media_type, place)
    except DocumentError as error:
        yield place.found(own, error=error)
        return
    if not isinstance(reads, list):
        yield place.found(own, read=reads)
        return
    for number, (sha256, read) in enumerate(reads, start=1):
        each = Input(
            uri=f"{place.uri}#{number}", sha256=sha256, size=0, media_type=media_type, is_listed=True
        )
        yield Found(input=each, container=place.uri, read=read)
    yield place.found(own)


def _readings(data: bytes, media_type: str, place: Place) -> Read | Records:
    """Return what reads the documents; raises DocumentError where there is nothing to read."""
    if not data:
        raise DocumentError("read", "empty", "0 bytes")
    if media_type not in READABLE:
        raise DocumentError(
            "read",
            "unsupported media type",
            f"{media_type}: expected text, HTML, Markdown, JSON, CSV, a feed, or an archive of them",
        )
    return readings(data, media_type, place.fields, url=place.url)
