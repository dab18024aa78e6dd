"""What is measured of a web page's blocks, beside what the model makes of it."""

import numpy as np
import pytest

from monitor.readers.html_blocks import Layout, lay_out
from monitor.readers.html_features import measure
from monitor.readers.html_judge import enough
from monitor.readers.html_parsing import parse
from monitor.readers.html_second_look import second_measures
from monitor.readers.html_topic import words_of
from monitor.readers.html_wording import Wording, wording_columns

ARTICLE = (
    "The council decided to repair the bridge over the Lindow before the winter floods.",
    "Repair of the bridge will begin before winter, the council told residents of Lindow.",
)
TEASER = "Singer announces another farewell tour through stadiums with seven famous guests."

NOTICE = "Sign up for our newsletter and follow us on Facebook and Twitter for the latest news."


def laid_out(body: str) -> Layout:
    return lay_out(parse(f"<html><body>{body}</body></html>".encode()).tree)


def test_a_teaser_shares_fewer_words_with_the_article_than_its_own_paragraphs_do():
    layout = laid_out("".join(f"<p>{text}</p>" for text in (*ARTICLE, TEASER)))
    columns = measure(layout, "\n".join((*ARTICLE, TEASER)), {"title": "Council to repair bridge"})
    assert columns["topic"][0] > 0.3
    assert columns["topic"][1] > 0.3
    assert columns["topic"][2] == 0
    assert columns["topic_stated"].argmin() == 2


def test_a_paragraph_does_not_count_as_another_that_shares_its_words():
    columns = measure(laid_out(f"<p>{ARTICLE[0]}</p><p>1 2 3</p>"), ARTICLE[0], {})
    assert columns["topic"].tolist() == [0, -1]


def test_words_are_compared_in_scripts_without_spaces_too():
    assert words_of("費爾馬港") & words_of("關閉費爾馬") == {"費爾", "爾馬"}
    assert words_of("мост 2024 über Brücke") == {"мост", "über", "brücke"}


def test_blocks_are_counted_from_the_headline_and_from_its_last_repetition():
    layout = laid_out(
        "<p>Menu</p><h1>Bridge repaired at last</h1><p>One</p><h2>Bridge repaired</h2><p>One</p>"
    )
    columns = measure(layout, None, {"title": "Bridge repaired at last"})
    assert columns["from_title"].tolist() == [-1, 0, 1, 2, 3]
    assert columns["from_h1"].tolist() == [-1, 0, 1, 2, 3]
    assert columns["from_last_title"].tolist() == [-3, -2, -1, 0, 1]
    assert columns["chars_from_title"].tolist() == [-4, 0, 20, 23, 37]
    assert columns["copies"].tolist() == [1, 1, 2, 1, 2]


def test_a_page_without_its_headline_is_counted_from_nowhere():
    columns = measure(laid_out("<p>Menu</p><p>Text</p>"), None, {"title": "Bridge repaired at last"})
    assert set(columns["from_title"].tolist()) == {-999}


def test_a_second_look_sees_what_the_first_made_of_the_element_and_of_what_looks_alike():
    layout = laid_out(
        f"<div><p>{ARTICLE[0]}</p><p>{ARTICLE[0]}</p></div><section><h2>More</h2><p class='x'>{TEASER}</p></section>"
    )
    odds = np.array([1.0, 0.0, 0.5, 0.2])
    columns = second_measures(layout, measure(layout, None, {}), odds)
    assert columns["odds"].tolist() == odds.astype(np.float32).tolist()
    assert columns["kept_1"][:2].tolist() == [0.5, 0.5]
    assert columns["kind_kept"][:2].tolist() == [0.5, 0.5]
    assert columns["kind_kept"][3] == np.float32(0.2)
    assert columns["section"][:2].tolist() == [0.5, 0.5]
    assert columns["section"][2] == columns["section"][3] < 0.3


def test_a_second_look_knows_how_sure_the_first_was_of_the_page():
    layout = laid_out(f"<p>{ARTICLE[0]}</p><p>{TEASER}</p>")
    doubtful = second_measures(layout, measure(layout, None, {}), np.array([0.4, 0.3]))
    sure = second_measures(layout, measure(layout, None, {}), np.array([1.0, 0.0]))
    assert (doubtful["most"][0], sure["most"][0]) == (np.float32(0.4), 1)
    assert doubtful["sure"][0] < 0.1
    assert sure["sure"][0] == 1
    assert sure["expected"].tolist() == [68, 68]
    assert (doubtful["long_sure"][0], sure["long_sure"][0]) == (0, 0.5)


def test_a_notice_sounds_unlike_an_article_and_tells_on_what_stands_around_it_and_looks_like_it():
    layout = laid_out(
        f"<div>{f'<p>{ARTICLE[0]}</p>' * 4}</div><ul>{f'<li>{NOTICE}</li>' * 4}<li>{ARTICLE[1]}</li></ul>"
    )
    columns = measure(layout, None, {})
    for name in ("sound_letters", "sound_words"):
        assert columns[name][0] > columns[name][4] + 1
        assert columns[f"{name}_alike"][0] > columns[f"{name}_alike"][8]
        assert columns[f"{name}_parent"][0] > columns[f"{name}_parent"][8]
        assert columns[f"{name}_near"][0] > columns[f"{name}_near"][8]
        assert columns[f"{name}_before"][0] == 0
        assert columns[f"{name}_before"][1:].tolist() == columns[name][:-1].tolist()


def test_words_sound_as_the_weights_that_are_given_say():
    layout = laid_out(f"<p>{ARTICLE[0]}</p><p>{NOTICE}</p>")
    silent = Wording(np.zeros(1 << 16, np.int8), np.zeros(1 << 18, np.int8))
    assert not any(
        values.any() for values in wording_columns(layout, np.array([68, 70], np.float32), silent).values()
    )
    assert not measure(layout, None, {}, silent)["sound_words"].any()


@pytest.mark.parametrize(
    ("odds", "wanted"),
    [
        ([0.9, 0.9, 0.1], [True, True, False]),
        ([0.95, 0.95, 0.4], [True, True, False]),
        ([0.5, 0.4, 0.4], [True, True, True]),
        ([0.6, 0.3, 0.3], [True, False, False]),
        ([0.2, 0.1, 0.1], [False, False, False]),
    ],
    ids=["sure", "sure of the others", "in doubt throughout", "never below a limit", "nothing"],
)
def test_what_is_enough_goes_by_how_sure_the_page_is(odds, wanted):
    size, found = np.array([100, 100, 100], np.float32), np.array(odds)
    assert (found >= enough(size, found)).tolist() == wanted
