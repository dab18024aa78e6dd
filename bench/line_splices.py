"""Set articles of many languages, of which every line is content, into what surrounds the articles of pages.

Labelled pages are in few languages; what a model learns of them alone, it takes for true of all others: that a short
sentence between two advertisements is one more of them.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.line_windows import Split, Window, fold, interrupted, window
from bench.rows import read_rows
from monitor.languages import from_argos
from monitor.translation.sentences import split_sentences

INTERRUPTED = 0.6  # get lines put in that a rule names
SENTENCES = 0.5  # of the articles have a line a sentence, the others a line a paragraph
LATER = 0.25  # begin inside the article
SHORTER = 0.5  # end before their end
WORTH = 0.3  # of a line of a labelled page
HEADED = 0.5  # have headings between their lines
AROUND = 12  # lines before and after a page's article that are looked at

UNSPACED = 15  # characters a word, where words are not set apart
MARKS = " .,:;!?…。、，।۔።\"'“”„«»‘’()"

Lines = list[tuple[str, int]]


class Article(NamedTuple):
    """Paragraphs, the first of which is the headline; and the document, which translations share."""

    language: str
    paragraphs: Sequence[str]
    document: str


class Surroundings(NamedTuple):
    """Lines with labels before and after a page's article, and boilerplate inside of it."""

    before: Lines
    after: Lines
    inside: Lines


def read_articles(path: Path) -> list[Article]:
    """Return the news articles, translated line by line, of a file of texts in known languages."""
    return [
        Article(str(from_argos(row["lang"])), [part for part in row["text"].split("\n") if part], row["key"])
        for row in read_rows(path)
        if row["set"] == "document" and row["src"] == "ntrex"
    ]


def spliced(
    articles: Sequence[Article], pages: Sequence[Mapping[str, Any]], split: Split, chance: random.Random
) -> Iterator[Window]:
    """Yield a window of each article in the surroundings of pages of its fold, in its language if there are any."""
    found: dict[tuple[str | None, int], list[Surroundings]] = defaultdict(list)
    for page in pages:
        around = surroundings(page)
        for language in (page["lang"], None):
            found[language, fold(page, split)].append(around)
    for article in articles:
        number = split.fold(article.document)
        lines, labels = set_into(
            article, found.get((article.language, number)) or found[None, number], chance
        )
        if chance.random() < INTERRUPTED:
            lines, labels = interrupted(lines, labels, chance)
        yield window(lines, labels, number, WORTH)


def surroundings(page: Mapping[str, Any]) -> Surroundings:
    """Return what a labelled page has around its article."""
    rows = [*zip(page["lines"], page["labels"], strict=True)]
    content = [at for at, (_, label) in enumerate(rows) if label == 1]
    first, end = content[0], content[-1] + 1
    inside = [row for row in rows[first:end] if row[1] == 0]
    return Surroundings(rows[max(0, first - AROUND) : first], rows[end : end + AROUND], inside)


def with_headings(body: Sequence[str], chance: random.Random) -> list[str]:
    """Put a few words of a line, as its heading, above some lines."""
    out = [*body]
    for at in sorted(chance.sample(range(len(body)), min(len(body), chance.randint(1, 3))), reverse=True):
        words = body[at].split()
        gap = " "
        if len(body[at]) > UNSPACED * len(words):
            words, gap = [*words[0]], ""
        size = chance.randint(2, 7) if gap else chance.randint(4, 14)
        start = chance.randrange(max(1, len(words) - size))
        heading = gap.join(words[start : start + size]).strip(MARKS)
        out.insert(at, heading[:1].upper() + heading[1:] or body[at])
    return out


def set_into(
    article: Article, pages: Sequence[Surroundings], chance: random.Random
) -> tuple[list[str], list[int]]:
    """Return lines and labels of an article, or a part of it, with lines of pages around and in between."""
    title, *body = article.paragraphs
    if chance.random() < SENTENCES:
        body = [part[a:b] for part in body for a, b in split_sentences(part, article.language)]
    first = chance.randrange(len(body)) if chance.random() < LATER else 0
    end = chance.randint(first + 1, len(body)) if chance.random() < SHORTER else len(body)
    body = body[first:end]
    if chance.random() < HEADED:
        body = with_headings(body, chance)
    rows = [(line, 1) for line in body]
    for _ in range(chance.choice([0, 0, 1, 2, 3])):
        if inside := chance.choice(pages).inside:
            rows.insert(chance.randrange(len(rows) + 1), chance.choice(inside))
    if not first:
        rows.insert(0, (title, 1))
    before, after, _ = chance.choice(pages)
    before = before[max(0, len(before) - chance.choice([0, 0, 1, 3])) :]
    lines, labels = zip(*before, *rows, *after[: chance.choice([0, 0, 2, 8])], strict=True)
    return [*lines], [*labels]
