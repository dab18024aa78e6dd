"""Predict which lines of labelled pages, in the form of a scraped text file, belong to the article."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, get_args

from bench.rows import read_rows, write_rows
from monitor.cleaning.cleaner import clean
from monitor.cleaning.options import CleaningOptions, Mode


def scraped(page: Mapping[str, Any]) -> Sequence[str]:
    """Return the page's lines as a scraped text file would have them: its `txt` view."""
    first, end = page["txt"]
    lines: Sequence[str] = page["lines"][first:end]
    return lines


def kept(lines: Sequence[str], options: CleaningOptions) -> Iterator[bool]:
    """Yield for each line whether anything of it is left in the article that cleaning makes of the lines."""
    cleaned = clean("\n".join(lines), options=options)
    left = bytearray(b"\1" * len(cleaned.raw))
    for edit in cleaned.edits:
        if not edit.inserted.strip():
            left[edit.start : edit.end] = bytes(edit.end - edit.start)
    end = -1
    for line in lines:
        start, end = end + 1, end + 1 + len(line)
        yield bool("".join(compress(line, left[start:end])).strip())


def main(argv: list[str]) -> int:
    """Write {"id", "keep"} a line for each page of the file: 1 or 0 for each line of its `txt` view."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict lines", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out")
    parser.add_argument("--mode", choices=get_args(Mode), default="careful")
    arguments = parser.parse_args(argv)
    options = CleaningOptions(mode=arguments.mode)
    rows = (
        {
            "id": page["id"],
            "keep": [int(keep) for keep in kept(scraped(page), options)],
        }
        for page in read_rows(arguments.file)
    )
    write_rows(rows, arguments.out)
    return 0
