"""Read labelled files of articles and headlines."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.in_memory import Made
from bench.rows import read_rows


def options(kind: str, description: str, argv: list[str]) -> argparse.Namespace:
    """Return the options `file` and `out` of a predictor."""
    parser = argparse.ArgumentParser(prog=f"bench.predict {kind}", description=description)
    parser.add_argument("file")
    parser.add_argument("--out")
    return parser.parse_args(argv)


def read_articles(path: str) -> Iterator[Made]:
    """Yield the articles of a file of objects with id and title or text; a translation stands for the text."""
    for row in read_rows(path):
        milliseconds = row.get("published_at_ms")
        yield Made(
            article_id=row["id"],
            title=row.get("title"),
            text=row.get("text") or "",
            translation=row.get("argos_en"),
            language=row.get("lang", "en"),
            source_id=row.get("source"),
            published_at=None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC),
        )
