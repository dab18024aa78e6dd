"""Clean one article: typography, then lines, layout and glued sentences, each pass on what the last one left."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from monitor.cleaning.edits import begin, edited
from monitor.cleaning.glue import find_glue
from monitor.cleaning.layout import rejoin
from monitor.cleaning.lines import find_noise
from monitor.cleaning.options import CleaningOptions, Mode
from monitor.cleaning.typography import mend
from monitor.languages import UNDETERMINED, Language
from monitor.models import Cleaned, Edit

LanguageOf = Callable[[str], Language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a pass may know besides the text: the options, the outlet, its lines, how to tell a language."""

    options: CleaningOptions
    source: str | None
    learned: Collection[str]
    language_of: LanguageOf


def _typography(text: str, _situation: Situation) -> list[Edit]:
    return mend(text)


def _lines(text: str, situation: Situation) -> list[Edit]:
    """Take noise lines out; of a text broken at a fixed width, judge the paragraphs and not their pieces."""
    options = situation.options
    pieces = "layout" not in options.rules_off and any(e.rule == "layout:unwrap" for e in rejoin(text))
    draft = begin(text)
    if pieces and options.mode != "off":
        draft = edited(draft, _noise(text, "rules", situation))
        draft = edited(draft, rejoin(draft.text))
    return list(edited(draft, _noise(draft.text, options.mode, situation)).edits)


def _noise(text: str, mode: Mode, situation: Situation) -> list[Edit]:
    options = replace(situation.options, mode=mode)
    return find_noise(text, options, situation.learned, situation.source)


def _layout(text: str, _situation: Situation) -> list[Edit]:
    return rejoin(text)


def _glue(text: str, _situation: Situation) -> list[Edit]:
    return find_glue(text)


# In this order: each pass sees the text as the one before it left it.
PASSES: tuple[tuple[str, Callable[[str, Situation], list[Edit]]], ...] = (
    ("typography", _typography),
    ("lines", _lines),
    ("layout", _layout),
    ("glue", _glue),
)


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
