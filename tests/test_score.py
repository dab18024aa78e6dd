"""The learned score puts a good translation above a damaged one, in languages it knows and in others."""

import zlib
from pathlib import Path

import numpy as np
import pytest
from bench.train_quality.packing import packed
from bench.translation_quality import worst_tenth
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.languages import TABLE
from monitor.translation.quality import Rendering, article_quality, judge, judge_all
from monitor.translation.scoring import lexicon
from monitor.translation.scoring.accents import SLOTS, slots_of
from monitor.translation.scoring.features import NAMES, features_of
from monitor.translation.scoring.lexicon import Asked, Lexicon, lexicon_features
from monitor.translation.scoring.model import shipped_score, unpacked
from monitor.translation.scoring.ragged import Rows

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
    sentence = ("Das ist gut.", "That is good.", "de")
    assert features_of(shipped_score().sources, [sentence]).shape == (1, len(NAMES))


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(["de", "zh", "und"])), min_size=1, max_size=6))
def test_features_are_the_same_alone_and_among_others(sentences):
    sources = shipped_score().sources
    alone = np.concatenate([features_of(sources, [sentence]) for sentence in sentences])
    np.testing.assert_allclose(features_of(sources, sentences), alone, rtol=1e-5, atol=1e-5)


@given(TEXT, TEXT)
def test_letter_groups_fill_the_slots_that_zlib_says(source, output):
    def expected(before, text, width):
        groups = {(before + text[at : at + width]) for at in range(len(text) - width + 1)}
        return sorted({zlib.crc32(group.encode("utf-8", "surrogatepass")) % SLOTS for group in groups})

    *_, there, here = slots_of([("", "", "xx"), (source, output, "de")], [([], []), ([], [])])
    assert there[0].tolist() == expected("de", source, 3)
    assert here[0].tolist() == expected("", output, 4)
    assert {*there[1].tolist(), *here[1].tolist()} <= {1}


def test_rows_are_summed_each_for_itself():
    rows, figures = Rows([2, 0, 3]), np.array([1.0, 2.0, 9.0, 4.0, 5.0])
    assert rows.sums(figures).tolist() == [3.0, 0.0, 18.0]
    assert rows.means(figures).tolist() == [1.5, 0.0, 6.0]
    assert rows.least(figures, np.array([1, 1, 2])).tolist() == [1.0, 0.0, 4.5]
    assert rows.places.tolist() == [0, 1, 0, 1, 2]


def test_a_lexicon_counts_who_answers_whom():
    tables = Lexicon(
        source=np.array([10, 20], np.uint32),
        start=np.array([0, 2, 3], np.int32),
        english=np.array([0, 1, 1], np.uint16),
        chance=np.array([0.5, 0.25, 0.75], np.float32),
        vocabulary=np.array([100, 200], np.uint32),
        usual=np.array([0.01, 0.02], np.float32),
        content=np.array([True, True]),
    )
    nothing = {"there": Rows([1, 2, 0]), "here": Rows([0, 2, 1]), "content": np.ones(3, bool)}
    asked = Asked(
        source=np.array([10, 10, 20], np.uint32), output=np.array([200, 300, 200], np.uint32), **nothing
    )
    empty, found, unasked = lexicon_features(tables, asked)
    assert not empty.any()
    assert not unasked.any()
    named = dict(zip(lexicon.NAMES, found.tolist(), strict=True))
    assert named["best"] == pytest.approx(0.75 / 2)  # the word 300 answers nothing
    assert named["some_content"] == 0.5
    assert named["covered"] == pytest.approx((0.25 / 0.75 + 0.75 / 0.75) / 2)
    assert (named["asked"], named["missed"], named["missed_share"]) == (2.0, 1.0, 0.5)
    assert named["known"] == 1.0
    assert named["sure"] == pytest.approx((0.5 + 0.75) / 2)


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
