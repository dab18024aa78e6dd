"""What is wrong with a translation is named, and what is right is left alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.languages import TABLE
from monitor.translation.checks import confidence, numbers
from monitor.translation.protection import protected, vanished
from monitor.translation.quality import Rendering, flags_of
from monitor.translation.quantities import quantities
from monitor.translation.spelling import alike, sounds

CASES = Path(__file__).parent / "cases" / "quality" / "flags.tsv"
ROWS = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line]
TEXT = st.text(st.sampled_from("a1 .,:;'-é万亿億3千ا٣लाख만五XIVm%") | st.characters(), max_size=80)
CODES = st.sampled_from([*TABLE, "und"])


@pytest.mark.parametrize(("language", "source", "output", "flags"), ROWS)
def test_a_translation_gets_the_flags_that_its_author_gave_it(language, source, output, flags):
    found = flags_of(Rendering(source=source, output=output, source_language=language))
    assert sorted(found) == sorted(flag for flag in flags.split(",") if flag)


@given(TEXT, TEXT, CODES, CODES)
def test_no_text_makes_a_check_fail(source, output, there, here):
    rendering = Rendering(source=source, output=output, source_language=there, target_language=here)
    assert isinstance(flags_of(rendering), tuple)


@given(TEXT, CODES)
def test_a_sentence_loses_no_number_to_itself(text, language):
    rendering = Rendering(source=text, output=text, source_language=language, target_language=language)
    assert numbers.check(rendering) is None


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "dreihundertfünfzig", []),
        ("de", "dreiundzwanzig", [{23.0}]),
        ("fr", "vingt cinq", [{25.0}]),
        ("ar", "خمسة وعشرون", [{25.0}]),
        ("hi", "3.5 लाख", [{350_000.0}]),
        ("zh", "三百二十", [{320.0}]),
        ("zh", "二〇一九年", [{2019.0}]),
        ("ja", "1億2000万", [{120_000_000.0}]),
        ("ko", "4천만", [{40_000_000.0}]),
        ("tr", "on sekiz", [{18.0}]),
        ("id", "dua puluh lima", [{25.0}]),
        ("id", "dua belas", [{12.0}]),
        ("en", "two hundred and five", [{205.0}]),
        ("en", "two and a half million", [{2_500_000.0}]),
        ("en", "World War II", [{2.0}]),
        ("en", "340 to 500 million", [{340.0, 340e6}, {500e6}]),
        ("fr", "12 500 000", [{12_500_000.0}]),
        ("ar", "٢٠١٩", [{2019.0}]),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language, text, values):
    assert [set(found.values) for found in quantities(text, language)] == values


def test_a_model_that_was_unsure_is_flagged_and_one_that_said_nothing_is_not():
    sure = Rendering(source="Ja.", output="Yes.", source_language="de", model_score=-0.4)
    unsure = Rendering(source="Ja.", output="Yes.", source_language="de", model_score=-2.4)
    unknown = Rendering(source="Ja.", output="Yes.", source_language="de")
    assert [confidence.check(each) for each in (sure, unsure, unknown)] == [None, "model unsure", None]


def test_protected_parts_are_found_in_order_without_the_marks_after_them():
    text = "See https://a.example/b?c=1, mail x.y@b.example, call load_page() on A320 by @desk_1 (v2.0.1)."
    assert protected(text) == [
        "https://a.example/b?c=1", "x.y@b.example", "load_page()", "A320", "@desk_1", "v2.0.1",
    ]  # fmt: skip


def test_a_protected_part_may_change_its_case_and_hyphens_only():
    assert vanished("COVID-19 traf F-16-Piloten.", "covid 19 hit F16 pilots.") == []
    assert vanished("Der A320 flog.", "The A330 flew.") == ["A320"]


@pytest.mark.parametrize(
    "name", ["Горбачёв", "ゴルバチョフ", "جورباتشوف", "고르바초프", "Γκορμπατσόφ", "गोर्बाचेव"]
)
def test_a_name_sounds_alike_in_every_script(name):
    assert alike(sounds("Gorbachev"), sounds(name)) >= 0.4
    assert alike(sounds("Wellington"), sounds(name)) < 0.4


@pytest.mark.parametrize(
    "piece", ["1.", "1,1", "aa ", "A ", "万", "@a", "a_", "1 ", "http://", "Aa Bb ", "I"]
)
def test_a_hostile_row_of_signs_is_checked_without_trying_everything(piece):
    text = piece * 3000
    assert isinstance(flags_of(Rendering(source=text, output=text, source_language="fr")), tuple)
