"""Write predictions for a labelled file: `python -m bench.predict KIND FILE [--out PREDICTIONS]`."""

import importlib
import sys

KINDS: dict[str, str] = {
    "langid": "bench.predict.langid",
    "quality": "bench.predict.quality",
    "html": "bench.predict.html",
    "glue": "bench.predict.glue",
    "lines": "bench.predict.lines",
    "stories": "bench.predict.stories",
    "duplicates": "bench.predict.duplicates",
}


def main(argv: list[str]) -> int:
    """Call the predictor of the kind that the first argument names with the other arguments."""
    if not argv or argv[0] not in KINDS:
        print(__doc__, f"KIND is one of: {', '.join(sorted(KINDS))}", sep="\n", file=sys.stderr)
        return 2
    result: int = importlib.import_module(KINDS[argv[0]]).main(argv[1:])
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
