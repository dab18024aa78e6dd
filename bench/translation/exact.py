"""How many sentences of their grammar the small models get exactly right: `python -m bench.translation.exact`.

Greedy, as Argos decodes (beam 4, length penalty .2), and by default: greedy, checked, flagged ones again.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.translation.clock import timed
from monitor.translation.checked import translate_checked
from monitor.translation.engine import AS_ARGOS, GREEDY, Decoding, Translator, parse_pair
from monitor.translation.gate import check_all
from monitor.translation.routes import find_route, open_route
from monitor.translation.store import Store

PACKAGES = Path(__file__).parents[2] / "tests" / "packages"


def main(argv: Sequence[str]) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.translation.exact", description=__doc__)
    parser.add_argument("--sentences", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=77)
    arguments = parser.parse_args(argv)
    print(f"{'pair':12} {'decoding':10} {'exact':>8} {'CPU s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for code in ("es", "de", "zh"):
            archive = PACKAGES / f"translate-{code}_en-1_0.argosmodel"
            store.install(archive, origin=code, trial=lambda _package: ("default", ""))
            report(code, open_route(find_route(parse_pair(f"{code}:en"), store)), arguments)
    return 0


def report(code: str, translator: Translator, arguments: argparse.Namespace) -> None:
    """Print the three rows of a pair."""
    sys.path.insert(0, str(PACKAGES / "make"))
    import grammar  # type: ignore[import-not-found]  # noqa: PLC0415  lies beside the packages

    chance = random.Random(f"{code}{arguments.seed}")
    lines = [grammar.sample_line(chance) for _ in range(arguments.sentences)]
    sources, references = [line[code] for line in lines], [line["en"] for line in lines]

    def best(decoding: Decoding) -> list[str]:
        return [first.text for first, *_ in translator.translate(sources, decoding)]

    ways = {
        "greedy": lambda: best(GREEDY),
        "as Argos": lambda: best(AS_ARGOS),
        "default": lambda: [one.text for one in translate_checked(translator, sources, check_all)],
    }
    for name, way in ways.items():
        found, seconds = timed(way)
        exact = sum(a == b for a, b in zip(found, references, strict=True)) / len(references)
        print(f"{translator.pair!s:12} {name:10} {exact:8.4f} {seconds:8.2f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
