"""What a text holds that says nothing of its language: addresses, handles, hashtags, and words said yet again."""

import re

_NOISE = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,500}|[\w.+-]{1,64}@[\w-]{1,255}(?:\.[\w-]{1,63}){1,8}|[@#]\w{1,80}|&\w{2,8};"
)
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


def _without_repeats(text: str) -> str:
    """Return each word once where few are repeated over and over: that is no more evidence than once."""
    words = text.split()
    distinct = dict.fromkeys(words)
    return " ".join(distinct) if _REPEATED * len(distinct) <= len(words) else text


def _may_hold_noise(text: str) -> bool:
    """Return whether any sign of noise is there; cheaper than the expression."""
    return "://" in text or "@" in text or "www." in text or "#" in text or "&" in text
