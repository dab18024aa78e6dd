"""Paragraphs get back on one line and stand once; lists, poems, headings and addresses stay."""

import pytest
from cleaning_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.cleaning.edits import apply_edits, undo_edits
from monitor.cleaning.layout import rejoin

lines = st.lists(st.text("ab-. \n\u4e2d-*1", max_size=70) | st.just("word " * 14), max_size=12).map("\n".join)


def rejoined(text):
    edits = rejoin(text)
    assert undo_edits(apply_edits(text, edits), edits) == text
    return apply_edits(text, edits)


@pytest.mark.parametrize(("text", "expected"), cases("layout", "in_the_wild"))
def test_broken_paragraphs_seen_in_the_wild_are_mended(text, expected):
    assert rejoined(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("layout", "must_not_change"))
def test_breaks_that_mean_something_stay(text, expected):
    assert rejoined(text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), cases("layout", "known_failures"))
def test_known_failures_are_still_failures(text, expected):
    assert rejoined(text) == expected


@given(st.one_of(st.text(), lines))
def test_any_text_is_rejoined_without_an_error_and_can_be_rebuilt(text):
    rejoined(text)
