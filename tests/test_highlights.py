"""The sentence that a search shows, with its words marked and its translation beside it."""

import pytest

from monitor.corpus.article_text import ArticleText
from monitor.corpus.highlights import highlight
from monitor.corpus.queries import Term
from monitor.corpus.sentences import sentences_of
from monitor.languages import Language


def shown(passage):
    return passage.text, [passage.text[start:end] for start, end in passage.marks]


def test_the_sentence_with_most_of_the_words_is_shown_and_the_first_of_equals():
    text = "The bridge is old. The mayor likes the bridge. Nobody else does."
    found = highlight(ArticleText(article_id="1", text=text), [Term("bridge"), Term("mayor")])
    assert shown(found.original) == ("The mayor likes the bridge.", ["mayor", "bridge"])
    found = highlight(ArticleText(article_id="1", text=text), [Term("bridge")])
    assert found.original.text == "The bridge is old."
    assert found.translation is None


@pytest.mark.parametrize(
    ("term", "text", "marked"),
    [
        (Term("estacion"), "Reabre la Estación central.", ["Estación"]),
        (Term("reop", prefix=True), "It reopens.", ["reopens"]),
        (Term("苹果"), "昨天苹果公司发布。", ["苹果"]),
        (Term("애플"), "파인애플과 애플은", ["애플", "애플"]),
        (Term("strasse"), "In der Straße.", ["Straße"]),
        (Term("nothing"), "It reopens.", []),
    ],
)
def test_words_are_marked_as_the_index_finds_them(term, text, marked):
    assert shown(highlight(ArticleText(article_id="1", text=text), [term]).original)[1] == marked


def test_the_translation_of_the_same_sentence_stands_beside_it_whichever_side_has_the_word():
    article = ArticleText(
        article_id="1",
        language=Language("zh-Hans"),
        text="大桥很旧。市长很高兴。\n图书馆关门了。",
        text_translation="The bridge is old. The mayor is happy.\nThe library closed.",
    )
    found = highlight(article, [Term("mayor")])
    assert shown(found.original) == ("市长很高兴。", [])
    assert shown(found.translation) == ("The mayor is happy.", ["mayor"])
    found = highlight(article, [Term("图书馆")])
    assert (found.original.text, found.translation.text) == ("图书馆关门了。", "The library closed.")


def test_a_very_long_sentence_is_cut_around_its_first_mark():
    text = "word " * 300 + "bridge " + "word " * 300
    passage = highlight(ArticleText(article_id="1", text=text), [Term("bridge")]).original
    assert len(passage.text) <= 400
    assert shown(passage)[1] == ["bridge"]


def test_an_article_without_text_has_an_empty_passage():
    assert highlight(ArticleText(article_id="1", text=""), [Term("bridge")]).original.text == ""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. He left!", ["It rained.", "He left!"]),
        ("He saw U.S. troops. J. Smith left.", ["He saw U.S. troops.", "J. Smith left."]),
        ("“Go.” She went.", ["“Go.”", "She went."]),
        ("今天下雨。他走了！", ["今天下雨。", "他走了！"]),
        ("وصل أمس. هل غادر؟ نعم", ["وصل أمس.", "هل غادر؟", "نعم"]),
        ("It cost 3.5 million in 2024. Then more.", ["It cost 3.5 million in 2024.", "Then more."]),
        ("Line one\nLine two", ["Line one", "Line two"]),
    ],
)
def test_sentences_end_at_their_marks_and_not_at_those_of_abbreviations(text, sentences):
    assert list(sentences_of(text)) == sentences
