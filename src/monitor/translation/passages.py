"""Takes a title or paragraph apart into what an engine should read, and puts the translation into its place."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.languages import TABLE, Language
from monitor.translation.capitals import as_sentence
from monitor.translation.sentences import split_sentences

_NOT_FOR_ENGINES = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}|[@#]\w[\w.]*"
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}/\S*",
    re.IGNORECASE,
)
_MARK_OF_SUCH = re.compile(r"[@#/]|www\.", re.IGNORECASE)
_NO_WORD = re.compile(r"\S{200,}")  # where words stand apart: an engine would read it for minutes, in pieces
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of a passage; offsets in code points. `text` is what the engine reads, empty for nothing.

    A piece that is only an address, a handle, figures or marks has nothing for an engine to read, nor
    has one that is for the most part longer than any word.
    """

    start: int
    end: int
    text: str = ""


def pieces_of(passage: str, language: Language, casing: Mapping[str, str]) -> tuple[Piece, ...]:
    r"""Cut a passage into pieces; `casing` says how words in capitals are otherwise written.

    >>> [piece.text for piece in pieces_of("Se acabó.\nhttps://a.example/b", Language("es"), {})]
    ['Se acabó.', '']
    """
    return tuple(
        Piece(start=start, end=end, text=_readable(passage[start:end], language, casing))
        for start, end in split_sentences(passage, language)
    )


def normalised(sentence: str) -> str:
    """Return a sentence as the memory knows it: NFC, every stretch of white space one space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", sentence)).strip()


def restored(passage: str, pieces: Sequence[Piece], texts: Mapping[str, str], target: Language) -> str:
    """Return the passage with each piece replaced by its translation, and the space between them as it was.

    Where the source sets no space between sentences and the target does, or the reverse, the target decides.
    A piece without a translation stays as it is.
    """
    out, at = [], 0
    for piece in pieces:
        out.append(_gap(passage[at : piece.start], target, inside=at > 0))
        out.append(texts.get(piece.text) or passage[piece.start : piece.end])
        at = piece.end
    return "".join([*out, passage[at:]])


def _readable(sentence: str, language: Language, casing: Mapping[str, str]) -> str:
    rest = _NOT_FOR_ENGINES.sub("", sentence) if _MARK_OF_SUCH.search(sentence) else sentence
    if _is_spaced(language) and 2 * len(_NO_WORD.sub("", rest)) < len(rest):
        return ""
    if not any(character.isalpha() for character in rest):
        return ""
    return as_sentence(normalised(sentence), language, casing)


def _gap(space: str, target: Language, *, inside: bool) -> str:
    spaced = _is_spaced(target)
    if not inside or "\n" in space:
        return space
    if not spaced and target.startswith(("zh", "ja")):
        return ""
    return space or (" " if spaced else "")


def _is_spaced(language: Language) -> bool:
    entry = TABLE.get(language)
    return entry is None or entry.spaced
