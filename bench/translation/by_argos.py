"""Translate articles one by one with Argos's own function, in a process of its own; called by the benchmark.

`python -m bench.translation.by_argos PACKAGE ARTICLES RESULTS`: JSON lists of texts in and out, and CPU seconds.
"""

import json
import sys
import time
from pathlib import Path

from argostranslate import package, translate


def main(archive: str, articles: str, results: str) -> None:
    """Install, warm up on the first article, translate all, write texts and seconds."""
    package.install_from_path(Path(archive))
    texts = json.loads(Path(articles).read_text("utf-8"))
    translate.translate(texts[0][:200], "es", "en")
    begun = time.process_time()
    found = [translate.translate(text, "es", "en") for text in texts]
    seconds = time.process_time() - begun
    Path(results).write_text(json.dumps({"texts": found, "seconds": seconds}), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
