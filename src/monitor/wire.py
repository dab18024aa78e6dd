"""How records travel between processes: a length, then MessagePack of one record."""

import struct
from typing import IO, TypeVar

import msgspec

_LENGTH = struct.Struct("<I")
_MOST_BYTES = 1 << 30  # a length beyond it is rubbish, not an article; nothing is allocated for it
_Frame = TypeVar("_Frame")


class Rubbish(EOFError):
    """What came is no frame of the kind expected; whoever sent it cannot be trusted further."""


def write_frame(stream: IO[bytes], record: object) -> None:
    """Send one record."""
    data = msgspec.msgpack.encode(record)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes], kind: type[_Frame]) -> _Frame | None:
    """Receive one record; None when the other side has closed. Raises EOFError on half a frame, Rubbish on another."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    if size > _MOST_BYTES:
        raise Rubbish(f"announced {size:,} bytes")
    body = stream.read(size)
    if len(head) < _LENGTH.size or len(body) < size:
        raise EOFError("half a frame")
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Rubbish(f"sent what cannot be read: {error}") from error
