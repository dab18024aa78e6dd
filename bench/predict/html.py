"""Predict the main text of labelled web pages with the reader that `ingest` uses.

The passes of `monitor.cleaning`, which `ingest` runs afterwards, are left out: on texts that this reader gives
they change little (F1 -.001), and the score is the reader's alone.
"""

import argparse

from bench.rows import read_rows, write_rows
from monitor.errors import DocumentError
from monitor.readers.html import read_html


def address(page: dict[str, str]) -> str | None:
    """Return the page's address where the label file has one, not a bare domain."""
    url = page.get("url")
    return url if url and "://" in url else None


def predict(page: dict[str, str]) -> str:
    """Return the text of a page, the empty string where the reader finds none."""
    try:
        return read_html(page["html"].encode("utf-8", "replace"), url=address(page)).text
    except DocumentError:
        return ""


def main(argv: list[str]) -> int:
    """Write {"id", "text"} a line for each page of the file."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict html", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out")
    options = parser.parse_args(argv)
    write_rows(({"id": page["id"], "text": predict(page)} for page in read_rows(options.file)), options.out)
    return 0
