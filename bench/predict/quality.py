"""Score translations: `python -m bench.predict quality FILE` writes one score in [0, 1] a line, higher is better.

FILE has a JSON object a line with `lang`, `source` and `argos`, the translation into English; nothing else is read.
"""

import argparse
import sys
from pathlib import Path

from bench.rows import read_rows
from monitor.languages import from_argos
from monitor.translation.quality import Rendering, judge_all


def main(argv: list[str]) -> int:
    """Write the scores to stdout, or to the file after `--out`."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict quality", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--out")
    parser.add_argument(
        "--flags", action="store_true", help="after each score and a tab, with commas between"
    )
    options = parser.parse_args(argv)
    judged = judge_all(
        [
            Rendering(source=row["source"], output=row["argos"], source_language=from_argos(row["lang"]))
            for row in read_rows(options.file)
        ]
    )
    lines = [f"{one.quality:.6f}" + ("\t" + ",".join(one.flags) if options.flags else "") for one in judged]
    text = "\n".join([*lines, ""])
    if options.out:
        Path(options.out).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
