"""How well and how fast languages are identified: `python -m bench.language LABELLED.jsonl.gz [--slow]`.

Prints accuracy by length and kind of noise beside other identifiers, speed as a multiple of langdetect's, how
often monitor is right at each stated confidence, what langdetect's agreement is worth, and what the first call
takes. The labelled file is the one that `bench.language.train` reads; where the shipped model was trained on it,
`--folds` (the folder that training filled) has each text judged by the model that has not seen its document.
"""

import argparse
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.language.held_out import is_right, print_by_kind, profiles_of
from bench.language.labelled import Text, read_texts
from bench.language.systems import Identify, monitor_text, systems
from monitor.languages import TARGETS, Language
from monitor.models import LanguageProfile

_BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)
_ROUNDS = 3
_LENGTHS = ("headline", "sentence", "paragraph", "document")
_FIRST_CALL = """
import resource, time
start = time.perf_counter()
from monitor.detection import Detector
Detector().profile(["Die Regierung hat am Montag einen Entwurf vorgelegt.", "Tak, men ikke i dag."])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
print(f"first call, imports included: {time.perf_counter() - start:.2f} s, {peak:.0f} MB")
"""


def main(argv: list[str]) -> int:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="bench.language", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--sample", type=int, default=1500, help="texts of each kind to time and to ask others about"
    )
    parser.add_argument("--slow", action="store_true", help="lingua too")
    parser.add_argument("--folds", type=Path, help="models made without a fold each, from the training")
    options = parser.parse_args(argv)
    subprocess.run([sys.executable, "-c", _FIRST_CALL], check=True)  # noqa: S603
    texts = read_texts(options.file)
    kinds = list(dict.fromkeys(text.kind for text in texts))
    chooser = random.Random(11)
    samples = {
        kind: _sample([text for text in texts if text.kind == kind], options.sample, chooser)
        for kind in kinds
    }
    _compare(samples, slow=options.slow)
    profiles = profiles_of(texts, options.folds)
    print(f"\nmonitor on all texts, {'each unseen' if options.folds else 'as shipped'}, %")
    print_by_kind(texts, profiles)
    _reliability(texts, profiles)
    return 0


def _sample(texts: list[Text], size: int, chooser: random.Random) -> list[Text]:
    """Return at most so many texts."""
    return texts if len(texts) <= size else chooser.sample(texts, size)


def _compare(samples: dict[str, list[Text]], *, slow: bool) -> None:
    """Print accuracy of every system on every kind, then speed on every length."""
    print("\nmacro accuracy over the target languages, %")
    print(f"{'':12}", *(f"{kind[-12:]:>13}" for kind in samples))
    every = list(systems(slow=slow))
    for name, identify in every:
        rates = [_macro(texts, [identify(text.text) for text in texts]) for texts in samples.values()]
        print(f"{name:12}", *(f"{100 * rate:13.2f}" for rate in rates), flush=True)
    print("\nmilliseconds of processor time a text (as a multiple of langdetect's speed)")
    timed = [("detect", monitor_text), *every]
    for kind in _LENGTHS:
        few = [text.text for text in samples[kind] if text.language in TARGETS][:200]
        rounds = [{name: _seconds(identify, few) for name, identify in timed} for _ in range(_ROUNDS)]
        seconds = {name: min(one[name] for one in rounds) for name in rounds[0]}
        cells = [
            f"{name} {1000 * s / len(few):.3f} ({seconds['langdetect'] / s:.1f})"
            for name, s in seconds.items()
        ]
        print(f"{kind:10}", "  ".join(cells), flush=True)


def _seconds(identify: Identify, texts: Sequence[str]) -> float:
    """Return the processor time of one run over all texts: what else the machine does counts less in it."""
    start = time.process_time()
    for text in texts:
        identify(text)
    return time.process_time() - start


def _macro(texts: Sequence[Text], answers: Sequence[Language]) -> float:
    """Return the mean over target languages of the share of right answers; the two Chinese count as one."""
    right: dict[str, list[bool]] = defaultdict(list)
    for text, answer in zip(texts, answers, strict=True):
        if text.language in TARGETS and text.language != "sr-Latn":
            label = text.language.partition("-")[0]
            right[label].append(answer.partition("-")[0] == label and answer != "sr-Latn")
    return sum(sum(hits) / len(hits) for hits in right.values()) / max(len(right), 1)


def _reliability(texts: Sequence[Text], profiles: Sequence[LanguageProfile]) -> None:
    """Print how often monitor is right in each band of confidence, with and without langdetect's agreement."""
    bands: dict[tuple[float, str], list[bool]] = defaultdict(list)
    for text, profile in zip(texts, profiles, strict=True):
        if text.kind not in _LENGTHS:
            continue
        found, opinion = profile.main.language, profile.second_opinion
        agreement = "agrees" if opinion and opinion[:2] == found[:2] else "differs"
        low = max(band for band in _BANDS if band <= profile.main.confidence)
        for kind in (agreement, "all"):
            bands[low, kind].append(is_right(text, found))
    print("\nright answers by stated confidence, % (texts)   all, langdetect agrees, langdetect differs")
    for low, high in pairwise(_BANDS):
        cells = [bands[low, agreement] for agreement in ("all", "agrees", "differs")]
        shown = [
            f"{100 * sum(cell) / len(cell):7.2f} ({len(cell):5})" if cell else " " * 15 for cell in cells
        ]
        print(f"{low:5.3f} to {min(high, 1):5.3f}", *shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
