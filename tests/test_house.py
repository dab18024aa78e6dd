"""The house rules that lint and types cannot say alone: fences fire, and imports point one way."""

import ast
import doctest
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from bench.mutations import GUARDS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "monitor"
# A room may import from the rooms before it, never from one after it.
ORDER = [
    [
        "errors",
        "languages",
        "models",
        "terminal",
        "identity",
        "progress",
        "wire",
        "workers",
        "staff",
        "limits",
        "one_at_a_time",
        "forest",
    ],
    ["cleaning", "detection"],
    ["readers", "walk", "corpus", "translation"],
    ["prepare", "frames", "tally", "settings"],
    ["worker", "worker_pool", "warehouse"],
    ["pipeline"],
    ["config"],
    ["cli"],
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("duckdb", "pipeline.py"),
        ("prefect", "pipeline.py"),
        ("click", "config.py"),
        ("rich", "pipeline.py"),
        ("trafilatura", "prepare.py"),
        ("langdetect", "prepare.py"),
        ("argostranslate", "config.py"),
        ("ctranslate2", "pipeline.py"),
        ("ftfy", "cleaning/lines.py"),
    ],
)
def test_a_library_outside_its_room_is_a_lint_error(library, room):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", f"src/monitor/{room}", "-"],
        input=f"import {library}\n", cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"`{library}` is banned" in done.stdout


ROOMS = {
    "duckdb": ("warehouse/",), "prefect": (), "click": ("cli/",), "rich": ("cli/",), "trafilatura": ("readers/html",),
    "langdetect": ("detection/",), "argostranslate": ("translation/",), "ctranslate2": ("translation/",),
    "ftfy": ("cleaning/typography",), "sqlite3": ("warehouse/search_index", "warehouse/search_file"),
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_is_known_to_its_room_alone(path):
    place = str(path.relative_to(SOURCE))
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    assert [name for name in names & set(ROOMS) if not place.startswith(ROOMS[name] or ("nowhere",))] == []


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("monitor."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "monitor":
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path):
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room not in RANK:
        return
    later = {other for other in imported_rooms(path) if RANK.get(other, -1) > RANK[room]}
    assert later == set()


def test_nothing_is_pickled():
    signs = ("import pickle", "import joblib", "import marshal", "import shelve", "allow_pickle=True")
    found = [
        str(path)
        for folder in ("src", "flows", "bench")
        for path in (ROOT / folder).rglob("*.py")
        if any(sign in path.read_text(encoding="utf-8") for sign in signs)
    ]
    assert found == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.what)
def test_a_guard_that_is_taken_away_to_see_a_test_fail_is_where_the_list_says(guard):
    assert guard.text in (ROOT / guard.file).read_text("utf-8")
    assert (ROOT / guard.test.partition("::")[0]).exists()


def test_the_lock_file_holds_every_dependency_with_hashes():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    lock = (ROOT / "requirements.lock").read_text()
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}==\S+ \\\n +--hash=sha256:", lock, re.MULTILINE), name


@pytest.mark.parametrize(
    "path",
    sorted(path for path in SOURCE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")),
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_the_examples_in_docstrings_hold(path):
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed
