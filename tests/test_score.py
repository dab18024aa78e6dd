"""The learned score puts a good translation above a damaged one, in languages it knows and in others."""

from pathlib import Path

import numpy as np
import pytest
from bench.train_quality.packing import packed
from bench.translation_quality import worst_tenth
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.languages import TABLE
from monitor.translation.quality import Rendering, article_quality, judge, judge_all
from monitor.translation.scoring.features import NAMES, features_of
from monitor.translation.scoring.model import shipped_score, unpacked

CASES = Path(__file__).parent / "cases" / "quality" / "good.tsv"
GOOD = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()]
UNRELATED = (
    "The hooze of green marmalade slept under its own quarter, and nobody of the of the boats answered."
)
TEXT = st.text(st.sampled_from("a1 .,Thé万ا'\"<>\ud800") | st.characters(), max_size=80)


@pytest.mark.parametrize(("language", "source", "output"), GOOD)
def test_a_good_translation_scores_above_a_cut_a_mixed_up_and_an_unrelated_one(language, source, output):
    words = output.rstrip(".").split()
    damaged = [" ".join(words[:3]) + ".", " ".join(words[::-1]) + ".", UNRELATED]
    good, *bad = judge_all(
        [Rendering(source=source, output=text, source_language=language) for text in (output, *damaged)]
    )
    assert not good.flags
    assert good.quality > max(each.quality for each in bad)


@settings(deadline=None)
@given(TEXT, TEXT, st.sampled_from([*TABLE, "und"]))
def test_the_score_of_any_text_lies_between_nothing_and_one(source, output, language):
    judged = judge(Rendering(source=source, output=output, source_language=language))
    assert 0.0 <= judged.quality <= 1.0


def test_a_sentence_scores_the_same_alone_and_among_others():
    asked = [(source, output, language) for language, source, output in GOOD]
    together = shipped_score().ask(asked)
    assert together == pytest.approx([shipped_score().ask([one])[0] for one in asked], abs=1e-6)


def test_the_score_is_the_same_after_packing():
    score = shipped_score()
    asked = [(source, output, language) for language, source, output in GOOD]
    assert unpacked(packed(score)).ask(asked) == pytest.approx(score.ask(asked), abs=0.02)


def test_every_feature_has_a_name():
    assert len(features_of(shipped_score().sources, "Das ist gut.", "That is good.", "de")) == len(NAMES)


def test_a_model_that_was_unsure_lowers_the_quality():
    language, source, output = GOOD[0]
    scores = (-0.3, -1.4, -3.0)
    judged = [
        judge(Rendering(source=source, output=output, source_language=language, model_score=s))
        for s in scores
    ]
    assert judged[0].quality > judged[1].quality > judged[2].quality


def test_other_targets_than_english_are_judged_by_their_flags():
    fine = Rendering(
        source="The house is old.", output="Das Haus ist alt.", source_language="en", target_language="de"
    )
    empty = Rendering(source="The house is old.", output="", source_language="en", target_language="de")
    assert judge(fine).quality > judge(empty).quality == 0.0


def test_an_article_is_as_good_as_its_sentences_by_their_length():
    assert article_quality([(1.0, 30), (0.5, 10)]) == pytest.approx(0.875)
    assert article_quality([]) is None


def test_the_area_under_the_curve_counts_ties_half():
    truth = np.arange(20.0)
    assert worst_tenth(truth, truth) == 1.0
    assert worst_tenth(truth, -truth) == 0.0
    assert worst_tenth(truth, np.zeros(20)) == 0.5
