"""Score translations: `python -m bench.predict quality FILE` writes one score in [0, 1] a line, higher is better.

FILE has a JSON object a line with `lang`, `source` and `argos`, the translation into English; nothing else is read.
With `--flags` the flags follow the score after a tab, separated by commas.
"""

import sys
from pathlib import Path

from bench.train_quality.corpora import rows
from monitor.languages import from_argos
from monitor.translation.quality import Rendering, judge_all


def main(argv: list[str]) -> int:
    """Write the scores to stdout, or to the file after `--out`."""
    out = argv[argv.index("--out") + 1] if "--out" in argv else None
    judged = judge_all(
        [
            Rendering(source=row["source"], output=row["argos"], source_language=from_argos(row["lang"]))
            for row in rows(Path(argv[0]))
        ]
    )
    shown = "--flags" in argv
    lines = [f"{one.quality:.6f}" + ("\t" + ",".join(one.flags) if shown else "") for one in judged]
    text = "\n".join([*lines, ""])
    if out:
        Path(out).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
