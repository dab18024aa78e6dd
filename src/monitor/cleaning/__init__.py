"""Remove what is not the article and mend what scraping broke, every change recorded as an edit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from monitor.cleaning.edits import begin, edited
from monitor.cleaning.lines import find_noise
from monitor.cleaning.options import CleaningOptions, Phrase
from monitor.languages import UNDETERMINED, Language
from monitor.models import Cleaned, Edit

__all__ = ["CleaningOptions", "Phrase", "clean"]

LanguageOf = Callable[[str], Language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a pass may know besides the text: the options, the outlet, its lines, how to tell a language."""

    options: CleaningOptions
    source: str | None
    learned: Collection[str]
    language_of: LanguageOf


def _lines(text: str, situation: Situation) -> list[Edit]:
    return find_noise(text, situation.options, situation.learned, situation.source)


# In this order: each pass sees the text as the one before it left it.
PASSES: tuple[tuple[str, Callable[[str, Situation], list[Edit]]], ...] = (("lines", _lines),)


def clean(
    raw: str,
    *,
    options: CleaningOptions | None = None,
    language_of: LanguageOf | None = None,
    learned: Collection[str] = (),
    source: str | None = None,
) -> Cleaned:
    """Clean one article's text; `undo_edits(result.text, result.edits) == raw`, always.

    `language_of` tells the language of a text, `learned` holds the known boilerplate of the outlet `source`
    as `line_key` writes it.
    """
    situation = Situation(
        options=options or CleaningOptions(),
        source=source,
        learned=learned,
        language_of=language_of or _no_language,
    )
    draft = begin(raw)
    for name, find in PASSES:
        if name not in situation.options.rules_off:
            draft = edited(draft, find(draft.text, situation))
    return draft


def _no_language(_text: str) -> Language:
    return UNDETERMINED
