"""How much a run of letters looks like a whole word, and a word like the first of a sentence."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zlib import crc32

SLOTS = 1 << 18  # one signed byte each: a log-odds in steps of 1/16
STEP = 16


@cache
def table() -> bytes:
    """Return the trained log-odds; made by `python -m bench.train_glue`."""
    return files("monitor.cleaning").joinpath("glue_letters.bin").read_bytes()


def slot(key: str) -> int:
    """Return where the log-odds of a key stand."""
    return crc32(key.encode("utf-8", "replace")) % SLOTS


def odds(key: str, letters: bytes) -> float:
    """Return the log-odds of a key; 0 for one that was never seen."""
    at = slot(key)
    return int.from_bytes(letters[at : at + 1], signed=True) / STEP


def end_keys(word: str) -> Iterator[str]:
    """Yield what is asked about a run of letters that may be a whole word: itself and its last 4, 3, 2."""
    folded = word.lower()
    yield f"e0{folded}"
    for size in (4, 3, 2):
        yield f"e{size}{f'^{folded}'[-size:]}"


def start_keys(word: str) -> Iterator[str]:
    """Yield what is asked about a word that may begin a sentence: itself, its first 4 and its last 3."""
    yield f"s0{word}"
    yield f"s4{word[:4]}"
    yield f"s3{word[-3:]}"


def word_keys(word: str) -> Iterator[str]:
    """Yield what is asked about a run of letters that may begin a word: its first 4 and 3."""
    folded = f"{word.lower()}$"
    yield f"b4{folded[:4]}"
    yield f"b3{folded[:3]}"
