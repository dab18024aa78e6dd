"""What a text holds that says nothing of its language: addresses of pages and people, handles, hashtags."""

import re

_NOISE = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,500}|[\w.+-]{1,64}@[\w-]{1,255}(?:\.[\w-]{1,63}){1,8}|[@#]\w{1,80}|&\w{2,8};"
)


def without_noise(text: str) -> str:
    """Return the text with a space for every address, handle and HTML entity.

    >>> without_noise("Mehr: https://example.org/a?b=c oder an@example.org")
    'Mehr:   oder  '
    """
    return _NOISE.sub(" ", text) if _may_hold_noise(text) else text


def _may_hold_noise(text: str) -> bool:
    """Return whether any sign of noise is there; cheaper than the expression."""
    return "://" in text or "@" in text or "www." in text or "#" in text or "&" in text
