"""Articles are set into pages' surroundings, to train on, without a word of theirs lost or labelled boilerplate."""

import random

from bench.line_splices import Article, spliced
from bench.line_windows import Split

PAGES = [
    {
        "id": f"page {number}",
        "lang": language,
        "lines": [
            "Home",
            "Login",
            "The first line of it.",
            "Read this now",
            "The last line of it.",
            "More",
            "Contact",
        ],
        "labels": [0, 0, 1, 0, 1, -1, 0],
    }
    for number, language in enumerate(["en", "fi"] * 10)
]
ARTICLES = [
    Article("fi", ["Silta avattiin", "Se on uusi. Se on pitkä.", "Kaupunki iloitsee."], f"document {number}")
    for number in range(40)
]
WORDS = {
    word for part in ARTICLES[0].paragraphs for word in part.rstrip(".").replace(".", "").lower().split()
}


def test_every_line_of_the_article_is_content_and_every_other_is_as_the_page_says() -> None:
    boilerplate = {
        line for line, label in zip(PAGES[0]["lines"], PAGES[0]["labels"], strict=True) if label < 1
    }
    for found in spliced(ARTICLES, PAGES, Split("id", 2), random.Random(1)):
        for line, label in zip(found.lines, found.labels, strict=True):
            own = {word.strip(".").lower() for word in line.split()} <= WORDS
            assert (label == 1) == own, line
            assert own or line in boilerplate or found.named[found.lines.index(line)], line


def test_a_document_and_the_page_around_it_are_of_one_fold() -> None:
    marked = [page | {"lines": [f"{line} {page['id']}" for line in page["lines"]]} for page in PAGES]
    split = Split("id", 2)
    fold_of = {page["id"]: split.fold(page["id"]) for page in marked}
    seen = 0
    for article, found in zip(ARTICLES, spliced(ARTICLES, marked, split, random.Random(1)), strict=True):
        assert found.fold == split.fold(article.document)
        around = [line for line in found.lines if " page " in line and "Read" not in line[:4]]
        seen += len(around)
        assert {fold_of["page" + line.split(" page")[1]] for line in around} <= {found.fold}
    assert seen > 10


def test_the_same_chance_gives_the_same_windows() -> None:
    first, second = (list(spliced(ARTICLES, PAGES, Split("id", 2), random.Random(7))) for _ in range(2))
    assert first == second
