"""Make copies of an article in the ten ways in which the press copies, each mild, medium and strong."""

import random
import re
from collections.abc import Callable, Sequence

Change = Callable[[list[str], float, random.Random, Sequence[str]], list[str]]

STRENGTHS = (1, 2, 3)
MOST_OF_A_HEADLINE = 120  # characters
FILLER = (
    "Subscribe to our newsletter and never miss a story again.",
    "Read more: what you should know before you leave the house today",
    "Follow us on all channels for the latest updates.",
    "This page uses cookies. By going on you agree to their use.",
    "Advertisement",
    "Share this article with your friends",
    "Copyright by the publisher. All rights reserved.",
    "Our reporters may earn a commission on links in this text.",
    "Comments (17) | Most read this week | Weather | Horoscope",
    "Do you have a tip for us? Write to the desk.",
)


def same_words(lines: list[str], strength: float, _dice: random.Random, _other: Sequence[str]) -> list[str]:
    """Set the same words differently: quotation marks, case, blank lines."""
    text = "\n".join(lines).replace('"', "“").replace("'", "’")
    text = text if strength == 1 else text.replace(" ", "  ")
    return (text.upper() if strength == 3 else text).split("\n")


def new_headline(lines: list[str], strength: float, _dice: random.Random, other: Sequence[str]) -> list[str]:
    """Put a headline of another article on top, and a standfirst and a byline under it."""
    short = [line for line in other if len(line) < MOST_OF_A_HEADLINE]
    return [*short[: int(strength)], *lines[1:]]


def cut_end(lines: list[str], strength: float, _dice: random.Random, _other: Sequence[str]) -> list[str]:
    """Keep 75, 50, 30 percent from the beginning."""
    text = "\n".join(lines)
    return text[: int(len(text) * (1, 0.75, 0.5, 0.3)[int(strength)])].split("\n")


def cut_start(lines: list[str], strength: float, _dice: random.Random, _other: Sequence[str]) -> list[str]:
    """Keep 80, 60, 40 percent from the end."""
    text = "\n".join(lines)
    return text[-int(len(text) * (1, 0.8, 0.6, 0.4)[int(strength)]) :].split("\n")


def added_paragraphs(
    lines: list[str], strength: float, dice: random.Random, other: Sequence[str]
) -> list[str]:
    """Add paragraphs of other articles: 25, 60, 120 percent of the length."""
    wanted = len("\n".join(lines)) * (0, 0.25, 0.6, 1.2)[int(strength)]
    result = list(lines)
    for line in other:
        if wanted <= 0:
            break
        result.insert(dice.randrange(1, len(result) + 1), line)
        wanted -= len(line)
    return result


def boilerplate(lines: list[str], strength: float, dice: random.Random, _other: Sequence[str]) -> list[str]:
    """Put 4, 10, 20 lines of page furniture between and around the paragraphs."""
    result = list(lines)
    for _ in range((0, 4, 10, 20)[int(strength)]):
        result.insert(dice.randrange(len(result) + 1), dice.choice(FILLER))
    return result


def light_edits(lines: list[str], strength: float, dice: random.Random, other: Sequence[str]) -> list[str]:
    """Replace, drop or repeat 3, 8, 15 percent of the words."""
    spare = " ".join(other).split()

    def edited(word: str) -> str:
        if dice.random() >= (0, 0.03, 0.08, 0.15)[int(strength)]:
            return word
        return dice.choice(("", dice.choice(spare), f"{word} {dice.choice(spare)}"))

    return [" ".join(map(edited, line.split())) for line in lines]


def new_order(lines: list[str], strength: float, dice: random.Random, _other: Sequence[str]) -> list[str]:
    """Swap two sentences, shuffle the paragraphs, shuffle all sentences."""
    if strength == 2:
        return dice.sample(lines, len(lines))
    sentences = re.split(r"(?<=[.!?。])\s*", "\n".join(lines))
    if strength == 3:
        return dice.sample(sentences, len(sentences))
    at = dice.randrange(max(len(sentences) - 1, 1))
    sentences[at : at + 2] = reversed(sentences[at : at + 2])
    return [" ".join(sentences)]


def retold(lines: list[str], strength: float, dice: random.Random, other: Sequence[str]) -> list[str]:
    """Stand in for a second translation: 15, 25, 35 percent of the words differ, neighbours swap."""
    spare = " ".join(other).split()
    rate = (0, 0.15, 0.25, 0.35)[int(strength)]

    def reworded(line: str) -> str:
        words = [dice.choice(spare) if dice.random() < rate else word for word in line.split()]
        for at in range(len(words) - 1):
            if dice.random() < rate / 3:
                words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)

    return [reworded(line) for line in lines]


def all_at_once(lines: list[str], strength: float, dice: random.Random, other: Sequence[str]) -> list[str]:
    """Change the headline, cut the end, edit lightly and add page furniture: mildly, or the strong way medium."""
    mild = max(strength - 1, 1)
    cut = cut_end(new_headline(lines, 1, dice, other), mild, dice, other)
    return boilerplate(light_edits(cut, mild, dice, other), mild, dice, other)


CHANGES: dict[str, Change] = {
    "same words": same_words,
    "new headline": new_headline,
    "cut at the end": cut_end,
    "cut at the start": cut_start,
    "added paragraphs": added_paragraphs,
    "page furniture": boilerplate,
    "light edits": light_edits,
    "new order": new_order,
    "retold": retold,
    "all at once": all_at_once,
}
