"""Print all tables of cleaning for a folder of labelled data: `python -m bench.cleaning FOLDER`."""

import argparse
import subprocess
import sys
from pathlib import Path

from bench.rows import labelled_files


def main() -> int:
    """Run the benchmarks of lines, glued sentences and web pages, each on its files in the folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    options = parser.parse_args()
    folder, every = str(options.folder), ["--every", str(options.every)]
    runs = [
        ["bench.lines", folder, *every],
        *(["bench.glue", str(path)] for path in labelled_files(options.folder, "glue")),
        ["bench.html", folder, *every],
    ]
    codes = []
    for run in runs:
        print(f"\n{' '.join(run)}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", *run], check=False).returncode)  # noqa: S603
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
