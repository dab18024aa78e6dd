"""Watchlist entities in articles: where a name counts, and where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.corpus.article_text import ArticleText
from monitor.corpus.folding import fold
from monitor.corpus.lookout import Lookout
from monitor.corpus.watchlist import parse_watchlist
from monitor.errors import ConfigurationError
from monitor.languages import Language


def mentions(entity: str, text: str, **rest):
    lookout = Lookout(parse_watchlist(f"entities: [{entity}]".encode()))
    return lookout.read(ArticleText(article_id="1", text=text, **rest)).mentions


def seen(entity: str, text: str, **rest):
    return [text[mention.start : mention.end] for mention in mentions(entity, text, **rest)]


APPLE = "{name: Apple, aliases: [Apple, アップル, 苹果, 애플, أبل]}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Apple, Apple's and APPLE.", ["Apple", "Apple", "APPLE"]),
        ("Apples and Snapple and Apple_x", []),
        ("an apple a day", []),
        ("昨天苹果公司发布了iPhone", ["苹果"]),
        ("新Apple手机", ["Apple"]),
        ("アップルの株価", ["アップル"]),
        ("アップルパイを食べた", []),
        ("AppleストアとアップルTV", ["Apple", "アップル"]),
        ("애플은 어제 발표했다", ["애플"]),
        ("파인애플 주스", []),
        ("وأبل شركة", ["أبل"]),
        ("وابل من المطر", ["ابل"]),
    ],
)
def test_a_name_stands_alone_as_its_script_wants_it(text, found):
    assert seen(APPLE, text) == found


@pytest.mark.parametrize(
    ("case", "text", "found"),
    [
        ("smart", "WHO said who won. Who?", ["WHO"]),
        ("exact", "WHO said who won. Who?", ["WHO"]),
        ("any", "WHO said who won. Who?", ["WHO", "who", "Who"]),
    ],
)
def test_the_case_rule_tells_the_organisation_from_the_pronoun(case, text, found):
    assert seen(f"{{name: WHO, case: {case}}}", text) == found


def test_a_smart_alias_may_be_written_with_more_capitals_but_not_with_fewer():
    assert seen("{name: iPhone}", "iPhone IPHONE IPhone iphone") == ["iPhone", "IPHONE", "IPhone"]


@pytest.mark.parametrize(
    ("alias", "text", "found"),
    [
        ("Istanbul", "Das Wetter in İSTANBUL, İstanbul und Istanbul", ["İSTANBUL", "İstanbul", "Istanbul"]),
        ("Strasse", "İİ die Straße", ["Straße"]),
        ("Café Noir", "au Cafe\u0301 Noir, puis", ["Cafe\u0301 Noir"]),
        ("L'Oréal", "chez L’Oréal hier", ["L’Oréal"]),
        (
            "New York Times",
            "the New York\nTimes and New\u00a0York Times",
            ["New York\nTimes", "New\u00a0York Times"],
        ),
        ("Sony", "那家ＳＯＮＹ公司", ["ＳＯＮＹ"]),
    ],
)
def test_offsets_count_in_the_stored_text_whatever_folding_does_to_its_length(alias, text, found):
    assert seen(f'{{name: "{alias}"}}', text) == found


@given(st.text(alphabet="aßİıŉǰﬁe\u0301\u0323가ᄀ각\u0307 \n’Ａ苹", max_size=30), st.data())
def test_every_folded_span_leads_back_to_text_that_folds_to_it(text, data):
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


def test_a_phrase_that_is_excluded_takes_its_alias_with_it_but_no_other():
    entity = "{name: Apple, exclude: [apple pie, Big Apple]}"
    assert seen(entity, "Apple pie in the Big Apple, by Apple") == ["Apple"]
    assert [m.start for m in mentions(entity, "Apple pie in the Big Apple, by Apple")] == [31]


def test_a_forbidding_word_counts_in_its_own_sentence_only():
    entity = "{name: Apple, unless: [fruit]}"
    assert [m.start for m in mentions(entity, "Apple is a fruit. Apple is a firm.")] == [18]


def test_an_alias_with_context_counts_only_where_the_article_has_a_context_word_in_any_part():
    entity = "{name: Apple, aliases: [{text: 苹果, context: [iPhone, 库克]}]}"
    assert seen(entity, "我吃了一个苹果。") == []
    assert seen(entity, "苹果推出新品。", title="新iPhone来了") == ["苹果"]
    assert seen(entity, "苹果推出新品。", text_translation="The iPhone is new.") == ["苹果"]


def test_overlapping_aliases_of_one_entity_count_once_as_the_longest():
    assert seen("{name: Apple, aliases: [Apple, Apple Inc, Inc]}", "Apple Inc fell") == ["Apple Inc"]


def test_a_mention_tells_its_part_its_sentence_and_how_prominent_it_is():
    text = "First line of Alibaba.\nIn U.S. trading Alibaba fell. Nobody knew."
    found = mentions("{name: Alibaba}", text, title="Alibaba falls", title_translation="Alibaba falls")
    assert [(m.part, m.prominence, m.sentence) for m in found] == [
        ("title", "title", "Alibaba falls"),
        ("text", "first paragraph", "First line of Alibaba."),
        ("text", "rest", "In U.S. trading Alibaba fell."),
        ("title_translation", "title", "Alibaba falls"),
    ]


def test_the_watchlist_in_the_seeds_finds_the_companies_and_not_the_fruit():
    with open("warehouse/watchlist.yaml", "rb") as file:  # noqa: PTH123
        lookout = Lookout(parse_watchlist(file.read()))
    article = ArticleText(
        article_id="1",
        language=Language("zh-Hans"),
        text="苹果与阿里巴巴合作，在中国的手机上提供人工智能。",
        text_translation="Apple works with Alibaba to bring AI to each smartphone.",
    )
    report = lookout.read(article)
    assert {mention.entity for mention in report.mentions} == {"Apple", "Alibaba"}
    assert [match.query for match in report.matches] == ["Apple works with Alibaba", "AI in phones"]
    fruit = ArticleText(article_id="2", text="An Apple is a fruit, said Alibaba and the Forty Thieves.")
    assert lookout.read(fruit).mentions == ()
    assert lookout.read(fruit).matches == ()


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("entities: [{name: A, exlude: [x]}]", "exlude"),
        ("entities: [{name: A, case: sometimes}]", "sometimes"),
        ("entities: [{name: A}, {name: A}]", "'A' is given twice"),
        ("entities: [{name: A, aliases: ['']}]", "'A' has an empty alias"),
        ("queries: [{name: Q, query: 'a AND ('}]", "'Q': the question ends"),
        ("entities: [", "watchlist: "),
    ],
)
def test_a_mistake_in_a_watchlist_is_named_in_one_line(yaml, message):
    with pytest.raises(ConfigurationError) as error:
        parse_watchlist(yaml.encode())
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_the_signature_changes_with_any_setting_and_only_then():
    first, same, other = (
        parse_watchlist(text.encode()).signature
        for text in ("entities: [{name: A}]", "entities:\n  - name: A", "entities: [{name: A, case: any}]")
    )
    assert first == same != other
