"""Group the articles of a file into stories: one `{"id", "story"}` a line."""

import argparse
from datetime import UTC, datetime
from typing import Any

from bench.rows import read_rows, write_rows
from monitor.corpus.stories import Clipping, group


def main(argv: list[str]) -> int:
    """Read headlines or articles, the Argos translation standing for the text where there is one."""
    parser = argparse.ArgumentParser(prog="bench.predict stories", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out")
    options = parser.parse_args(argv)
    stories = group([_clipping(row) for row in read_rows(options.file)])
    write_rows(
        ({"id": member.article_id, "story": story.story_id} for story in stories for member in story.members),
        options.out,
    )
    return 0


def _clipping(row: dict[str, Any]) -> Clipping:
    text = row.get("argos_en") or "\n".join(filter(None, (row.get("title"), row.get("text"))))
    at = datetime.fromtimestamp(row.get("published_at_ms", 0) / 1000, UTC)
    return Clipping(article_id=row["id"], text=text, at=at)
