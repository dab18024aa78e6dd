"""Glued sentences are parted with the mark that is missing; names, abbreviations and figures are left alone."""

from pathlib import Path

import pytest
from cleaning_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.cleaning.cleaner import clean
from monitor.cleaning.edits import apply_edits, undo_edits
from monitor.cleaning.glue import find_glue
from monitor.cleaning.glue_evidence import NAMES, Context, evidence
from monitor.cleaning.glue_letters import table
from monitor.cleaning.glue_places import find_places
from monitor.cleaning.options import CleaningOptions

SEED = next((Path(__file__).parents[1] / "seeds").glob("001_*.txt"))
PARTED = (
    "China. The",
    "products. This",
    "trajectory. Apple",
    "Jack Ma. Ma,",
    "broke. Reflecting",
    "success. He",
    "happenstance. Since",
    "approach. In",
    "short. Reports",
    "efforts. The",
    "capabilities. For",
    "data. This",
    "demands. The",
    "adoption. Meanwhile",
    "beneficial. Additionally",
    "sense. Following",
    "partnership. For",
    "battle. As",
    "brands. Therefore",
    "converge. The",
)
jumble = st.lists(
    st.sampled_from(
        [
            "the",
            "The",
            "iPhone",
            ".",
            "!",
            '"',
            "»",
            "“",
            " ",
            "\n",
            "5",
            "U.S",
            "Ω",
            "ў",
            "Ўз",
            "है।",
            "ب",
            "։Ա",
        ]
    )
).map("".join)


def parted(text):
    edits = find_glue(text)
    result = apply_edits(text, edits)
    assert undo_edits(result, edits) == text
    return result


@pytest.mark.parametrize(("text", "expected"), cases("glue", "in_the_wild"))
def test_glued_sentences_seen_in_the_wild_are_parted(text, expected):
    assert parted(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("glue", "must_not_change"))
def test_names_abbreviations_and_figures_are_left_alone(text, expected):
    assert parted(text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), cases("glue", "known_failures"))
def test_known_failures_are_still_failures(text, expected):
    assert parted(text) == expected


def test_all_twenty_glued_sentences_of_the_second_seed_are_parted_and_nothing_else():
    text = SEED.read_text("utf-8")
    result = parted(text)
    assert len(find_glue(text)) == len(PARTED) == 20
    assert [pair for pair in PARTED if pair not in result] == []


def test_cleaning_parts_sentences_after_the_boilerplate_is_gone():
    assert "within China. The collaboration" in clean(SEED.read_text("utf-8")).text
    glued_still = clean(SEED.read_text("utf-8"), options=CleaningOptions(rules_off=frozenset({"glue"}))).text
    assert "within ChinaThe collaboration" in glued_still


def test_each_edit_says_what_was_missing_and_how_sure_it_is():
    text = "The bridge was closed on Monday after the flood.Police asked drivers to go round by the old mill."
    (edit,) = find_glue(text)
    assert (edit.start, edit.removed, edit.inserted, edit.rule) == (48, "", " ", "glue:space")
    assert 0.8 < edit.confidence <= 1


def test_a_joined_form_that_the_text_repeats_is_a_name():
    once = "The town council met the owners of the new mill RiverHe said the plans for the mill were good."
    again = once + " RiverHe is the name of the company. RiverHe was founded last year, and RiverHe is small."
    assert find_glue(again) == []


@given(st.one_of(st.text(), jumble))
def test_any_text_is_parted_without_an_error_and_can_be_rebuilt(text):
    parted(text)


def test_every_figure_of_the_evidence_has_a_name():
    text = "The bridge was closed on MondayPolice asked drivers to go round."
    (place,) = find_places(text)
    assert len(evidence(Context(text, [place], table()), place)) == len(NAMES)
