"""Read lists of articles a record at a time: JSON lines, and tables in CSV."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO

from monitor.errors import DocumentError
from monitor.models import Document, Input
from monitor.readers import media_types
from monitor.readers.encoding import decode, stated_or_likely_encoding
from monitor.readers.fields import FieldNames, document_from
from monitor.readers.inputs import Found, Place, Unpack, with_itself
from monitor.readers.json_records import read_json_line

_DELIMITERS = ",;\t|"
_STATED_DELIMITER = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)  # Excel's own first line
_BEGUN, _ENDED = re.compile(r'(?m)(?:^|\t)"(?!"(?!"))'), re.compile(r'(?m)"(?=\t|\r?$)')
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")  # encodings that no byte of ASCII is itself in
_EMPTY = DocumentError("read", "empty", "no row below the names of the columns")
_TEXTS = ("text", "html")  # the parts of which a table must have a column


def json_lines(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield one record a line, in memory bounded by the longest line; the list itself last."""
    del unpack
    encoding = stated_or_likely_encoding(media_types.first_bytes(file))
    own = place.own(file, media_types.JSON_LINES) if place.packed or encoding in _WIDE else None
    if encoding in _WIDE:
        file = codecs.EncodedFile(file, "utf-8", encoding, "replace")
    total, size, number = hashlib.sha256(), 0, 0
    while line := file.readline(place.limits.input_bytes):
        total.update(line)
        size += len(line)
        if not line.strip():
            continue
        number += 1
        sha256 = hashlib.sha256(line.strip()).hexdigest()
        uri = f"{place.uri}#{number}"
        seen = Input(uri=uri, sha256=sha256, size=len(line), media_type=media_types.JSON, is_listed=True)
        yield Found(input=seen, container=place.uri, read=partial(read_json_line, line, place.fields))
    read = Input(uri=place.uri, sha256=total.hexdigest(), size=size, media_type=media_types.JSON_LINES)
    yield place.found(own or read)


def csv_rows(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield one record a row of a table whose first row names the columns; the table itself last.

    Names count whatever their case. A row with more cells than there are columns is a reject: its text may have
    been cut at a delimiter that nobody quoted.
    """
    del unpack
    own = place.own(file, media_types.CSV)
    csv.field_size_limit(place.limits.input_bytes)
    rows = _rows(file, place)
    return with_itself(place, own, rows, empty=_EMPTY, damage=(csv.Error,), what="broken table")


def _rows(file: IO[bytes], place: Place) -> Iterator[Found]:
    head = media_types.first_bytes(file)
    encoding = stated_or_likely_encoding(head)
    # bytes that do not fit stay visible and are read again, cell by cell
    broken = "replace" if encoding in _WIDE else "surrogateescape"
    text = io.TextIOWrapper(file, encoding, broken, newline="")
    try:
        first = text.readline(media_types.HEAD_BYTES)
        stated = _STATED_DELIMITER.fullmatch(first)
        first = text.readline(media_types.HEAD_BYTES) if stated else first
        delimiter = stated[1] if stated else max(_DELIMITERS, key=first.count)
        lone = delimiter == "\t" and _has_lone_quotes(head, encoding)
        columns = _columns(next(csv.reader([first], delimiter=delimiter), []), place.fields)
        cut = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE if lone else csv.QUOTE_MINIMAL)
        for number, row in enumerate(filter(None, cut), start=1):
            cells = [_mended(cell, encoding) for cell in row]
            sha256 = hashlib.sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
            seen = Input(
                uri=f"{place.uri}#{number}", sha256=sha256, size=sum(map(len, cells)), is_listed=True
            )
            yield Found(
                input=seen, container=place.uri, read=partial(_read_row, columns, cells, place.fields)
            )
    finally:
        text.detach()  # the file is not ours to close


def _has_lone_quotes(head: bytes, encoding: str) -> bool:
    """Return whether more cells begin with a quotation mark than end with one: then they quote nothing."""
    text = head.decode(encoding, "replace")
    begun, ended = len(_BEGUN.findall(text)), len(_ENDED.findall(text))
    return begun > ended + (len(head) >= media_types.HEAD_BYTES)  # the last one may be cut


def _columns(header: Sequence[str], fields: FieldNames) -> list[str]:
    """Return the header with the names that we know written as we know them."""
    known = {name.casefold(): name for names in fields.values() for name in names}
    columns = [known.get(name.strip().casefold(), name.strip()) for name in header]
    if not any(name in columns for part in _TEXTS for name in fields.get(part, ())):
        wanted = ", ".join(name for part in _TEXTS for name in fields.get(part, ()))
        raise DocumentError(
            "read", "no text column", f"the first row is {', '.join(columns)[:200]}; expected one of {wanted}"
        )
    return columns


def _read_row(columns: Sequence[str], cells: Sequence[str], fields: FieldNames) -> Document:
    if len(cells) > len(columns):
        raise DocumentError("read", "broken row", f"{len(cells)} cells, the first row has {len(columns)}")
    return document_from(dict(zip(columns, cells, strict=False)), fields)


def _mended(cell: str, encoding: str) -> str:
    """Read the bytes of a cell anew where they did not fit the encoding of the table."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return decode(cell.encode(encoding, "surrogateescape"))
    return cell
