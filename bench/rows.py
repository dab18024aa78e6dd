"""Read and write files of one JSON object a line, plain or compressed."""

import gzip
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open}


def read_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a `.jsonl`, `.jsonl.gz` or `.jsonl.xz` file."""
    with OPENERS.get(Path(path).suffix, open)(path, "rb") as file:
        for line in file:
            yield msgspec.json.decode(line)


def write_rows(rows: Iterable[Mapping[str, Any]], path: str | None) -> None:
    """Write objects, one a line, to a file or to standard output."""
    text = "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    if path is None:
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, encoding="utf-8")
