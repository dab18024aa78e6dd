"""Ask word tables how well the words of a translation answer those of its source.

The tables are word translation probabilities in the manner of IBM model 1 (Brown et al., 1993).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.ragged import Rows
from monitor.translation.scoring.tables import Figures, Hashes

NAMES = (
    "best", "best_content", "some_answer", "some_content", "gain", "gain_low", "gain_content", "covered",
    "uncovered", "missed", "missed_share", "asked", "alike", "known", "content", "expected", "sure", "sure_low",
)  # fmt: skip
_QUARTER = 4
_FEW = 3
_NO_KEY = np.uint64((1 << 64) - 1)
_WEAK, _STRONG = 0.1, 0.15
_USUALLY = 0.35  # words that have one usual translation
_SMOOTHING = 0.1
_UNSEEN = 1e-5  # probability of an English word that the training texts lack
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Word translation probabilities t(english | source) of all languages.

    Those of source word i (by the order of the sorted hashes `source`) stand from `start[i]` to `start[i + 1]`
    in `english` (numbers of words in the sorted hashes `vocabulary`) and `chance`. `usual` is each English
    word's own probability, `content` marks those that are no function words.
    """

    source: Hashes
    start: NDArray[np.int32]
    english: NDArray[np.uint16]
    chance: Figures
    vocabulary: Hashes
    usual: Figures
    content: Flags

    @cached_property
    def mass(self) -> Figures:
        """Return the sum of each source word's probabilities."""
        return np.add.reduceat(self.chance, self.start[:-1])

    @cached_property
    def squares(self) -> Figures:
        """Return the sum of the squares of each source word's probabilities, function words left out."""
        return np.add.reduceat((self.chance * self.content[self.english]) ** 2, self.start[:-1])

    @cached_property
    def top(self) -> Figures:
        """Return the probability of each source word's best translation, 0 where that is a function word."""
        return np.maximum.reduceat(self.chance * self.content[self.english], self.start[:-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Sentences to ask about: hashes of their distinct source words, with the language, and output words.

    `there` and `here` say where each sentence's stand; `content` marks output words that are no function words.
    """

    source: Hashes
    there: Rows
    output: Hashes
    here: Rows
    content: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """What of a lexicon concerns the sentences asked about.

    `rows` are the known source words in the lexicon, `known` where they stand. Source word `word[i]` of them
    calls with `chance[i]` for the output word at place `answer[i]`.
    """

    rows: Numbers
    known: Rows
    word: Numbers
    answer: Numbers
    chance: Figures


def lexicon_features(lexicon: Lexicon, asked: Asked) -> NDArray[np.float64]:
    """Return figures on how source and output answer each other, a row a sentence.

    A sentence without words on one side, or of which the lexicon knows no source word, has zeros.
    """
    met = _meeting(lexicon, asked)
    features = np.column_stack(
        [*_answers(lexicon, met, asked), *_questions(lexicon, met), *_rest(lexicon, met, asked)]
    )
    features[(met.known.lengths == 0) | (asked.here.lengths == 0)] = 0
    return features


def _meeting(lexicon: Lexicon, asked: Asked) -> _Meeting:
    at = np.minimum(np.searchsorted(lexicon.source, asked.source), len(lexicon.source) - 1)
    known = lexicon.source[at] == asked.source
    rows, owner = at[known], asked.there.of[known]
    entries = Rows(lexicon.start[rows + 1] - lexicon.start[rows])
    flat = lexicon.start[rows].astype(np.int64)[entries.of] + entries.places
    wanted = _key(owner[entries.of], lexicon.vocabulary[lexicon.english[flat]])
    given = _key(asked.here.of, asked.output)
    order = np.argsort(given, kind="stable")
    given = given[order]
    place = np.searchsorted(given, wanted)
    hit = np.flatnonzero(np.append(given, _NO_KEY)[place] == wanted)
    return _Meeting(
        rows=rows,
        known=Rows(np.bincount(owner, minlength=len(asked.there.lengths))),
        word=entries.of[hit],
        answer=order[place[hit]],
        chance=lexicon.chance[flat[hit]],
    )


def _key(owner: Numbers, hashes: Hashes) -> NDArray[np.uint64]:
    """Return keys that tell the words of one sentence from those of another."""
    return (owner.astype(np.uint64) << np.uint64(32)) | hashes


def _answers(lexicon: Lexicon, met: _Meeting, asked: Asked) -> list[NDArray[np.float64]]:
    """Judge each output word by the source words that call for it."""
    here, content = asked.here, asked.content
    best = np.zeros(len(asked.output), dtype=np.float32)
    np.maximum.at(best, met.answer, met.chance)
    total = np.bincount(met.answer, met.chance, minlength=len(best))
    at = np.minimum(np.searchsorted(lexicon.vocabulary, asked.output), len(lexicon.vocabulary) - 1)
    usual = np.where(lexicon.vocabulary[at] == asked.output, lexicon.usual[at], _UNSEEN)
    average = total / (met.known.lengths[here.of] + 1)
    gain = np.log(((1 - _SMOOTHING) * average + _SMOOTHING * usual) / usual)
    some = here.sums(content)
    many, none = np.maximum(some, 1), some == 0
    return [
        here.means(best),
        np.where(none, -1.0, here.sums(best * content) / many),
        here.means(best > _WEAK),
        np.where(none, -1.0, here.sums((best > _STRONG) & content) / many),
        here.means(gain),
        here.least(gain, np.maximum(1, here.lengths // _QUARTER)),
        here.sums(gain * content) / many,
    ]


def _questions(lexicon: Lexicon, met: _Meeting) -> list[NDArray[np.float64]]:
    """Judge each source word by whether the output has what usually translates it."""
    top, known = lexicon.top[met.rows], met.known
    given = np.bincount(met.word, met.chance, minlength=len(top))
    covered = given / np.maximum(lexicon.mass[met.rows], 1e-6)
    answered = np.zeros(len(top), dtype=bool)
    answered[met.word[met.chance >= top[met.word]]] = True
    asked, missed = known.sums(top > _USUALLY), known.sums((top > _USUALLY) & ~answered)
    return [
        known.means(covered),
        known.means(covered < _WEAK),
        missed,
        np.where(asked == 0, 0.3, missed / np.maximum(asked, 1)),
        asked,
    ]


def _rest(lexicon: Lexicon, met: _Meeting, asked: Asked) -> list[NDArray[np.float64]]:
    known, here = met.known, asked.here
    many = np.maximum(1, here.sums(asked.content))
    squares, top = known.sums(lexicon.squares[met.rows]), lexicon.top[met.rows]
    total = np.bincount(met.answer, met.chance, minlength=len(asked.output))
    return [
        here.sums(total * asked.content) / (np.sqrt(squares * many) + 1e-6),
        known.lengths / np.maximum(1, asked.there.lengths),
        many / np.maximum(1, here.lengths),
        known.sums(lexicon.mass[met.rows]) / many,
        known.means(top),
        known.least(top, np.full_like(known.lengths, _FEW)),
    ]
