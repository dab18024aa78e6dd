"""Say which parts of a sentence must come through a translation as they are, and which did not."""

import re

# addresses, handles and tags; then words that mix letters and figures, have marks inside, or are file names
_PROTECTED = re.compile(
    r"(?:https?|ftp)://[^\s<>\"'“”«»]+|www\.[^\s<>\"'“”«»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@#])[@#][^\W\d_]\w+"
    r"|(?<!\w)(?:[A-Z]{1,5}-?\d{1,5}[A-Z]?|[A-Za-z_]\w*\(\)|[A-Za-z]+_[A-Za-z_]+|v\d+(?:\.\d+)+|\d+(?:\.\d+){3}|\w+\.(?:pdf|csv|zip|exe|py|js|html?|jpe?g|png))(?![\w-])",
    re.ASCII,
)
_SIGNS_OF_ONE = re.compile(r"[@#_\d]|://|www\.|\(\)|\.\w", re.ASCII)
_TRAILING = ".,;:!?)]}'\"»”"


def protected(sentence: str) -> list[str]:
    """Return the parts that no translation may change, in order.

    >>> protected("Schreib an info@amt.example, siehe https://amt.example/a?b=1.")
    ['info@amt.example', 'https://amt.example/a?b=1']
    """
    if not _SIGNS_OF_ONE.search(sentence):
        return []
    parts = (found.group() for found in _PROTECTED.finditer(sentence))
    return [part if part.endswith("()") else part.rstrip(_TRAILING) for part in parts]


def without_protected(sentence: str) -> str:
    """Return the sentence with a space for each part that no translation may change."""
    return _PROTECTED.sub(" ", sentence) if _SIGNS_OF_ONE.search(sentence) else sentence


def vanished(source: str, output: str) -> list[str]:
    """Return the protected parts of the source that the output lacks; hyphens and case do not count."""
    parts = protected(source)
    here = _bare(output) if parts else ""
    return [part for part in parts if _bare(part) not in here]


def _bare(text: str) -> str:
    return re.sub(r"[\s\-‐‑–]", "", text).casefold()
