"""Print all tables of cleaning for a folder of labelled data: `python -m bench.cleaning FOLDER`."""

import subprocess
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Run the benchmarks of lines, glued sentences and web pages, each on its files in the folder."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    runs = [
        ["bench.lines", argv[0]],
        *(["bench.glue", str(path)] for path in sorted(Path(argv[0]).glob("*glue*.jsonl*"))),
        ["bench.html", argv[0]],
    ]
    codes = []
    for module, argument in runs:
        print(f"\n{module} {argument}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", module, argument], check=False).returncode)  # noqa: S603
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
