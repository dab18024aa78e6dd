"""What the README shows is what happens, and it names every command."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSION = re.search(r"```console\n(.*?)```", README, re.DOTALL)[1]


def shown():
    """Yield (command, output) of the session in the README."""
    for part in re.split(r"^\$ ", SESSION, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def lines(text):
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.end_to_end
def test_the_session_in_the_readme_is_real(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "MONITOR"))}
    environment = kept | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}
    for command, output in shown():
        program, *arguments = shlex.split(command)
        assert program == "monitor"
        done = subprocess.run(
            [sys.executable, "-c", "from monitor.cli import main; main()", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200, check=True,
        )  # fmt: skip
        assert lines(done.stdout) == lines(output), command


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command):
    assert f"monitor {command}" in README
