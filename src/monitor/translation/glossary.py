"""Keep to the user's own translations of terms: put right what is known to be wrong, report what is missing.

A glossary is a YAML file, by language pair:

    de-en:
      - source: Bundesrat
        target: Bundesrat
        wrong: [Federal Council, Bundes Council]
      - source: Ampel
        target: traffic-light coalition
        case: exact        # "any" unless told; exact tells the coalition from a lamp in small letters
        endings: false     # true unless told: Bundesrats and Bundesräte's endings are Bundesrat too
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from monitor.errors import ConfigurationError

FLAG = "glossary term lost"

_LONGEST_ENDING = 4  # letters


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One term: how the source says it, how the target must, and how models are known to get it wrong.

    `case` tells whether capitals of the source count; with `endings` the source term may have some letters more.
    """

    source: str
    target: str
    wrong: tuple[str, ...] = ()
    case: Literal["any", "exact"] = "any"
    endings: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms of each pair, such as "de-en"; `version` changes with their content."""

    terms: dict[str, tuple[Term, ...]]
    version: str


def read_glossary(text: str) -> Glossary:
    """Return the glossary that a YAML text holds; raise ConfigurationError where it is none."""
    try:
        terms = msgspec.yaml.decode(text, type=dict[str, tuple[Term, ...]]) if text.strip() else {}
    except msgspec.MsgspecError as error:
        raise ConfigurationError(
            f"glossary: {error}; each pair (de-en) has a list of source, target, wrong"
        ) from error
    content = msgspec.json.encode(terms, order="sorted")
    return Glossary(terms=terms, version=hashlib.sha256(content).hexdigest()[:16] if terms else "")


def pair_name(source: str, target: str) -> str:
    """Return a pair as glossaries write it."""
    return f"{source}-{target}"


def version_for(glossary: Glossary, pair: str, source: str | None = None) -> str:
    """Return a hash of a pair's terms, or of those that occur in a sentence; empty where there are none."""
    terms = [
        term
        for term in glossary.terms.get(pair, ())
        if source is None
        or _pattern(term.source, exact=term.case == "exact", endings=term.endings).search(source)
    ]
    return hashlib.sha256(msgspec.json.encode(terms, order="sorted")).hexdigest()[:16] if terms else ""


def honoured(glossary: Glossary, pair: str, source: str, output: str) -> tuple[str, tuple[str, ...]]:
    """Return the output with known mistranslations put right, and the targets that it still lacks.

    A term counts only where the source has it. A mistranslation at the start of a sentence, or in capitals,
    passes its first capital on.
    """
    lost = []
    for term in glossary.terms.get(pair, ()):
        if not _pattern(term.source, exact=term.case == "exact", endings=term.endings).search(source):
            continue
        target = _pattern(term.target, exact=False, endings=True)
        if not target.search(output):
            output = _corrected(term, output)
        if not target.search(output):
            lost.append(term.target)
    return output, tuple(lost)


def _corrected(term: Term, output: str) -> str:
    for wrong in sorted(term.wrong, key=len, reverse=True):
        output = _pattern(wrong, exact=False, endings=False).sub(
            lambda found: _like(found, term.target), output
        )
    return output


def _like(found: re.Match[str], target: str) -> str:
    """Return the target with a capital where the replaced words opened the sentence."""
    return target[:1].upper() + target[1:] if not found.string[: found.start()].strip(" \"'“„«(") else target


@cache
def _pattern(term: str, *, exact: bool, endings: bool) -> re.Pattern[str]:
    """Return a pattern for a term as whole words; those of scripts without spaces stand anywhere."""
    spaced = term[:1].isascii() or not re.match(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]", term)
    words = r"\s+".join(
        re.escape(word) + (rf"\w{{0,{_LONGEST_ENDING}}}" if endings else "") for word in term.split()
    )
    whole = rf"(?<!\w){words}(?!\w)" if spaced else re.escape(term)
    return re.compile(whole, 0 if exact else re.IGNORECASE)
