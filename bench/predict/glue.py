"""Predict where labelled texts have lost what stood between two sentences."""

import argparse

from bench.rows import read_rows, write_rows
from monitor.cleaning.glue import find_glue


def main(argv: list[str]) -> int:
    """Write {"id", "splits"} a line for each text of the file: offsets in the text as it was given."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict glue", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out")
    arguments = parser.parse_args(argv)
    rows = (
        {"id": row["id"], "splits": [edit.start for edit in find_glue(row["text"])]}
        for row in read_rows(arguments.file)
    )
    write_rows(rows, arguments.out)
    return 0
