"""Predict the main text of labelled web pages with the reader that `ingest` uses.

The passes of `monitor.cleaning`, which `ingest` runs afterwards, are left out: on texts that this reader gives
they change little (F1 -.001), and the score is the reader's alone.
"""

import argparse
import gzip
import json
import lzma
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from monitor.errors import DocumentError
from monitor.readers.html import read_html

_OPENERS: dict[str, Callable[..., IO[str]]] = {".gz": gzip.open, ".xz": lzma.open}


def pages(path: Path) -> Iterator[dict[str, str]]:
    """Yield the labelled pages of a JSON-lines file, compressed or not."""
    with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def address(page: dict[str, str]) -> str | None:
    """Return the page's address where the label file has one, not a bare domain."""
    url = page.get("url")
    return url if url and urlsplit(url).scheme else None


def predict(page: dict[str, str]) -> str:
    """Return the text of a page, the empty string where the reader finds none."""
    try:
        return read_html(page["html"].encode("utf-8", "replace"), url=address(page)).text
    except DocumentError:
        return ""


def main(argv: list[str]) -> int:
    """Write {"id", "text"} a line for each page of the file."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict html", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=argparse.FileType("w", encoding="utf-8"), default=sys.stdout)
    options = parser.parse_args(argv)
    for page in pages(options.file):
        options.out.write(json.dumps({"id": page["id"], "text": predict(page)}, ensure_ascii=False) + "\n")
    return 0
