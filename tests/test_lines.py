"""Boilerplate lines go, the article stays, and every removal can be undone."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from bench.predict.lines import kept
from cleaning_cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cleaning.cleaner import clean
from monitor.cleaning.edits import apply_edits, undo_edits
from monitor.cleaning.line_context import context
from monitor.cleaning.line_features import OWN, extents
from monitor.cleaning.line_marks import read_marks
from monitor.cleaning.line_model import content_scores, pack, shipped_model, unpack
from monitor.cleaning.line_packing import packed, unpacked
from monitor.cleaning.line_rules import line_key, parse_rules, shipped_phrases
from monitor.cleaning.line_stretch import stretch_features
from monitor.cleaning.line_trees import log_odds
from monitor.cleaning.line_vocabulary import subject_features, vocabulary_of
from monitor.cleaning.line_words import word_features
from monitor.cleaning.lines import KEPT, find_noise, judge_lines
from monitor.cleaning.options import CleaningOptions, Phrase
from monitor.config import make_cleaning
from monitor.errors import ConfigurationError
from monitor.forest import Forest
from monitor.settings import read_settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
NOISE = ["Advertisements", "- Stock Market Topics", "-", "20 comment", "Read Also: Something", "", "  "]


def seed(number: int) -> str:
    return next(SEEDS.glob(f"{number:03}_*.txt")).read_bytes().decode()


def removed_lines(text: str, **options) -> list[str]:
    return [edit.removed.strip("\n") for edit in find_noise(text, CleaningOptions(**options))]


def test_of_the_first_seed_only_the_read_also_line_goes():
    assert removed_lines(seed(0)) == [
        "Read Also: Meta Platforms Announces New Round of Layoffs in Africa, Europe, and Asia"
    ]


def test_of_the_second_seed_the_four_kinds_of_noise_go_and_nothing_of_the_article():
    ads = ["Advertisements"] * 5
    assert removed_lines(seed(1)) == ["Advertisements", "- Stock Market Topics", "-", "20 comment", *ads]


@pytest.mark.parametrize("mode", ["careful", "strict", "rules", "off"])
@settings(deadline=None)
@given(data=st.data())
def test_removed_lines_can_always_be_put_back(mode, data):
    pieces = st.one_of(st.sampled_from(NOISE), st.text(max_size=80))
    ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", ""])
    text = "".join(line + end for line, end in data.draw(st.lists(st.tuples(pieces, ends), max_size=12)))
    edits = find_noise(text, CleaningOptions(mode=mode))
    assert undo_edits(apply_edits(text, edits), edits) == text
    assert all(text[edit.start : edit.end] == edit.removed and edit.rule for edit in edits)


@settings(deadline=None)
@given(st.text())
def test_cleaning_any_text_can_be_undone(raw):
    cleaned = clean(raw)
    assert undo_edits(cleaned.text, cleaned.edits) == raw


def test_a_line_at_the_end_goes_with_the_newline_before_it():
    text = "The minister spoke for an hour on Monday.\nAdvertisement\nShare"
    assert (
        apply_edits(text, find_noise(text, CleaningOptions())) == "The minister spoke for an hour on Monday."
    )


def test_a_bulleted_list_in_an_article_is_no_menu():
    text = "The plan has two parts:\n- lower taxes\n- better schools\nAdvertisement\n- more trains"
    assert removed_lines(text, mode="rules") == ["Advertisement"]


def test_a_rule_that_is_off_removes_nothing():
    assert removed_lines("Advertisement\nShare", mode="rules", rules_off=frozenset({"line:share"})) == [
        "Advertisement"
    ]


def test_a_phrase_of_an_outlet_holds_for_that_outlet_alone():
    phrases = (Phrase(rule="line:mine", form="start", text="Our app:", source="example.com"),)
    options = CleaningOptions(mode="rules", phrases=phrases)
    assert not judge_lines(["Our app: get it"], options=options, source="example.com")[0].keep
    assert judge_lines(["Our app: get it"], options=options, source="example.org")[0].keep


def test_a_persons_marks_win_over_every_rule():
    options = CleaningOptions(
        keep=frozenset({line_key("Share")}), drop=frozenset({line_key("By our staff writer")})
    )
    verdicts = judge_lines(["Share", "By our staff writer", "By our staff writer in Rome"], options=options)
    assert [(v.keep, v.rule) for v in verdicts][:2] == [(True, None), (False, "line:marked")]


def test_learned_lines_of_the_outlet_go():
    learned = frozenset({line_key("The Daily Example, since 1901")})
    verdicts = judge_lines(
        ["the daily example, since 1902"], options=CleaningOptions(mode="rules"), learned=learned
    )
    assert [(v.keep, v.rule) for v in verdicts] == [(False, "line:learned")]


def test_the_shipped_rules_speak_at_least_forty_languages():
    tables = tomllib.loads((ROOT / "src/monitor/cleaning/line_rules.toml").read_text("utf-8"))
    assert len({code for forms in tables.values() for form in forms.values() for code in form}) >= 40
    assert len(shipped_phrases()) > 2000


@pytest.mark.parametrize(
    "toml", ["= 1", "share = 3", "[share]\nwhole = ['x']", "[share.whole]\nen = 3", "[share.whole]\nen = 'x'"]
)
def test_a_broken_rules_file_is_a_configuration_error(toml):
    with pytest.raises(ConfigurationError, match=r"line_rules\.toml"):
        parse_rules(toml)


def test_a_text_broken_at_a_fixed_width_is_judged_by_paragraphs():
    text = (
        "The council of the small harbour town met on Monday evening to talk about\n"
        "the bridge that the storm of last winter had damaged, and after four long\n"
        "hours of debate it agreed to pay for the repairs out of its own reserves,\n"
        "although several members had asked for help from the regional government.\n"
        "Advertisement\n"
        "Work is to start in the spring, said the mayor, and will last some months."
    )
    cleaned = clean(text)
    assert undo_edits(cleaned.text, cleaned.edits) == text
    assert "Advertisement" not in cleaned.text
    assert "region" in cleaned.text
    assert "\n" not in cleaned.text


def test_texts_of_no_line_one_line_and_very_many_lines_are_judged():
    assert judge_lines([]) == []
    assert judge_lines(["", "  "]) == [KEPT, KEPT]
    assert [v.keep for v in judge_lines(["A line alone that says little"])] == [True]
    assert (
        len(judge_lines([f"Line {number}, of many, says the clerk." for number in range(20_000)])) == 20_000
    )


def test_the_model_reads_what_it_wrote_and_fits_its_allowance():
    model = shipped_model()
    data = pack(model)
    assert len(data) < 300_000
    lines = ["The ferry was late again on Monday, said the harbour office.", "Share this", "More from Sport"]
    named = [None] * len(lines)
    assert content_scores(lines, named, unpack(data)).tolist() == content_scores(lines, named, model).tolist()


def test_words_are_known_again_whatever_the_numbers_and_the_script():
    marks = read_marks(["Posted 12 May by Ann", "posted 31 may by Ann", "分享到微博", "分享到微博", ""])
    line, bucket = word_features(marks)
    found = [bucket[line == number].tolist() for number in range(5)]
    assert found[0] == found[1] != found[2] == found[3]
    assert not found[4]


def test_what_a_line_is_judged_by_ends_with_its_document():
    chance = np.random.default_rng(4)
    odds, own = chance.normal(0, 3, 30).astype(np.float32), chance.random((30, OWN), np.float32)
    lengths = chance.integers(1, 300, 30)
    lines = [" ".join(chance.choice(["ferry", "harbour", "council", "bridge"], 3)) for _ in range(30)]

    def rows(a: int, b: int, sizes: list[int]):
        subject = subject_features(vocabulary_of(read_marks(lines[a:b]), sizes), odds[a:b])
        return context(odds[a:b], own[a:b], lengths[a:b], extents(sizes), subject)

    alone = [rows(a, b, [b - a]) for a, b in ((0, 12), (12, 13), (13, 30))]
    assert np.allclose(rows(0, 30, [12, 1, 17]), np.concatenate(alone), rtol=1e-5)


def test_the_article_is_the_stretch_that_is_worth_most_whatever_lies_within_and_around():
    odds = np.array([-2, 1, -3, 2, 3, -1, 3, -2, 1, -3, 2, -1], np.float32)
    found = stretch_features(odds, np.full(12, 100), extents([10, 2]))
    assert found[0].tolist() == [0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0]
    assert found[1].tolist() == [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 0, 1]
    assert found[2].tolist() == [6, 5, 4, 3, 2, 1, 0, -1, -2, -3, 0, -1]
    assert (found[3] / 10).tolist() == [-4, -2, -3, 2, 5, 2, 3, -2, -1, -4, 2, -1]
    assert (found[4] / 10).tolist() == [5, 4, 7, 5, 2, 3, 0, 1, 0, 0, 0, 0]


def test_a_line_on_the_subject_of_the_article_is_told_from_one_on_that_of_the_rest():
    lines = [
        "The ferry company wants a wider harbour",
        "A wider harbour for the ferry",
        "Singer marries footballer",
        "Footballer sings with singer",
        "Singer on a ferry",
    ]
    odds = np.array([4, 0, -4, -4, 0], np.float32)
    with_content, with_rest, balance = subject_features(vocabulary_of(read_marks(lines), [5]), odds)
    assert with_content[1] > with_content[4] > with_content[2]
    assert with_rest[1] < with_rest[2]
    assert balance[1] > balance[4] > balance[2]


def test_packed_trees_ask_the_same_and_answer_nearly_the_same():
    forest = Forest(
        column=np.array([3, 0, 7, 0, 0, 0, 3, 0, 0]),
        threshold=np.array([0.5, np.inf, -2, np.inf, np.inf, np.inf, 1.5, np.inf, np.inf], np.float32),
        left=np.array([1, 1, 3, 3, 4, 5, 7, 7, 8]),
        value=np.array([0, 0.3, 0, -0.2, 0.1, 0.05, 0, -0.3, 0.2], np.float32),
        roots=np.array([0, 5, 6]),
        depth=2,
    )
    again = unpacked(dict(packed(forest, "trees")), "trees")
    for part in ("column", "threshold", "left", "roots", "depth"):
        assert np.array_equal(getattr(again, part), getattr(forest, part)), part
    assert np.allclose(again.value, forest.value, atol=0.002)
    rows = np.zeros((2, 8), np.float32)
    rows[1, 3] = 1
    assert np.allclose(log_odds(again, rows), [0.05, -0.15], atol=0.005)


def test_the_model_never_empties_a_document():
    lines = ["Sport", "Kultur", "Wetter", "Politik", "Reise"]
    assert all(v.keep for v in judge_lines(lines, options=CleaningOptions(mode="strict")))


REPORT = (
    "The ferry to the outer islands will leave an hour earlier from Monday, the harbour office said, because the "
    "tide no longer leaves enough water under its keel late in the afternoon."
)


def test_a_prediction_says_of_each_line_whether_cleaning_leaves_anything_of_it():
    other = "Passengers who hold tickets for the old hour can exchange them at the kiosk until the end of the month."
    lines = ["Advertisements", REPORT, "", "\u200b", other, REPORT]
    assert list(kept(lines, CleaningOptions())) == [False, True, False, False, True, False]


def test_a_line_that_is_mended_or_joined_to_the_next_is_predicted_as_kept():
    broken = [REPORT[at : at + 60].strip() for at in range(0, len(REPORT), 60)]
    assert all(kept([*broken, "“Weâ€™ll be there,” she said."], CleaningOptions(mode="strict")))


def cleaned_lines(text: str) -> str:
    return apply_edits(text, find_noise(text, CleaningOptions()))


@pytest.mark.parametrize(("text", "expected"), cases("lines", "in_the_wild"))
def test_noise_seen_in_the_wild_goes(text, expected):
    assert cleaned_lines(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("lines", "must_not_change"))
def test_what_only_looks_like_noise_stays(text, expected):
    assert cleaned_lines(text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), cases("lines", "known_failures"))
def test_known_failures_are_still_failures(text, expected):
    assert cleaned_lines(text) == expected


def test_a_rules_file_of_the_users_own_is_added_to_the_shipped_rules(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[app]\nsource = "example.com"\n[app.start]\nen = ["Get our app"]\n', encoding="utf-8")
    options = make_cleaning(read_settings(line_rules=str(path)))
    assert options.phrases == (
        Phrase(rule="line:app", form="start", text="Get our app", source="example.com"),
    )
    with pytest.raises(ConfigurationError, match="cannot be read"):
        make_cleaning(read_settings(line_rules=str(tmp_path / "none.toml")))
