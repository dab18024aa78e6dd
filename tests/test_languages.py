"""Codes of languages go in and out through one table."""

import pytest

from monitor.languages import TABLE, TARGETS, argos_code, from_argos, from_langdetect, parse_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_TW", "zh-Hant"),
        ("EN-us", "en"),
        ("pt-br", "pt-BR"),
        ("no", "nb"),
        ("hr-HR", "hr"),
        ("xx", "und"),
        (None, "und"),
    ],
)
def test_a_tag_is_understood_however_it_is_spelled(tag, language):
    assert parse_language(tag) == language


def test_argos_codes_lead_back_to_their_language():
    assert all(from_argos(argos_code(code)) == code for code in TABLE if argos_code(code))


def test_codes_of_langdetect_name_languages_of_the_table():
    assert from_langdetect("zh-tw") == "zh-Hant"
    assert from_langdetect("no") == "nb"
    assert from_langdetect("pt") == "pt"
    assert from_langdetect("cy") == "cy"
    assert from_langdetect("unknown") is None


def test_every_target_is_in_the_table():
    assert len(TARGETS) == 51
    assert set(TABLE) >= TARGETS
