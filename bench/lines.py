"""Compare what tells content lines from boilerplate in plain text: `python -m bench.lines FOLDER`.

FOLDER holds labelled pages in files *lines*.jsonl, plain or .gz; the text view of each page is judged by itself. Prints
F1 over characters, the part of the noise lines that are removed, the part of the content characters that are lost,
and lines a second in one process. The model was trained on lines_dev: only other files say how good it is.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import justext
import numpy as np

from bench.line_figures import character_f1
from bench.predict.lines import scraped
from bench.rows import labelled_files, read_rows
from monitor.cleaning.lines import judge_lines
from monitor.cleaning.options import CleaningOptions, Mode

Judge = Callable[[Sequence[str]], Sequence[bool]]
_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "”", "»", '"')
_LONG = 40


def _everything(lines: Sequence[str]) -> list[bool]:
    return [True] * len(lines)


def _unrepeated(lines: Sequence[str]) -> list[bool]:
    often = Counter(lines)
    return [often[line] == 1 for line in lines]


def _long_sentences(lines: Sequence[str]) -> list[bool]:
    return [len(line) >= _LONG and line.rstrip().endswith(_ENDS) for line in lines]


def _justext(lines: Sequence[str]) -> list[bool]:
    """Give each line to jusText as a paragraph of a page, in its way that needs no language."""
    page = "".join(f"<p>{number} {_escaped(line)}</p>" for number, line in enumerate(lines))
    found = justext.justext(page.encode(), frozenset(), stopwords_low=0, stopwords_high=0, encoding="utf-8")
    kept = {int(part.text.split(" ", 1)[0]) for part in found if not part.is_boilerplate}
    return [number in kept for number in range(len(lines))]


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")


def _ours(mode: Mode) -> Judge:
    options = CleaningOptions(mode=mode)
    return lambda lines: [verdict.keep for verdict in judge_lines(lines, options=options)]


JUDGES: dict[str, Judge] = {
    "keep everything": _everything,
    "drop what repeats": _unrepeated,
    "long, with a stop": _long_sentences,
    "jusText": _justext,
    "monitor, rules": _ours("rules"),
    "monitor, careful": _ours("careful"),
    "monitor, strict": _ours("strict"),
}


def figures(pages: Sequence[dict[str, Any]], judge: Judge) -> Iterator[str]:
    """Yield the cells of a judge's row."""
    views = [scraped(page) for page in pages]
    judge(views[0])  # what is loaded once is not counted
    start = time.process_time()
    kept = np.array([keep for view in views for keep in judge(view)], bool)
    seconds = time.process_time() - start
    labels = np.array([label for page in pages for label in page["labels"][slice(*page["txt"])]])
    lengths = np.array([len(line) for view in views for line in view])
    english = np.repeat([page["lang"] == "en" for page in pages], [len(view) for view in views])
    scored, noise, content = labels >= 0, labels == 0, labels == 1
    for part in (scored, scored & ~english):
        yield f"{character_f1(labels[part], lengths[part], kept[part]):.4f}"
    yield f"{(noise & ~kept).sum() / max(noise.sum(), 1):.3f}"
    yield f"{lengths[content & ~kept].sum() / max(lengths[content].sum(), 1):.4f}"
    yield f"{len(kept) / max(seconds, 1e-9):,.0f}"


def main() -> int:
    """Print a table for each labelled file of a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.lines", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=JUDGES, default=list(JUDGES))
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    options = parser.parse_args()
    heads = ("F1", "F1 not en", "noise removed", "content lost", "lines/s")
    for path in labelled_files(options.folder, "lines"):
        pages = list(read_rows(path))[:: options.every]
        print(f"{path.name:20}" + "".join(f"{head:>15}" for head in heads))
        for name in options.only:
            print(f"{name:20}" + "".join(f"{cell:>15}" for cell in figures(pages, JUDGES[name])), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
