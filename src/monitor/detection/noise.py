"""What a text holds that says nothing of its language: addresses, handles, hashtags, and words said yet again."""

import re

_NOISE = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,500}|[\w.+-]{1,64}@[\w-]{1,255}(?:\.[\w-]{1,63}){1,8}|[@#]\w{1,80}|&\w{2,8};"
)
# What a text of another script becomes that is read as Latin-1; of no language's letters so many have marks
_MARKED = re.compile("[\u00c0-\u00ff]")
_MOST_MARKED = 0.6
_FEWEST_MARKED = 12  # letters; a headline may be "Où ça ?"
_FEWEST_CHARACTERS = 80  # a shorter text may say one thing twice
_REPEATED = 4  # times that a word occurs on average where it says no more each time


def without_noise(text: str) -> str:
    """Return the text with a space for every address, handle and HTML entity, and no word time and again.

    >>> without_noise("Mehr: https://example.org/a?b=c oder an@example.org")
    'Mehr:   oder  '
    >>> without_noise("tick tock " * 100)
    'tick tock'
    """
    text = _NOISE.sub(" ", text) if _may_hold_noise(text) else text
    return _without_repeats(text) if len(text) >= _FEWEST_CHARACTERS else text


def is_misread(text: str, letters: int) -> bool:
    """Return whether a text of so many Latin letters was read in the wrong encoding: it is in no language at all.

    >>> is_misread("Старый маяк останется".encode("cp1251").decode("latin-1"), 19)
    True
    """
    marked = 0 if text.isascii() else len(_MARKED.findall(text))
    return marked >= _FEWEST_MARKED and marked > _MOST_MARKED * letters


def _without_repeats(text: str) -> str:
    """Return each word once where few are repeated over and over: that is no more evidence than once."""
    words = text.split()
    distinct = dict.fromkeys(words)
    return " ".join(distinct) if _REPEATED * len(distinct) <= len(words) else text


def _may_hold_noise(text: str) -> bool:
    """Return whether any sign of noise is there; cheaper than the expression."""
    return "://" in text or "@" in text or "www." in text or "#" in text or "&" in text
