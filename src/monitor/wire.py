"""How records travel between processes: a length, then MessagePack of one record."""

import struct
from typing import IO, TypeVar

import msgspec

_LENGTH = struct.Struct("<I")
_Frame = TypeVar("_Frame")


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
