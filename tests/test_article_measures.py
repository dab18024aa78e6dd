"""Key terms, tone and vocabulary of one article."""

import random

import pytest

from monitor.corpus.article_text import ArticleText
from monitor.corpus.key_terms import key_terms
from monitor.corpus.tone import tone
from monitor.corpus.vocabulary import vocabulary
from monitor.languages import Language

BRIDGE = (
    "The suspension bridge in Easton opens in May. The city council paid for the suspension bridge. "
    "Engineers tested the suspension bridge twice before the council agreed."
)


def english(text: str, **rest) -> ArticleText:
    return ArticleText(article_id="1", text=text, language=Language("en"), **rest)


def test_the_repeated_phrase_is_a_key_term_and_function_words_are_not():
    terms = [term.term.casefold() for term in key_terms(english(BRIDGE))]
    assert "suspension bridge" in terms[:3]
    assert not {"the", "in", "for"} & set(terms)


def test_an_unspaced_language_has_the_key_terms_of_its_translation():
    article = ArticleText(article_id="1", text="大桥将在五月开放。", language=Language("zh-Hans"))
    assert key_terms(article) == ()
    translated = ArticleText(
        article_id="1", text="大桥将在五月开放。", language=Language("zh-Hans"), text_translation=BRIDGE
    )
    assert {term.side for term in key_terms(translated)} == {"translation"}


def test_key_terms_are_ranked_and_the_same_each_time():
    first = key_terms(english(BRIDGE))
    assert first == key_terms(english(BRIDGE))
    assert [term.rank for term in first] == list(range(1, len(first) + 1))
    assert [term.score for term in first] == sorted(term.score for term in first)


def test_terms_that_say_as_much_stand_in_one_order_each_time():
    names = (
        "harbour",
        "council",
        "lighthouse",
        "school",
        "winter",
        "market",
        "river",
        "festival",
        "engineer",
    )
    dice = random.Random(6)  # a text in which the engine finds two terms equal but for the last bit
    text = "\n".join(
        f"The {' '.join(dice.choices(names, k=8))} will open in {dice.randint(1900, 2100)}, the mayor said."
        for _ in range(4)
    )
    article = english(text)
    assert len({tuple(term.term for term in key_terms(article)) for _ in range(40)}) == 1


def test_tone_goes_from_bad_to_good_news_and_stays_in_bounds():
    bad = tone(english("A terrible disaster killed many people. Grief and fear are horrible."))
    flat = tone(english("The table is made of wood."))
    good = tone(english("A wonderful victory. Everybody is happy and proud of the great success!"))
    assert -1 <= bad.tone < -0.4 < flat.tone < 0.4 < good.tone <= 1
    assert (bad.sentences, flat.sentences, good.sentences) == (2, 1, 2)


def test_tone_is_taken_from_the_translation_and_is_absent_without_english():
    article = ArticleText(article_id="1", text="Una catástrofe terrible.", language=Language("es"))
    assert tone(article) is None
    translated = ArticleText(
        article_id="1",
        text="Una catástrofe terrible.",
        language=Language("es"),
        text_translation="A terrible disaster.",
    )
    assert tone(translated).tone < -0.4


def test_the_vocabulary_counts_words_of_title_and_text_without_function_words_and_numbers():
    counted = vocabulary(english("The bank's 3 bridges are old. Old bridges!", title="Bridges"))
    assert counted == {"bank": 1, "bridges": 3}  # "old" is in the list of function words


def test_the_vocabulary_of_an_untranslated_unspaced_text_is_empty():
    assert not vocabulary(
        ArticleText(article_id="1", text="大桥将在五月开放。", language=Language("zh-Hans"))
    )


@pytest.mark.parametrize(
    ("language", "text", "word", "glued"),
    [
        (
            "fr",
            "L’usine d’Avignon ferme. L'usine d'Avignon n’est plus, qu'il pleuve ou non.",
            "usine",
            "l'usine",
        ),
        ("it", "L’acqua dell’Arno è salita. L'acqua dell'Arno c'è ancora.", "acqua", "l'acqua"),
        ("ca", "L’aigua d’Olot ha pujat. L'aigua d'Olot és alta.", "aigua", "l'aigua"),
    ],
)
def test_a_word_is_counted_without_the_article_that_is_written_with_it(language, text, word, glued):
    article = ArticleText(article_id="1", text=text, language=Language(language))
    assert vocabulary(article)[word] == 2
    assert glued not in vocabulary(article)
    assert word in {term.term.casefold() for term in key_terms(article)}


@pytest.mark.parametrize(
    ("language", "text", "common"),
    [
        (
            "en",
            "They’re sure the mill won’t open. They’re glad that it isn’t sold.",
            {"they're", "won't", "’re", "n’t"},
        ),
        (
            "el",
            "Η γέφυρα είναι κλειστή, όμως η πόλη έχει άλλη γέφυρα, αλλά είναι παλιά.",
            {"είναι", "έχει", "όμως", "αλλά"},
        ),
        ("ro", "Podul și drumul sunt închise, și toți așteaptă podul și drumul.", {"și"}),
    ],
)
def test_function_words_are_known_in_each_way_of_writing_them(language, text, common):
    article = ArticleText(article_id="1", text=text, language=Language(language))
    assert not common & vocabulary(article).keys()
    assert not common & {term.term.casefold() for term in key_terms(article)}


def test_a_word_with_an_apostrophe_of_its_own_stays_whole():
    article = ArticleText(article_id="1", text="Aujourd’hui la mairie vote.", language=Language("fr"))
    assert "mairie" in vocabulary(article)
    assert vocabulary(english("The O’Brien mill and the O'Brien dam."))["o'brien"] == 2
