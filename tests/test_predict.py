"""Predictions for anyone's scorer come for every labelled line of a file, whatever it holds."""

import json
from pathlib import Path

import pytest
from bench.predict.__main__ import KINDS, main
from bench.rows import labelled_files

HALF = "Half of an emoji \ud83d stands in this sentence, which says something about the harbour."
PLACE = {"lang": None, "win": [0, 0], "txt": [0, 0], "labels": []}
ODD = {
    "lines": [
        {**PLACE, "id": "none", "lines": []},
        {**PLACE, "id": "blank", "txt": [0, 3], "lines": ["", "\x00", "\u200b"]},
        {**PLACE, "id": "half", "txt": [0, 1], "lines": [HALF]},
    ],
    "glue": [
        {"id": "none", "text": ""},
        {"id": "blank", "text": "\x00\n\u200b"},
        {"id": "half", "text": HALF},
    ],
    "html": [
        {"id": "none", "html": ""},
        {"id": "blank", "html": "\x00", "url": "http://[half/"},
        {"id": "half", "html": f"<p>{HALF}</p>", "url": "example.com"},
    ],
}


@pytest.mark.parametrize("kind", ODD)
def test_empty_broken_and_odd_rows_are_predicted_like_others(kind: str, tmp_path: Path) -> None:
    file, out = tmp_path / "odd.jsonl", tmp_path / "predicted.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ODD[kind]), encoding="utf-8")
    assert main([kind, str(file), "--out", str(out)]) == 0
    predicted = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in predicted] == ["none", "blank", "half"]


def test_a_line_that_is_not_asked_for_is_not_predicted(tmp_path: Path) -> None:
    file, out = tmp_path / "lines.jsonl", tmp_path / "predicted.jsonl"
    lines = [
        "Home",
        "The council met on Monday and voted for the new bridge, its chair said.",
        "Advertisements",
    ]
    file.write_text(json.dumps({**PLACE, "id": "a", "txt": [1, 3], "lines": lines}), encoding="utf-8")
    main(["lines", str(file), "--out", str(out)])
    assert json.loads(out.read_text(encoding="utf-8")) == {"id": "a", "keep": [1, 0]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_there_is_said_in_a_line(kind: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"missing\.jsonl: No such file"):
        main([kind, str(tmp_path / "missing.jsonl"), "--out", str(tmp_path / "out")])


def test_a_folder_without_labelled_files_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no file there is named \*lines\*\.jsonl"):
        labelled_files(tmp_path, "lines")
