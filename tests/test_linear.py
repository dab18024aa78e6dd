"""Every regular expression of cleaning takes linear time: pumped to a million characters, none explodes."""

import importlib
import pkgutil
import re
import time

import pytest

from monitor import cleaning
from monitor.cleaning import glue_places

# These try every start, and are only ever shown a few dozen characters.
SHOWN_LITTLE = {
    "PREFIX": "one word",
    "RUN_BACK": "LONGEST_NAME characters",
    "LEFT_WORD": "LONGEST_WORD characters",
    "HANDLE": "LONGEST_WORD characters",
    "SITE": "LONGEST_WORD characters",
    "DOMAIN": "NEAR characters",
    "TOKEN_START": "NEAR characters",
    "HYPHENATED": "one line of a text broken at a fixed width",
    "SENTENCE_END": "one line of a text broken at a fixed width",
}
MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.iter_modules(cleaning.__path__, "monitor.cleaning.")
]
UNITS = (
    "a",
    "aA",
    "a ",
    " ",
    "\n ",
    "a.",
    "1",
    "a-\n",
    '."',
    "&#3",
    "\x1b[0;",
    "\u00ad",
    "\ud83d",
    "e\u0301",
    "中",
    "।",
)
SIZE = 1_000_000
SLACK = 0.05  # seconds; below that the clock tells nothing


def expressions():
    found = {"pattern": glue_places.pattern()}
    for module in MODULES:
        found |= {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    return sorted((name, value) for name, value in found.items() if name not in SHOWN_LITTLE)


def spent(expression, text):
    """Return the processor seconds for all matches; a slow first match is enough to stop."""
    started = time.process_time()
    for _ in expression.finditer(text):
        pass
    return time.process_time() - started


def is_linear(expression, unit):
    """Compare the whole size with the half; a neighbour on the machine is no proof."""
    for _ in range(3):
        half, whole = (spent(expression, (unit * SIZE)[:size] + "\x00") for size in (SIZE // 2, SIZE))
        if whole <= 2.5 * half + SLACK:
            return True
    return False


@pytest.mark.parametrize(
    ("name", "expression"), expressions(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_time_at_most_doubles_and_a_half_when_the_text_doubles(name, expression):
    assert [unit for unit in UNITS if not is_linear(expression, unit)] == [], name
