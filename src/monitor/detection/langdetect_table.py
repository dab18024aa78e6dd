"""langdetect's own knowledge: its seeded answer as it is, and its n-gram table scored in full.

langdetect draws n-grams at random until one language leads. Summing the logarithms over all n-grams instead
is what the draw converges to (Nakatani 2010, naive Bayes over n-grams of up to three characters); it is
deterministic and many times faster. The installed profiles are read, never changed.
"""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import langdetect
import numpy as np
from langdetect import DetectorFactory, LangDetectException
from langdetect.detector import Detector as Sampler
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

_PROFILES = Path(langdetect.__file__).parent / "profiles"
_SMOOTHING = Sampler.ALPHA_DEFAULT / Sampler.BASE_FREQ
_SEED = 0
_UNIT = 256  # of a log probability: whole numbers add up to the same on every machine
_LOADING = threading.Lock()


class _Table(NamedTuple):
    """Codes of the languages, sorted packed n-grams, log probabilities in units (n-grams x languages)."""

    codes: tuple[str, ...]
    grams: NDArray[np.uint64]
    logs: NDArray[np.int16]


def sampled_answer(text: str) -> tuple[str | None, float]:
    """Return exactly what langdetect answers with seed 0, and its probability; None where it raises or gives up."""
    with _LOADING:
        factory = _factory()
    sampler = factory.create()
    sampler.append(text)
    try:
        ranked = sampler.get_probabilities()
    except LangDetectException:
        return None, 0.0
    return (ranked[0].lang, float(ranked[0].prob)) if ranked else (None, 0.0)


def full_answer(text: str) -> str | None:
    """Return the code that leads when every n-gram of the text is counted; None without any known one."""
    table = load_table()
    scores = full_scores(text)
    return None if scores is None else table.codes[int(scores.argmax())]


def full_scores(text: str) -> NDArray[np.float32] | None:
    """Return the summed log probabilities, one a language of `load_table().codes`; None without evidence."""
    table = load_table()
    grams = _grams(_as_langdetect_reads(text))
    rows = np.minimum(np.searchsorted(table.grams, grams), len(table.grams) - 1)
    rows = rows[table.grams[rows] == grams]
    if not len(rows):
        return None
    scores: NDArray[np.float32] = np.ones(len(rows), dtype=np.float32) @ table.logs[rows].astype(np.float32)
    return scores / np.float32(_UNIT)


def load_table() -> _Table:
    """Return langdetect's table, read once a process, whatever the number of threads."""
    with _LOADING:
        return _table()


@cache
def _factory() -> DetectorFactory:
    """Load langdetect's profiles its own way; called under the lock, for its loading is not thread-safe."""
    factory = DetectorFactory()
    factory.load_profile(str(_PROFILES))
    factory.set_seed(_SEED)
    return factory


@cache
def _table() -> _Table:
    """Read the profiles, one at a time, into one matrix."""
    files = sorted(path for path in _PROFILES.iterdir() if path.is_file() and not path.name.startswith("."))
    row: dict[int, int] = {}
    columns: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    for file in files:
        profile = json.loads(file.read_text(encoding="utf-8"))
        known = [(gram, count) for gram, count in profile["freq"].items() if 1 <= len(gram) <= NGram.N_GRAM]
        rows = [row.setdefault(_pack(gram), len(row)) for gram, _ in known]
        chances = [count / profile["n_words"][len(gram) - 1] for gram, count in known]
        columns.append((np.array(rows), np.array(chances)))
    logs = np.full((len(row), len(files)), round(_UNIT * np.log(_SMOOTHING)), dtype=np.int16)
    for column, (rows_of, chances_of) in enumerate(columns):
        logs[rows_of, column] = np.rint(_UNIT * np.log(_SMOOTHING + chances_of))
    grams = np.fromiter(row, dtype=np.uint64, count=len(row))
    order = np.argsort(grams)
    return _Table(tuple(file.name for file in files), grams[order], logs[order])


def _pack(gram: str) -> int:
    """Return an n-gram of up to three characters as one number, 21 bits a character."""
    packed = 0
    for character in gram:
        packed = packed << 21 | ord(character)
    return packed


def _as_langdetect_reads(text: str) -> str:
    """Return the text after langdetect's own preparation, character for character."""
    text = Sampler.MAIL_RE.sub(" ", Sampler.URL_RE.sub(" ", text))
    text = NGram.normalize_vi(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    latin = (codes >= ord("A")) & (codes <= ord("z"))
    foreign = (codes >= ord("\u0300")) & ((codes < ord("\u1e00")) | (codes > ord("\u1eff")))
    if latin.sum() * 2 < foreign.sum():
        text = text.translate(_WITHOUT_ASCII_LETTERS)
    return text.translate(_NORMALIZED)


class _Normalized(dict[int, str]):
    """langdetect's normal form of each character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        form: str = NGram.normalize(chr(code))
        self[code] = form
        return form


_NORMALIZED = _Normalized()
_WITHOUT_ASCII_LETTERS: dict[int, Any] = dict.fromkeys(range(ord("A"), ord("z") + 1))


def _grams(text: str) -> NDArray[np.uint64]:
    """Return the packed n-grams that langdetect would draw from: no space inside, no word in capitals."""
    text = f" {text}"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    space = codes == ord(" ")
    upper = np.fromiter(map(str.isupper, text), dtype=bool, count=len(codes))
    usable = ~(upper & np.roll(upper, 1))
    pairs = codes[:-1] << np.uint64(21) | codes[1:]
    triples = pairs[:-1] << np.uint64(21) | codes[2:]
    return np.concatenate(
        [
            codes[usable & ~space],
            pairs[usable[1:] & ~(space[1:] & space[:-1])],
            triples[usable[2:] & ~space[1:-1]],
        ]
    )
