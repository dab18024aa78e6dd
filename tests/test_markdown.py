"""Markdown is read without its markup, and what stands before it gives the metadata."""

from datetime import UTC, datetime

import pytest

from monitor.readers.markdown import read_markdown

FERRY = "The night ferry to Osmund sails again from Friday, the harbour office said on its notice board."
MATTERS = {
    "YAML": '---\ntitle: "Ferry: again"\nauthor: [Ada Holm, Bo Lind]\ndate: 2026-03-01\nurl: https://o.example/1\n---\n',
    "TOML": '+++\ntitle = "Ferry: again"\nauthor = ["Ada Holm", "Bo Lind"]\ndate = 2026-03-01\nurl = "https://o.example/1"\n+++\n',
}


@pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_is_metadata_and_no_text(matter, line_end):
    document = read_markdown(f"{matter}\n{FERRY}\n".replace("\n", line_end).encode())
    metadata = document.metadata
    assert document.text == FERRY
    assert (metadata.title, metadata.authors) == ("Ferry: again", ("Ada Holm", "Bo Lind"))
    assert (metadata.url, metadata.published_at) == ("https://o.example/1", datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("matter", ["---\ntitle: [\n---\n", "+++\ntitle = \n+++\n"])
def test_broken_front_matter_costs_no_text(matter):
    assert read_markdown(f"{matter}\n# Ferry\n\n{FERRY}".encode()).metadata.title == "Ferry"


def test_markup_goes_and_what_it_marks_stays():
    paragraphs = (
        f"# Ferry\n\n{FERRY} *Soon* at [the pier](https://x.example).\n\n> Quoted\n\n- One\n- Two\n\n"
    )
    source = paragraphs + "| a | b |\n|---|---|\n| c | d |\n"
    assert read_markdown(source.encode()).text.splitlines() == [
        f"{FERRY} Soon at the pier.", "Quoted", "One", "Two", "a", "b", "c", "d",
    ]  # fmt: skip
