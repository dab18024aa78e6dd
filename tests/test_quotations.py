"""Quotations and their speakers, by the conventions of each language."""

from pathlib import Path

import msgspec
import pytest

from monitor.corpus.quotations import quotations
from monitor.languages import Language

CASES = msgspec.yaml.decode((Path(__file__).parent / "cases/quotations.yaml").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text'][:30]}")
def test_what_is_quoted_is_found_with_the_speaker_that_the_sentence_names(case):
    found = quotations(case["text"], Language(case["language"]))
    assert [[quotation.text, quotation.speaker] for quotation in found] == case["quotes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_the_offsets_of_a_quotation_point_at_its_words(case):
    text = f"An earlier line with an open “ mark.\n{case['text']}"
    for quotation in quotations(text, Language(case["language"])):
        assert text[quotation.start : quotation.end] == quotation.text


def test_a_mark_that_is_never_closed_quotes_nothing_and_hides_nothing_behind_it():
    found = quotations('“An open mark and no end.\n"We open in May again," said Maria Lopez.', Language("en"))
    assert [quotation.speaker for quotation in found] == ["Maria Lopez"]
