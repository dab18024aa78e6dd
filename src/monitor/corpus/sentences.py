"""Find the sentence around a place in a text, to show it."""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

# A mark with its closing quotes; Latin full stops need a space and no small letter behind, and at least two
# letters in front, so that "U.S. troops" and "J. Smith" stay whole.
_END = re.compile(
    r"(?:[。！？｡؟۔।॥][」』”’）)»\"]*|[!?…][”’»)\"]*(?=\s)|(?<=[^\W\d_]{2})\.[”’»)\"]*(?=\s+[^\sa-z])|"
    r"(?<=[\d%)”\"»])\.[”’»)\"]*(?=\s+[^\sa-z\d]))"
)


def paragraph_around(text: str, start: int) -> tuple[int, int]:
    """Return the bounds of the line that holds offset `start`."""
    end = text.find("\n", start)
    return text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end


@lru_cache(maxsize=64)  # mentions come in clusters; the bound keeps memory flat
def sentence_ends(paragraph: str) -> tuple[int, ...]:
    """Return where the sentences of one line end; the last may have no end."""
    return tuple(match.end() for match in _END.finditer(paragraph))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence, or sentences, that hold `[start, end)`; spaces at the ends left off.

    >>> text = "It rained. Apple fell in U.S. trading. Nobody knew why."
    >>> text[slice(*sentence_around(text, 11, 16))]
    'Apple fell in U.S. trading.'
    """
    first, last = paragraph_around(text, start)
    last = max(last, end)
    begin, finish = first, last
    for stop in sentence_ends(text[first:last]):
        if first + stop <= start:
            begin = first + stop
        elif first + stop >= end:
            finish = first + stop
            break
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, finish


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a text, line by line, without the spaces around them."""
    for paragraph in text.splitlines():
        cuts = [0, *sentence_ends(paragraph), len(paragraph)]
        for start, end in itertools.pairwise(cuts):
            if sentence := paragraph[start:end].strip():
                yield sentence
