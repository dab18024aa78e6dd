"""The frames that go between monitor and its worker processes: a length, then MessagePack of one record."""

import struct
from dataclasses import dataclass, field
from typing import IO, TypeVar

import msgspec

from monitor.cleaning import CleaningOptions
from monitor.detection.detector import Method
from monitor.models import Metadata, Processed
from monitor.readers.unpack import Limits

_LENGTH = struct.Struct("<I")
_Frame = TypeVar("_Frame")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """What a worker is told once, before its first task. `memory_bytes` caps its address space where it can be."""

    cleaning: CleaningOptions = field(default_factory=CleaningOptions)
    detector: Method = "monitor"
    limits: Limits = field(default_factory=Limits)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    learned: dict[str, frozenset[str]] = field(default_factory=dict)
    memory_bytes: int = 4 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read one file, or the bytes in `data`, and leave out its first `skip` inputs.

    `path` is the file's name in the file system's own bytes. `given` is what the user said of it.
    """

    uri: str
    path: bytes = b""
    mtime_ns: int | None = None
    data: bytes | None = None
    skip: int = 0
    given: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An input that begins, or what became of it; `done` after a file; empty once, when the worker is ready."""

    begins: Processed | None = None
    processed: Processed | None = None
    done: bool = False


def write_frame(stream: IO[bytes], record: object) -> None:
    """Send one record."""
    data = msgspec.msgpack.encode(record)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes], kind: type[_Frame]) -> _Frame | None:
    """Receive one record; None when the other side has closed. Raises EOFError on half a frame, or on rubbish."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    body = stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise EOFError(str(error)) from error
