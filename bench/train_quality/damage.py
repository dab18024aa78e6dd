"""Damage translations in ways that models do, so that the score knows what it may never have seen."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.train_quality.figures import Sample
from bench.translation_quality import sentence_chrf

SHARE = 0.08
LEAST_LOSS = -2.0  # standard deviations: a mixed-up sentence keeps much of its chrF but is no use
Words = list[str]


def _first_third(words: Words, _: np.random.Generator) -> Words:
    return words[: max(1, len(words) // 3)]


def _gaps(words: Words, chance: np.random.Generator) -> Words:
    return [word for word in words if chance.random() > 0.4] or words[:1]


def _mixed_up(words: Words, chance: np.random.Generator) -> Words:
    return [words[at] for at in chance.permutation(len(words))]


def _backwards(words: Words, _: np.random.Generator) -> Words:
    return words[::-1]


def _again(words: Words, chance: np.random.Generator) -> Words:
    at = int(chance.integers(0, len(words)))
    return words[: at + 1] + words[max(0, at - 2) : at + 1] * 3


DAMAGES: tuple[Callable[[Words, np.random.Generator], Words], ...] = (
    _first_third,
    _gaps,
    _mixed_up,
    _backwards,
    _again,
)


def damaged(sample: Sample) -> tuple[NDArray[np.int64], Sample]:
    """Return the numbers of some sentences and a sample of them with damaged outputs.

    One in six gets another sentence's output.
    """
    chance = np.random.default_rng(2)
    chosen = np.flatnonzero(chance.random(len(sample.sources)) < SHARE)
    outputs = [_damage(sample, int(at), chance) for at in chosen]
    references = [sample.references[at] for at in chosen.tolist()]
    chrf = np.array([sentence_chrf(*pair) for pair in zip(outputs, references, strict=True)])
    languages = sample.languages[chosen]
    level = np.array([sample.chrf[sample.languages == number].mean() for number in languages])
    span = np.array([sample.chrf[sample.languages == number].std() for number in languages])
    return chosen, replace(
        sample,
        sources=[sample.sources[at] for at in chosen.tolist()],
        outputs=outputs,
        references=references,
        languages=languages,
        chrf=chrf,
        relative=np.minimum((chrf - level) / span, LEAST_LOSS),
        rank=np.zeros(len(chosen)),
    )


def _damage(sample: Sample, at: int, chance: np.random.Generator) -> str:
    kind = int(chance.integers(0, len(DAMAGES) + 1))
    if kind == len(DAMAGES):
        return sample.outputs[int(chance.integers(0, len(sample.outputs)))]
    return " ".join(DAMAGES[kind](sample.outputs[at].split() or ["."], chance))
