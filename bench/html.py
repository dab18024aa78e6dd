"""Compare how well and how fast main text is found in web pages: `python -m bench.html FOLDER`.

FOLDER holds labelled pages in files *html*.jsonl, plain, .xz or .gz. Prints F1 over runs of four tokens by set (mean
precision and mean recall of the pages), pages left empty, and time in one process beside trafilatura's default. Then on
how many of the pages whose metadata give a moment of publication our day in UTC is the day that stands there.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import justext
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from bench.html_scores import score_of, shingles, summed
from bench.predict.html import predict
from bench.readability_text import readability_text
from bench.rows import labelled_files, read_rows
from monitor.readers.html import read_html

Page = dict[str, str]
_STOPLISTS = {"de": "German", "el": "Greek", "pl": "Polish", "ru": "Russian", "en": "English"}
_STATED_META = re.compile(
    r"""<meta[^>]+(?:property|name|itemprop)=["']?(?:article:published_time|datePublished)["']?[^>]*>""",
    re.IGNORECASE,
)
_STATED_CONTENT = re.compile(r"""content=["'](\d{4}-\d\d-\d\d)""", re.IGNORECASE)
_STATED_JSON = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')


class Result(NamedTuple):
    """One system's scores by set and its seconds a page."""

    name: str
    scores: dict[str, tuple[float, float, float, int]]
    seconds: float


def _trafilatura(**options: bool) -> Callable[[Page], str]:
    return lambda page: trafilatura.extract(page["html"], **options) or ""


def _readability(page: Page) -> str:
    return readability_text(page["html"]) or ""


def _resiliparse(page: Page) -> str:
    return str(extract_plain_text(page["html"], main_content=True, alt_texts=False))


def _justext(page: Page) -> str:
    stoplist = justext.get_stoplist(_STOPLISTS.get(page.get("lang") or "en", "English"))
    paragraphs = justext.justext(page["html"].encode(), stoplist, encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


SYSTEMS: dict[str, Callable[[Page], str]] = {
    "trafilatura": _trafilatura(),
    "trafilatura, no comments": _trafilatura(include_comments=False),
    "trafilatura fast": _trafilatura(fast=True),
    "trafilatura precision": _trafilatura(favor_precision=True, include_comments=False),
    "trafilatura recall": _trafilatura(favor_recall=True),
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "jusText": _justext,
    "monitor": predict,
}


def measured(name: str, labelled: Sequence[Page]) -> Result:
    """Run one system over all pages."""
    system = SYSTEMS[name]
    system(labelled[0])  # what is loaded once is not counted
    start = time.process_time()
    texts = [system(page) for page in labelled]
    seconds = (time.process_time() - start) / len(labelled)
    scores = (
        (page["source"], score_of(shingles(page["gold"]), text))
        for page, text in zip(labelled, texts, strict=True)
    )
    return Result(name, summed(scores), seconds)


def stated_day(page: Page) -> str | None:
    """Return the day that a page's metadata give, as it stands there; the year 1 is a program's way to say none."""
    tag = _STATED_META.search(page["html"])
    found = (_STATED_CONTENT.search(tag[0]) if tag else None) or _STATED_JSON.search(page["html"])
    return found[1] if found and found[1] > "0002" else None


def print_days(labelled: Sequence[Page]) -> None:
    """Print how often the day of publication is right."""
    stated = [(page, day) for page in labelled if (day := stated_day(page))]
    right = sum(
        (at := read_html(page["html"].encode("utf-8", "replace"), url=page.get("url")).metadata.published_at)
        is not None
        and at.date().isoformat() == day
        for page, day in stated
    )
    print(f"day of publication: right on {right} of the {len(stated)} pages that state one; bar 95 %")


def main() -> int:
    """Print the table for a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.html", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    options = parser.parse_args()
    files = labelled_files(options.folder, "html")
    labelled = [page for path in files for page in read_rows(path)][:: options.every]
    results = [measured(name, labelled) for name in options.only]
    sets = list(results[0].scores)
    print(f"{len(labelled)} pages", " " * 13, *(f"{name:>8}" for name in sets), "   empty  ms/page   time")
    for result in results:
        figures = " ".join(f"{result.scores[name][2]:8.4f}" for name in sets)
        ratio = result.seconds / results[0].seconds
        print(
            f"{result.name:25} {figures} {result.scores['all'][3]:8} {1000 * result.seconds:8.1f} {ratio:6.2f}"
        )
    print_days(labelled)
    return 0


if __name__ == "__main__":
    sys.exit(main())
