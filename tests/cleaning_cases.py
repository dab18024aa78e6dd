"""Read `cases/cleaning/PASS/REASON/*.json`: lists of {name, language, given, expected}."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases" / "cleaning"


def cases(which, reason):
    """Return the cases of one pass that are kept for one reason; without `expected`, nothing may change."""
    found = [
        pytest.param(
            case["given"], case.get("expected", case["given"]), id=f"{case['language']}: {case['name']}"
        )
        for file in sorted((FOLDER / which / reason).glob("*.json"))
        for case in json.loads(file.read_text("utf-8"))
    ]
    assert found or reason == "known_failures", f"no cases in {which}/{reason}"
    return found
