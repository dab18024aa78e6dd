"""Measure checks and score of translations: `python -m bench.translation_quality FOLDER/translations.dev.jsonl.gz`.

Prints how well the score tells each language's worst tenth by sentence chrF from the rest (area under the
curve), how many wrong numbers are flagged, and how often references are flagged. References that convert miles to
kilometres or add a number differ from their source; source and output alone cannot tell that. Of sentences that
the score was trained on, the curve says nothing: training prints what cross-validation found. Needs sacrebleu.
"""

import sys
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.rows import read_rows

WORST = 0.1


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415 - of the bench extra

    return CHRF()


def sentence_chrf(output: str, reference: str) -> float:
    """Return sacrebleu's sentence chrF2, from 0 to 100."""
    return float(_chrf().sentence_score(output, [reference]).score)


def worst_tenth(truth: NDArray[np.float64], score: NDArray[Any]) -> float:
    """Return the chance that a sentence of the worst tenth by `truth` scores below one of the rest."""
    bad = truth <= np.quantile(truth, WORST)
    order = np.argsort(score, kind="stable")
    _, inverse, sizes = np.unique(score[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    ranks = np.empty(len(score))
    ranks[order] = (ends - (sizes - 1) / 2)[inverse]
    good = int((~bad).sum())
    return float((ranks[~bad].sum() - good * (good + 1) / 2) / (good * bad.sum()))


def main(argv: list[str]) -> int:
    """Print the table."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(read_rows(argv[0]))
    print_scores(found)
    print_flags(found)
    return 0


def print_scores(found: list[dict[str, Any]]) -> None:
    """Print the areas under the curve."""
    from monitor.translation.scoring.model import shipped_score  # noqa: PLC0415 - as above

    chrf = np.array([sentence_chrf(row["argos"], row["reference"]) for row in found])
    asked = [(row["source"], row["argos"], row["lang"]) for row in found]
    score = np.array(shipped_score().ask(asked))
    languages = np.array([row["lang"] for row in found])
    each = {
        code: worst_tenth(chrf[languages == code], score[languages == code])
        for code in sorted(set(languages))
    }
    print(f"{'worst tenth, area under the curve':40} {worst_tenth(chrf, score):.3f}")
    print(f"{'mean of the languages':40} {np.mean(list(each.values())):.3f}, least {min(each.values()):.3f}")
    print(" ".join(f"{code} {value:.2f}" for code, value in each.items()))


def print_flags(found: list[dict[str, Any]]) -> None:
    """Print which share of wrong numbers, outputs and references is flagged."""
    from monitor.translation.checks import numbers  # noqa: PLC0415 - as above
    from monitor.translation.quality import Rendering, flags_of  # noqa: PLC0415 - as above

    def flagged(row: dict[str, Any], output: str) -> tuple[str, ...]:
        return flags_of(Rendering(source=row["source"], output=output, source_language=row["lang"]))

    outputs = [flagged(row, row["argos"]) for row in found]
    references = [flagged(row, row["reference"]) for row in found]
    wrong = [
        bool(numbers.unmatched(Rendering(source=row["reference"], output=row["argos"], source_language="en")))
        for row in found
    ]
    alike = [numbers.FLAG not in flags for flags in references]
    for name, chosen in (
        ("numbers differ from the reference's", wrong),
        ("  where these agree with the source's", [a and b for a, b in zip(wrong, alike, strict=True)]),
    ):
        caught = [numbers.FLAG in flags for flags, bad in zip(outputs, chosen, strict=True) if bad]
        print(f"{name:40} {len(caught)}, flagged {np.mean(caught):.1%}")
    print(f"{'references flagged for their numbers':40} {1 - np.mean(alike):.1%}")
    print(f"{'outputs flagged':40} {np.mean([bool(flags) for flags in outputs]):.1%}")
    print(f"{'references flagged':40} {np.mean([bool(flags) for flags in references]):.1%}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
