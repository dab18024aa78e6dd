"""Read and write files of one JSON object a line, plain or compressed."""

import gzip
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open}


def opened(path: str | Path) -> IO[bytes]:
    """Open a file, compressed or not; end the command with a line where that is impossible."""
    try:
        file: IO[bytes] = OPENERS.get(Path(path).suffix, open)(path, "rb")
    except OSError as error:
        sys.exit(f"{path}: {error.strerror or error}")
    return file


def read_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a `.jsonl`, `.jsonl.gz` or `.jsonl.xz` file."""
    with opened(path) as file:
        yield from map(json.loads, file)  # which takes half a surrogate pair, as msgspec does not


def labelled_files(folder: Path, kind: str) -> list[Path]:
    """Return the folder's files of labelled `kind`, as their names say it; end the command where there is none."""
    found = sorted(folder.glob(f"*{kind}*.jsonl*"))
    if not found:
        sys.exit(f"{folder}: no file there is named *{kind}*.jsonl, .jsonl.gz or .jsonl.xz")
    return found


def write_rows(rows: Iterable[Mapping[str, Any]], path: str | None) -> None:
    """Write objects, one a line, to a file or to standard output."""
    text = "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    if path is None:
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, encoding="utf-8")
