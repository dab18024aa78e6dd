"""Languages of the texts of a labelled file: `langid FILE [--out PREDICTIONS] [--confidence]`.

One line a text: its engine code, or its BCP 47 tag where no engine serves it, or `und`; with `--confidence`
JSON with the confidence, the method and every language at or above 12 % of the letters.
"""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from bench.rows import read_rows
from monitor.detection import Detector
from monitor.languages import Language, argos_code
from monitor.models import LanguageProfile


def main(argv: list[str]) -> int:
    """Write one prediction a line."""
    parser = argparse.ArgumentParser(prog="bench.predict langid", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--confidence", action="store_true", help="write JSON records with the confidence")
    options = parser.parse_args(argv)
    detector = Detector()
    with options.out.open("w", encoding="utf-8") if options.out else nullcontext(sys.stdout) as out:
        for row in read_rows(options.file):
            profile = detector.profile([line for line in row["text"].split("\n") if line.strip()])[1]
            print(_record(profile) if options.confidence else _code(profile.main.language), file=out)
    return 0


def _record(profile: LanguageProfile) -> str:
    """Return everything known about a text as one line of JSON."""
    main = profile.main
    languages = [main.language, *(language for language, _ in profile.others)]
    return json.dumps(
        {
            "language": _code(main.language),
            "confidence": round(main.confidence, 5),
            "method": main.method,
            "languages": sorted(map(_code, languages)),
            "second_opinion": profile.second_opinion,
        }
    )


def _code(language: Language) -> str:
    """Return the engine's code of a language, or its tag."""
    return argos_code(language) or str(language)
