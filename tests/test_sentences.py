"""Sentences are found in every language, and no character is lost on the way."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.languages import TABLE
from monitor.translation.habits import habits_of
from monitor.translation.sentences import cut_long, split_sentences

CASES = Path(__file__).parent / "cases" / "sentences"
UNSPACED = {"zh", "zh-Hant", "ja"}
PARAGRAPHS = [
    pytest.param(file.stem, block.split("\n"), id=f"{file.stem}-{number}")
    for file in sorted(CASES.glob("*.txt"))
    for number, block in enumerate(file.read_text(encoding="utf-8").strip().split("\n\n"), 1)
]
TEXTS = st.text(
    st.sampled_from('aB1 .!?…。！？」「"“”)(’»«।؟۔;,\n\t\u00a0éदสあ漢') | st.characters(), max_size=200
)
LANGUAGES = st.sampled_from([*TABLE, "und", "xx"])


@pytest.mark.parametrize(("language", "sentences"), PARAGRAPHS)
def test_a_paragraph_is_split_where_its_author_split_it(language, sentences):
    text = ("" if language in UNSPACED else " ").join(sentences)
    assert [text[start:end] for start, end in split_sentences(text, language)] == sentences


def _faults(text, spans):
    """Spans that are empty, begin or end in white space, or reach into the next."""
    nexts = [start for start, _ in spans[1:]] + [len(text)]
    return [
        (start, end)
        for (start, end), after in zip(spans, nexts, strict=True)
        if not start < end <= after or text[start].isspace() or text[end - 1].isspace()
    ]


@given(TEXTS, LANGUAGES)
def test_every_character_that_is_not_space_lies_in_exactly_one_sentence_in_order(text, language):
    spans = split_sentences(text, language)
    assert not spans or not _faults(text, spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(TEXTS, st.integers(1, 40))
def test_a_long_sentence_is_cut_below_the_limit_and_loses_nothing(text, limit):
    spans = cut_long(text, limit)
    assert not spans or not _faults(text, spans)
    assert all(end - start <= limit for start, end in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_long_sentence_is_cut_at_its_clauses_before_its_commas_before_its_spaces():
    text = "The first clause is here, with a comma; the second clause follows, with another one."
    assert [text[a:b] for a, b in cut_long(text, 60)] == [
        "The first clause is here, with a comma;",
        "the second clause follows, with another one.",
    ]
    assert cut_long("one two three four", 10) == [(0, 7), (8, 18)]


def test_the_limit_counts_by_the_measure_that_the_model_uses():
    spans = cut_long("one two three four five six", 3, lambda piece: len(piece.split()))
    assert [b - a for a, b in spans] == [len("one two three"), len("four five six")]


def test_a_line_break_ends_a_sentence_whatever_stands_around_it():
    assert split_sentences("Dr.\nWeber\r\nund Sohn", "de") == [(0, 3), (4, 9), (11, 19)]


def test_an_unknown_language_gets_the_common_rules():
    assert split_sentences("Mr. X came. He left.", "xx") == split_sentences("Mr. X came. He left.", "en")


@pytest.mark.parametrize("code", [code for code, entry in TABLE.items() if entry.argos])
def test_every_language_that_can_be_translated_has_cases(code):
    stem = code if (CASES / f"{code}.txt").exists() else code.partition("-")[0]
    assert (CASES / f"{stem}.txt").exists()


@pytest.mark.parametrize("code", ["de", "ru", "vi", "tr", "el", "ar"])
def test_a_language_has_the_common_abbreviations_beside_its_own(code):
    assert habits_of(code).never > habits_of("common").never


@pytest.mark.parametrize(
    "piece", [".", "!", '."', "e.", "1.", "a. ", "」", "。", "[1]", " »", "A.", ". ", "…) "]
)
def test_a_hostile_row_of_marks_is_split_without_trying_everything(piece):
    text = piece * 20_000
    spans = split_sentences(text, "en")
    assert sum(len(re.sub(r"\s", "", text[a:b])) for a, b in spans) == len(re.sub(r"\s", "", text))
