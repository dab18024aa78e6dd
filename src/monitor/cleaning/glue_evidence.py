"""What speaks for and against a lost sentence boundary: letters, words around it, the rest of the document."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from monitor.cleaning.glue_letters import end_keys, odds, start_keys, word_keys
from monitor.cleaning.glue_names import (
    BEGINNINGS,
    PREFIX,
    is_inside_name,
    is_second_part,
    is_title,
    writes_prefixes,
)
from monitor.cleaning.glue_places import CLOSING, STOPS, Place

WORDS = re.compile(r"[^\W\d_]++(?!-)")  # a part before a hyphen is no word of its own
SENTENCE_START = re.compile(rf"(?:^|\n|[{re.escape(STOPS)}][{re.escape(CLOSING)}]?\s)\W{{0,3}}([^\W\d_]+)")
SENTENCE_END = re.compile(rf"\n|[{re.escape(STOPS)}][{re.escape(CLOSING)}]?(?=\s|$)")
TOKEN_START = re.compile(r"\S*$")
ADDRESS = re.compile(r"[@#/_]|\bwww|http", re.IGNORECASE)
DOMAIN = re.compile(r"[^\W_]*[./@][a-z]")
REACH = 300  # characters looked at on each side
NEAR = 60
SHORT = 3  # letters of a prefix: uThemba, iPhone
KINDS = ("lower", "upper", "digit", "closing", "stop")
NEIGHBOURS = "-–—/@#.,:;'’\"“”«»()&"

NAMES = (
    *("kind", "left length", "left lower", "left title", "left mixed"),
    *("right length", "right upper", "right single", "right second capital", "right latin", "right uncased"),
    *("character before", "character after", "next lower", "next upper", "previous upper", "dots behind"),
    *("mark", "stop mark", "address", "domain"),
    *("behind", "ahead", "words behind", "words ahead"),
    *("left known", "right known", "right known lower", "right starts", "right starts share", "joined known"),
    *("camels", "short camels", "left again", "right again"),
    *("end word", "end 4", "end 3", "end 2", "start word", "start 4", "start 3", "begin 4", "begin 3"),
    *(
        "joined end",
        "right end",
        "same halves",
        "name beginning",
        "name",
        "name second part",
        "title",
        "prefix",
        "nguni",
    ),
)


class Context:
    """One text, with what its places are judged by; words are counted once, when first asked for."""

    def __init__(self, text: str, places: Sequence[Place], letters: bytes) -> None:
        self.text = text
        self.letters = letters
        camels = [place for place in places if place.kind == "lower"]
        self.lefts = Counter(place.left.lower() for place in camels)
        self.rights = Counter(place.right for place in camels)
        self.prefixes = sum(len(left) <= SHORT for left in self.lefts)

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(WORDS.findall(self.text))

    @cached_property
    def starts(self) -> Counter[str]:
        """How often each word stands first in a sentence."""
        return Counter(SENTENCE_START.findall(self.text))

    @cached_property
    def nguni(self) -> bool:
        """Whether small prefixes before capitals are the language's habit."""
        return writes_prefixes(self.text)


def evidence(context: Context, place: Place) -> list[float]:
    """Return the figures named in NAMES for one place."""
    return [
        *_letters(place),
        *_neighbours(context.text, place),
        *_sentences(context.text, place),
        *_document(context, place),
        *_likeness(context, place),
    ]


def _ends(text: str, place: Place) -> tuple[int, int, int]:
    """Return where the left word starts and ends, and where the right word ends."""
    end = place.at
    while end > max(0, place.at - 3) and not text[end - 1].isalnum():
        end -= 1
    return end - len(place.left), end, place.at + len(place.right)


def _letters(place: Place) -> list[float]:
    left, right = place.left, place.right
    title = left[:1].isupper() and left[1:].islower()
    return [
        KINDS.index(place.kind),
        len(left),
        left.islower(),
        title,
        not left.islower() and not title and not left.isupper(),
        len(right),
        len(right) > 1 and right.isupper(),
        len(right) == 1,
        right[1:2].isupper(),
        right[:1] < "\u0250",
        not right[:1].isupper(),
    ]


def _neighbours(text: str, place: Place) -> list[float]:
    start, _, end = _ends(text, place)
    following = text[end : end + NEAR].lstrip(" ,’'")[:1]
    previous = (text[max(0, start - NEAR) : max(0, start)].split() or [""])[-1]
    token = TOKEN_START.search(text, max(0, place.at - NEAR), place.at)
    mark = text[place.at - 1]
    return [
        _shape(text[start - 1 : start] if start > 0 else ""),
        _shape(text[end : end + 1]),
        following.islower(),
        following.isupper(),
        previous[:1].isupper(),
        text.count(".", max(0, place.at - 12), place.at),
        (STOPS + CLOSING).find(mark),
        STOPS.find(mark) if place.kind == "stop" else -1,
        bool(token and ADDRESS.search(token[0])),
        bool(DOMAIN.match(text, place.at, place.at + NEAR)),
    ]


def _shape(character: str) -> int:
    """Return a small number for the class of a neighbouring character."""
    if not character or character.isspace():
        return 0
    if character.isdigit():
        return 1
    return NEIGHBOURS.find(character) + 3


def _sentences(text: str, place: Place) -> list[float]:
    """Measure how much of a sentence stands on each side: two halves that are each long enough are two."""
    start = max(0, place.at - REACH)
    for found in SENTENCE_END.finditer(text, start, max(start, place.at - 2)):
        start = found.end()
    found_end = SENTENCE_END.search(text, place.at, place.at + REACH)
    end = found_end.start() if found_end else min(len(text), place.at + REACH)
    return [
        place.at - start,
        end - place.at,
        text.count(" ", start, place.at),
        text.count(" ", place.at, end),
    ]


def _document(context: Context, place: Place) -> list[float]:
    """Ask the rest of the text: do the halves stand alone, does the joined form repeat."""
    words, left, right = context.words, place.left, place.right
    joined = _joined(context.text, place)
    itself = place.kind == "lower"
    return [
        min(3, words[left]) if left else -1,
        min(3, words[right]),
        min(2, words[right.lower()]),
        min(3, context.starts[right]),
        min(3, context.starts[right]) / max(1, words[right]),
        min(3, words[joined] - 1) if joined else -1,
        min(20, len(context.lefts)),
        min(10, context.prefixes),
        min(5, context.lefts[left.lower()] - itself),
        min(5, context.rights[right] - itself),
    ]


def _joined(text: str, place: Place) -> str:
    return place.left + place.right if text[place.at - 1].isalpha() else ""


def _likeness(context: Context, place: Place) -> list[float]:
    """Ask the trained tables and the lists of names."""
    letters, left, right = context.letters, place.left, place.right
    joined = _joined(context.text, place)
    return [
        *(odds(key, letters) for key in end_keys(left)),
        *(odds(key, letters) for key in start_keys(right)),
        *(odds(key, letters) for key in word_keys(right)),
        odds(next(end_keys(joined)), letters) if joined else 0.0,
        odds(next(end_keys(right)), letters),
        bool(left) and left == right,
        left in BEGINNINGS,
        is_inside_name(context.text, place.at, joined),
        is_second_part(right),
        place.kind == "stop" and is_title(left),
        context.nguni and bool(PREFIX.match(left)),
        context.nguni,
    ]
