"""langdetect's own knowledge: its seeded answer as it is, and its n-gram table scored in full.

langdetect draws n-grams at random until one language leads. Summing the logarithms over all n-grams instead
is what the draw converges to (Nakatani 2010, naive Bayes over n-grams of up to three characters); it is
deterministic and many times faster. The installed profiles are read, never changed.
"""

import json
import sys
import threading
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
_CHARACTER = np.uint64(21)  # bits
_CAPITAL = 1 << 21
_FIRST_MARK, _LAST_MARK = 0x0300, 0x036F
_BEFORE = np.array([ord(" ")], dtype=np.uint32)
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
    grams = np.sort(_grams(_as_langdetect_reads(text)))  # in order they are found several times faster
    rows = np.minimum(np.searchsorted(table.grams, grams), len(table.grams) - 1)
    rows = rows[table.grams.take(rows) == grams]
    if not len(rows):
        return None
    logs = table.logs.take(rows, axis=0).astype(np.float32)
    scores: NDArray[np.float32] = np.ones(len(rows), dtype=np.float32) @ logs
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
        packed = packed << int(_CHARACTER) | ord(character)
    return packed


def _as_langdetect_reads(text: str) -> NDArray[np.uint32]:
    """Return the characters after langdetect's own preparation, one by one, each with `_CAPITAL` if it is one."""
    if "://" in text:
        text = Sampler.URL_RE.sub(" ", text)
    if "@" in text:
        text = Sampler.MAIL_RE.sub(" ", text)
    codes = _codes(text)
    if ((codes >= _FIRST_MARK) & (codes <= _LAST_MARK)).any():
        codes = _codes(NGram.normalize_vi(text))
    latin = (codes >= ord("A")) & (codes <= ord("z"))
    foreign = (codes >= _FIRST_MARK) & ((codes < ord("\u1e00")) | (codes > ord("\u1eff")))
    if np.count_nonzero(latin) * 2 < np.count_nonzero(foreign):
        codes = codes[~latin]
    forms = _forms()
    read = forms.take(codes)
    if not read.all():
        for code in set(codes[read == 0].tolist()):
            forms[code] = _form(chr(code))
        read = forms.take(codes)
    return read


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def _forms() -> NDArray[np.uint32]:
    """Return the table of langdetect's normal forms; nought for a character that was not met yet."""
    return np.zeros(sys.maxunicode + 1, dtype=np.uint32)


def _form(character: str) -> int:
    """Return langdetect's normal form of a character."""
    form: str = NGram.normalize(character)
    return ord(form) | _CAPITAL * form.isupper()


def _grams(read: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return the packed n-grams that langdetect would draw from: no space inside, no word in capitals."""
    read = np.concatenate([_BEFORE, read])
    upper = read >= _CAPITAL
    codes = (read & (_CAPITAL - 1)).astype(np.uint64)
    solid = codes != ord(" ")
    usable = np.ones(len(codes), dtype=bool)
    usable[1:] = ~(upper[1:] & upper[:-1])
    pairs = codes[:-1] << _CHARACTER | codes[1:]
    triples = pairs[:-1] << _CHARACTER | codes[2:]
    return np.concatenate(
        [
            codes[usable & solid],
            pairs[usable[1:] & (solid[1:] | solid[:-1])],
            triples[usable[2:] & solid[1:-1]],
        ]
    )
