"""Unfold gzip, bzip2 and xz as a stream, so that a list or an archive within may be larger than memory."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import IO

from monitor.errors import DocumentError
from monitor.readers import media_types
from monitor.readers.inputs import DAMAGE, Found, Place, Unpack, damaged

_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".gz": "", ".bz2": "", ".xz": ""}


def gunzip(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the inputs of a gzip file; the one text in it is the file itself."""
    return _unfold(media_types.GZIP, file, place, unpack)


def bunzip(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the inputs of a bzip2 file."""
    return _unfold(media_types.BZIP2, file, place, unpack)


def unxz(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the inputs of an xz file."""
    return _unfold(media_types.XZ, file, place, unpack)


def _unfold(media_type: str, file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    own = place.own(file, media_type)
    error = place.too_deep()
    if not error:
        inner = replace(place, name=_inner_name(place.name), depth=place.depth + 1, packed=own)
        try:
            yield from unpack(io.BufferedReader(_Unfolded(media_type, file, place), _BUFFER), inner)
        except DocumentError as stopped:
            error = stopped
        except DAMAGE as broken:
            error = damaged(broken)
        else:
            return
    yield place.found(own, error=error)


_BUFFER = media_types.HEAD_BYTES
_LIBRARIES: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    media_types.GZIP: lambda file: gzip.GzipFile(fileobj=file),  # type: ignore[dict-item, return-value]
    media_types.BZIP2: bz2.BZ2File,
    media_types.XZ: lzma.LZMAFile,
}


class _Unfolded(io.RawIOBase):
    """What a compressed file unfolds to; raises DocumentError where that is more than the limits allow."""

    def __init__(self, media_type: str, file: IO[bytes], place: Place) -> None:
        self._stream = _LIBRARIES[media_type](file)
        self._cap = self._left = place.limits.unfolded(place.size, place.limits.archive_bytes)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill the buffer as long as there is anything to fill it with."""
        filled = 0
        while filled < len(buffer) and (chunk := self._stream.read(len(buffer) - filled)):
            buffer[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        self._left -= filled
        if self._left < 0:
            raise DocumentError("read", "too large", f"unpacks to more than {self._cap:,} bytes")
        return filled


def _inner_name(name: str) -> str:
    suffix = PurePath(name).suffix
    inner = _SUFFIXES.get(suffix.lower())
    return name if inner is None else name.removesuffix(suffix) + inner
