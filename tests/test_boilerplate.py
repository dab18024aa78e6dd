"""An outlet's recurring lines are learned from its other articles, never from the article itself."""

import random

from monitor.corpus.boilerplate import count_lines, learned_lines, outline

FOOT = "The Daily Example is published by Example Media."


def article(number: int) -> str:
    return f"Headline about number {chr(97 + number)}\nA paragraph about {chr(97 + number)} alone.\n{FOOT}"


def learned(text: str, others: list[str]) -> frozenset[str]:
    texts = [text, *others]
    counts = count_lines((str(i), outline(t)) for i, t in enumerate(texts))
    return learned_lines(outline(text), counts, own=outline(text))


def test_a_line_of_three_other_articles_is_boilerplate():
    assert learned(article(0), [article(n) for n in (1, 2, 3)]) == {
        "the daily example is published by example media"
    }


def test_two_other_articles_are_not_enough():
    assert learned(article(0), [article(1), article(2)]) == frozenset()


def test_an_article_alone_is_no_evidence_against_itself():
    assert learned("\n".join([FOOT] * 9), []) == frozenset()


def test_copies_of_one_article_are_one_work():
    texts = [article(0)] * 5
    counts = count_lines(("same work", outline(text)) for text in texts)
    assert learned_lines(outline(article(0)), counts, own=outline(article(0))) == frozenset()
    assert learned_lines(outline(article(0)), counts) == frozenset()


def test_a_background_paragraph_that_comes_back_now_and_then_stays():
    background = "The ferry line between the two islands was closed in the spring of last year."
    body = "\n".join(f"Sentence {chr(97 + n)} of this one article." for n in range(12))
    series = [f"Head {chr(97 + n)}\n" * 4 + f"{body}\n{background}\n{body}x{n}\n" for n in range(5)]
    others = [article(n % 26) + f"\nmore {chr(97 + n)}" for n in range(20)]
    assert not {key for key in learned(series[0], series[1:] + others) if "ferry" in key}


def test_the_order_of_the_articles_does_not_matter():
    rows = [(str(n % 7), outline(article(n))) for n in range(20)]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert count_lines(rows) == count_lines(shuffled)


def test_lines_without_letters_and_whole_paragraphs_are_not_counted():
    assert outline("12.11.2026\n***\n" + "A long paragraph. " * 40).everywhere == frozenset()
