import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from monitor.corpus.linkage import average_link
from monitor.corpus.similarity import draw_together, similarity
from monitor.corpus.stories import Clipping, Story, group
from monitor.corpus.terms import weigh
from monitor.languages import ENGLISH, Language

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FERRY = (
    "Ferry runs aground off Bornholm, 240 passengers taken ashore",
    "Passengers rescued after ferry hits rocks near Bornholm",
    "Bornholm ferry aground: all 240 on board safe",
    "Captain of grounded Bornholm ferry questioned by police",
)
BANK = (
    "Riksbank raises interest rate to 4.25 percent",
    "Swedish Riksbank surprises with rate rise to 4.25 percent",
    "Krona climbs after Riksbank rate decision",
)
ALONE = ("Zoo in Leipzig names its newborn okapi",)
HEADLINES = FERRY + BANK + ALONE


def clippings(headlines=HEADLINES, start=NOON, language=ENGLISH):
    return [
        Clipping(
            article_id=f"a{number:02}", terms=weigh(text, language), at=start + timedelta(minutes=number)
        )
        for number, text in enumerate(headlines)
    ]


def many_clippings(count, words):
    dice = random.Random(4)
    known = [f"w{number}" for number in range(words)]
    return [
        Clipping(article_id=f"a{number:03}", terms=dict.fromkeys(dice.sample(known, 9), 1 / 3), at=NOON)
        for number in range(count)
    ]


def members(stories):
    return {story.story_id: [member.article_id for member in story.members] for story in stories}


def test_headlines_of_one_event_become_one_story_and_a_lone_one_stays_alone():
    assert members(group(clippings())) == {
        "a00": ["a00", "a01", "a02", "a03"],
        "a04": ["a04", "a05", "a06"],
        "a07": ["a07"],
    }


def test_the_order_of_arrival_does_not_matter():
    expected = group(clippings())
    for seed in range(5):
        shuffled = clippings()
        random.Random(seed).shuffle(shuffled)
        assert group(shuffled) == expected


def test_a_member_says_which_terms_it_shares_with_the_story():
    ferry = group(clippings())[0]
    shared = {term for member in ferry.members for term, _ in member.reasons}
    assert {"ferry", "bornholm"} <= shared
    for member in ferry.members:
        assert [weight for _, weight in member.reasons] == sorted(
            (weight for _, weight in member.reasons), reverse=True
        )
        assert sum(weight for _, weight in member.reasons) <= 1.001


def test_the_title_is_the_headline_most_like_the_others():
    assert group(clippings())[0].central in {"a00", "a01", "a02"}


def test_the_same_words_a_season_later_are_another_story():
    later = [
        replace(clipping, article_id=f"b{clipping.article_id}", at=clipping.at + timedelta(days=90))
        for clipping in clippings(FERRY)
    ]
    assert sorted(len(story.members) for story in group(clippings(FERRY) + later)) == [4, 4]


def test_new_articles_join_the_stories_that_stand_already():
    known = [replace(clipping, story_id="old") for clipping in clippings(FERRY[:2])]
    new = [
        Clipping(article_id="n1", terms=weigh(FERRY[2]), at=NOON + timedelta(hours=3)),
        Clipping(article_id="n2", terms=weigh(BANK[0]), at=NOON + timedelta(hours=3)),
    ]
    assert members(group(known + new)) == {"old": ["a00", "a01", "n1"], "n2": ["n2"]}


def test_two_stories_that_turn_out_to_be_one_are_joined_under_the_earlier_name():
    known = clippings(FERRY)
    split = [replace(c, story_id="x" if number < 2 else "y") for number, c in enumerate(known)]
    assert [(story.story_id, story.replaces) for story in group(split)] == [("x", ("y",))]


def test_articles_in_other_scripts_are_grouped_by_their_own_words_when_there_is_no_translation():
    texts = (
        "苹果与阿里巴巴合作在中国推出人工智能功能",
        "阿里巴巴确认与苹果合作开发人工智能功能",
        "北京今日迎来大雪天气道路结冰",
    )
    assert [len(story.members) for story in group(clippings(texts))] == [2, 1]


def test_texts_that_say_nothing_are_no_story_of_their_kind():
    assert [len(story.members) for story in group(clippings(("", "", "the of and", "!!!")))] == [1, 1, 1, 1]


def test_nothing_gives_no_story():
    assert group([]) == []


def test_average_link_joins_while_the_mean_score_is_positive():
    scores = np.array([[0, 3, -1, -9], [3, 0, -2, -9], [-1, -2, 0, 1], [-9, -9, 1, 0]], np.float32)
    assert average_link(scores.copy(), range(4)) == [0, 0, 2, 2]
    assert average_link(np.abs(scores), range(4)) == [0, 0, 0, 0]
    assert average_link(scores, [7, 8, 7, 9]) == [0, 0, 0, 3]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("started", [30, 11])
def test_average_link_agrees_with_joining_the_best_pair_again_and_again(seed, started, monkeypatch):
    monkeypatch.setattr("monitor.corpus.linkage._ROWS", 7)  # so that parts meet
    dice = np.random.default_rng(seed)
    scores = dice.normal(-0.2, 1, (30, 30)).astype(np.float32)
    scores = scores + scores.T
    starts = dice.permutation([*range(started), *dice.integers(0, started, 30 - started)]).tolist()
    groups = [[row for row in range(30) if starts[row] == number] for number in range(started)]
    while True:
        means = {
            (i, j): float(np.mean(scores[np.ix_(groups[i], groups[j])]))
            for i in range(len(groups))
            for j in range(i)
        }
        (i, j), best = max(means.items(), key=lambda item: item[1])
        if best <= 0 or len(groups) == 1:
            break
        groups[j] += groups.pop(i)
    expected = {row: min(rows) for rows in groups for row in rows}
    assert average_link(scores, starts) == [expected[row] for row in range(30)]


def test_neighbours_bring_articles_together_that_share_no_word():
    cosines = similarity([weigh("ferry bornholm"), weigh("bornholm rocks"), weigh("rocks harbour")])
    assert cosines[0, 2] == 0
    draw_together(cosines, np.ones(3, np.float32), *np.zeros((2, 3), np.float32))
    assert cosines[0, 2] > 0


def test_grouping_holds_no_more_than_two_matrices_of_all_with_all():
    many = many_clippings(900, words=900)
    tracemalloc.start()
    try:
        group(many)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    matrix = 4 * len(many) ** 2
    assert matrix < peak < 2.4 * matrix


def test_what_is_worked_out_in_parts_is_what_the_whole_gives():
    vectors = [clipping.terms for clipping in many_clippings(300, words=200)]
    terms = sorted({term for vector in vectors for term in vector})
    whole = np.array([[vector.get(term, 0.0) for term in terms] for vector in vectors])
    cosines = similarity(vectors)
    assert np.allclose(cosines, np.where(np.eye(300), 1.0, whole @ whole.T), atol=1e-6)
    assert np.array_equal(cosines, cosines.T)
    nearest = np.where(np.eye(300), 0.0, cosines)
    weights = np.where(nearest >= np.sort(nearest, axis=1)[:, -1:], nearest, 0.0)  # the nearest alone
    drawn = (np.eye(300) + weights) @ cosines @ (np.eye(300) + weights).T
    lengths = np.sqrt(np.diag(drawn))
    draw_together(cosines, np.ones(300, np.float32), np.ones(300, np.float32), np.zeros(300, np.float32), 40)
    assert np.allclose(cosines, drawn / lengths[:, None] / lengths, atol=1e-5)


def test_a_story_holds_every_clipping_exactly_once():
    stories: list[Story] = group(clippings(HEADLINES * 3))
    placed = [member.article_id for story in stories for member in story.members]
    assert sorted(placed) == [f"a{number:02}" for number in range(3 * len(HEADLINES))]


def test_two_chinese_articles_with_no_word_in_common_are_no_story():
    bridge = (
        "市政府周三表示，横跨爱河的新人行桥将于十月一日启用，比原定计划提早两个月。这座桥全长三百二十公尺。"
    )
    library = (
        "中央图书馆下周一重新开放，读者可以借阅六十万册藏书，其中一半是儿童读物。开馆时间延长到晚上九点。"
    )
    ours, theirs = weigh(bridge), weigh(library)
    assert all(len(term) == 3 for term in ours)  # two characters and the space between them
    assert sum(weight * theirs.get(term, 0.0) for term, weight in ours.items()) < 0.1


def test_grouping_ends_where_scores_differ_both_ways_or_are_none():
    around = np.array([[0, 0.5, 0.4], [0.4, 0, 0.5], [0.5, 0.4, 0]], np.float32)
    assert average_link(around, [0, 1, 2]) == [0, 0, 0]
    nothing = np.full((3, 3), np.nan, np.float32)
    assert average_link(nothing, [0, 1, 2]) == [0, 1, 2]


UNTRANSLATED = {
    "el": (
        (
            "Το δημοτικό συμβούλιο του Βέλμαρ αποφάσισε την Κυριακή να κρατήσει ανοιχτό τον παλιό φάρο. Η δήμαρχος "
            "είπε ότι έλαβε εννέα χιλιάδες επιστολές από τους κατοίκους και ότι ο φάρος θα βαφτεί πριν από το "
            "καλοκαίρι, για να μπορούν τα σχολεία να τον επισκέπτονται δωρεάν."
        ),
        (
            "Η κεντρική τράπεζα της χώρας αύξησε χθες το επιτόκιο κατά μισή μονάδα, για να περιορίσει τον πληθωρισμό. "
            "Οι αναλυτές δεν περίμεναν την κίνηση και είπαν ότι τα στεγαστικά δάνεια θα γίνουν πιο ακριβά από τον "
            "επόμενο μήνα για τις περισσότερες οικογένειες."
        ),
        (
            "Ο φάρος του Βέλμαρ μένει ανοιχτός, αποφάσισε το δημοτικό συμβούλιο μετά από εννέα χιλιάδες επιστολές. Ο "
            "φάρος, που ήταν να κλείσει, θα βαφτεί και θα τον επισκέπτονται δωρεάν τα σχολεία."
        ),
    ),
    "de": (
        (
            "Der Stadtrat von Vellmar hat am Sonntag beschlossen, dass der alte Leuchtturm offen bleibt. Die "
            "Bürgermeisterin sagte, sie habe neuntausend Briefe von den Bürgern bekommen. Der Leuchtturm wird vor "
            "dem Sommer gestrichen, damit ihn die Schulen umsonst besuchen können."
        ),
        (
            "Die Notenbank des Landes hat am Montag den Zins um einen halben Punkt erhöht, um die Inflation zu "
            "bremsen. Die Fachleute hatten nicht damit gerechnet und sagten, dass die Kredite für die meisten "
            "Familien vom nächsten Monat an teurer werden."
        ),
        (
            "Der Leuchtturm von Vellmar bleibt offen, beschloss der Stadtrat nach neuntausend Briefen. Der Leuchtturm, "
            "der schließen sollte, wird gestrichen, und die Schulen besuchen ihn umsonst."
        ),
    ),
}


@pytest.mark.parametrize("language", UNTRANSLATED)
def test_what_every_article_of_a_language_says_joins_none_without_a_translation(language):
    about = clippings(UNTRANSLATED[language], language=Language(language))
    assert members(group(about)) == {"a00": ["a00", "a02"], "a01": ["a01"]}


def test_the_reasons_for_a_story_are_no_function_words():
    about = clippings(UNTRANSLATED["el"], language=Language("el"))
    reasons = {term for story in group(about) for member in story.members for term, _ in member.reasons}
    assert reasons
    assert not reasons & {"και", "το", "του", "να", "από", "για"}


def test_whole_articles_on_one_subject_do_not_become_one_story_by_its_words():
    def about(number):
        dice = random.Random(number)
        own = [
            f"{stem}{number}x{at}" for at, stem in enumerate(("ando", "beru", "cami", "dolo", "ebra") * 24)
        ]
        chosen = own + 2 * dice.sample([f"subject{at}" for at in range(20)], 10)
        dice.shuffle(chosen)
        return " ".join(chosen)

    texts = [about(number) for number in range(8)]
    cosines = similarity([weigh(text) for text in texts])
    assert 0.1 < np.mean(cosines[np.triu_indices(8, 1)]) < 0.15
    assert max(len(story.members) for story in group(clippings(texts))) <= 2
