"""Predict which lines of labelled pages, in the form of a scraped text file, belong to the article."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from bench.rows import read_rows, write_rows
from monitor.cleaning.lines import judge_lines
from monitor.cleaning.options import CleaningOptions, Mode


def scraped(page: Mapping[str, Any]) -> Sequence[str]:
    """Return the page's lines as a scraped text file would have them: its `txt` view."""
    first, end = page["txt"]
    lines: Sequence[str] = page["lines"][first:end]
    return lines


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
            "keep": [int(verdict.keep) for verdict in judge_lines(scraped(page), options=options)],
        }
        for page in read_rows(arguments.file)
    )
    write_rows(rows, arguments.out)
    return 0
