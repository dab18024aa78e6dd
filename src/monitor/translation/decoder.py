"""Runs a CTranslate2 model over many sentences at once; every engine of ours decodes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.errors import ModelDamaged
from monitor.translation.clauses import cut_long
from monitor.translation.engine import GREEDY, Decoding, Hypothesis, Pair
from monitor.translation.tokenizers import Tokenizer

BATCH_TOKENS = 2048  # greedy: a tenth faster than 1,024; beams are several times as many, and want half of it
LONGEST_INPUT = 120  # tokens; the models saw little that is longer, and cut silently at 1,024
LONGEST_OUTPUT = 256  # tokens; where the engine stops by default
SCORE_DIGITS = 3  # behind them the company in the batch shows: 2e-7 at most, by the order of additions


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Marks that a model wants: tokens before and after each source sentence, and before each output."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


class Decoder:
    """A model in memory: satisfies `Translator`.

    `threads` share one translation, `parallel` translations run side by side on the same weights: two of
    one thread each are twice as fast as one of two threads.
    """

    def __init__(  # noqa: PLR0913  the parts of a model, all named
        self,
        *,
        pair: Pair,
        model: str,
        folder: Path,
        tokenizer: Tokenizer,
        frame: Frame = Frame(),
        compute_type: str = "default",
        parallel: int = 1,
    ) -> None:
        self.pair, self.model = pair, model
        self._tokenizer, self._frame = tokenizer, frame
        self._engine = open_engine(folder, compute_type, parallel)

    def translate(
        self, sentences: Sequence[str], decoding: Decoding = GREEDY
    ) -> list[tuple[Hypothesis, ...]]:
        """Return the hypotheses of each sentence; one that is too long goes through in parts."""
        parts = [self._parts(sentence) for sentence in sentences]
        results = iter(self._decode([part for group in parts for part in group], decoding))
        return [_joined([next(results) for _ in group]) for group in parts]

    def _parts(self, sentence: str) -> list[list[str]]:
        """Return the tokens of a sentence, cut at clause marks where they are too many."""
        encode = self._tokenizer.encode
        tokens = encode(sentence)
        if len(tokens) <= LONGEST_INPUT:
            return [tokens]
        spans = cut_long(sentence, LONGEST_INPUT, lambda text: len(encode(text)))
        return [encode(sentence[start:end]) for start, end in spans]

    def _decode(self, inputs: list[list[str]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        frame = self._frame
        results = self._engine.translate_batch(
            [[*frame.before, *tokens, *frame.after] for tokens in inputs],
            target_prefix=[list(frame.target)] * len(inputs) if frame.target else None,
            max_batch_size=BATCH_TOKENS if decoding.beam == 1 else BATCH_TOKENS // 2,
            batch_type="tokens",
            beam_size=decoding.beam,
            num_hypotheses=decoding.hypotheses,
            length_penalty=decoding.length_penalty,
            max_decoding_length=LONGEST_OUTPUT,
            replace_unknowns=True,
            return_scores=True,
        )
        return [self._hypotheses(result, decoding) for result in results]

    def _hypotheses(self, result: Any, decoding: Decoding) -> tuple[Hypothesis, ...]:
        return tuple(
            self._hypothesis(tokens, score, decoding)
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        )

    def _hypothesis(self, tokens: list[str], score: float, decoding: Decoding) -> Hypothesis:
        length = len(tokens) + 1  # with the end token, as the engine counts
        prefix = self._frame.target
        if prefix and tuple(tokens[: len(prefix)]) == prefix:
            tokens = tokens[len(prefix) :]
        return Hypothesis(
            text=self._tokenizer.decode(tokens),
            score=round(score * length**decoding.length_penalty / length, SCORE_DIGITS),
            complete=length <= LONGEST_OUTPUT,
        )


def open_engine(folder: Path, compute_type: str, parallel: int) -> Any:
    """Load a CTranslate2 model; `ModelDamaged` where its files do not fit together."""
    import ctranslate2  # noqa: PLC0415  a compiled library: loaded with the first model

    try:
        return ctranslate2.Translator(
            str(folder), compute_type=compute_type, inter_threads=parallel, intra_threads=1
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelDamaged(f"{folder.name!r} does not load: {error}") from error


def _joined(parts: list[tuple[Hypothesis, ...]]) -> tuple[Hypothesis, ...]:
    """Join the parts of one sentence: the first hypotheses together, then the second ones, and so on."""
    if len(parts) == 1:
        return parts[0]
    ranks = zip(*parts, strict=True)
    return tuple(
        Hypothesis(
            text=" ".join(part.text for part in rank),
            score=round(sum(part.score for part in rank) / len(rank), SCORE_DIGITS),
            complete=all(part.complete for part in rank),
        )
        for rank in ranks
    )
