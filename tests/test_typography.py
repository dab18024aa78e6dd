"""Characters are mended: mojibake, invisible marks, odd spaces, broken accents; words are not touched."""

import pytest
from cleaning_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.cleaning.edits import apply_edits, undo_edits
from monitor.cleaning.typography import mend

odd = st.text(
    st.sampled_from(
        "aÃ©â€™\u00ad\u200b\u200c\u200d\u0301\u3099か한\u1112\u1161 \t\n\r\u2028"
        "&#;38\x1b[m\x92\ufb01\ufeff\ud83d\ude00\u202e"
    )
)


def mended(text):
    edits = mend(text)
    assert undo_edits(apply_edits(text, edits), edits) == text
    return apply_edits(text, edits)


@pytest.mark.parametrize(("text", "expected"), cases("typography", "in_the_wild"))
def test_damage_seen_in_the_wild_is_mended(text, expected):
    assert mended(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("typography", "must_not_change"))
def test_what_a_script_or_an_emoji_needs_stays(text, expected):
    assert mended(text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), cases("typography", "known_failures"))
def test_known_failures_are_still_failures(text, expected):
    assert mended(text) == expected


@given(st.one_of(st.text(st.characters(codec=None)), odd))
def test_any_text_is_mended_without_an_error_and_can_be_rebuilt(text):
    result = mended(text)
    assert not any("\ud800" <= character <= "\udfff" for character in result)


@given(odd)
def test_mending_comes_to_rest(text):
    stable = mended(mended(mended(text)))
    assert mended(stable) == stable


def test_edits_say_which_rule_made_them():
    assert [(edit.removed, edit.inserted, edit.rule) for edit in mend("schÃ¶n\u00a0\ufeff!")] == [
        ("Ã¶", "ö", "typography:mojibake"),
        ("\u00a0", " ", "typography:space"),
        ("\ufeff", "", "typography:invisible"),
    ]
