"""How a model's text is cut into the pieces that it reads, and put together again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Tokenizer(Protocol):
    """Cuts a sentence into tokens and joins tokens to a sentence."""

    def encode(self, sentence: str) -> list[str]:
        """Return the tokens of a sentence."""

    def decode(self, tokens: Sequence[str]) -> str:
        """Return the sentence of tokens."""


class SentencePieces:
    """SentencePiece, with one model for both languages or one each.

    Unlike Argos's own decoder it leaves an underscore of the text as it is: only the piece mark U+2581 is
    a space.
    """

    def __init__(self, source: Path, target: Path | None = None) -> None:
        import sentencepiece  # noqa: PLC0415  a compiled library: loaded with the first model

        self._source = sentencepiece.SentencePieceProcessor(model_file=str(source))
        self._target = (
            sentencepiece.SentencePieceProcessor(model_file=str(target)) if target else self._source
        )

    def encode(self, sentence: str) -> list[str]:
        """Return the pieces of a sentence."""
        return list(self._source.encode(sentence, out_type=str))

    def decode(self, tokens: Sequence[str]) -> str:
        """Return the text of pieces."""
        return str(self._target.decode_pieces(list(tokens))).replace("▁", " ").strip(" ")


class BytePairs:
    """Moses tokenization with byte pair merges, as the older Argos packages have it (`bpe.model`).

    The work is Argos's own tokenizer's: its normalization and merges have to be repeated to the letter.
    """

    def __init__(self, model: Path, source: str, target: str) -> None:
        from argostranslate.tokenizer import BPETokenizer  # noqa: PLC0415  only old packages need it

        self._tokenizer = BPETokenizer(model, source, target)

    def encode(self, sentence: str) -> list[str]:
        """Return the merged byte pairs of a sentence."""
        return list(self._tokenizer.encode(sentence))

    def decode(self, tokens: Sequence[str]) -> str:
        """Return the text of merged byte pairs."""
        return str(self._tokenizer.decode(list(tokens)))
