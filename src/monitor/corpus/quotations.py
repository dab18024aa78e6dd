"""Find what people are quoted as saying, and who said it where the sentence tells.

Marks and words of saying differ by language (`quotation_habits`); the patterns are few: "…", said NAME · "…",
NAME said · NAME said: "…" · according to NAME, "…". Each pattern sees one short window beside the quotation,
so the time is linear in the text. Without a name the speaker is None: a wrong name is worse than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from monitor.corpus.quotation_habits import HABITS, MARKS, PARTICLES, Habit
from monitor.corpus.stop_words import stop_words
from monitor.languages import Language

METHOD = "patterns"
VERSION = "1"
_WINDOW = 120  # characters beside a quotation in which its speaker is looked for
_LONGEST = 1500
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁЄІЇҐЎ"
_FEWEST_LETTERS = {True: 12, False: 5}  # spaced scripts or not; shorter ones are names, titles, irony
_OPENING = re.compile(f"[{''.join(MARKS)}]")
_CLOSING = {mark: re.compile(f"[{closing}]") for mark, closing in MARKS.items()}
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What stands between two quotation marks; offsets count code points of the text, marks left out."""

    start: int
    end: int
    text: str
    speaker: str | None = None


class _Patterns(NamedTuple):
    """What may stand behind a quotation, and in front of it, to name its speaker."""

    behind: tuple[re.Pattern[str], ...]
    in_front: tuple[re.Pattern[str], ...]


def quotations(text: str, language: Language) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order; those in an unknown language have no speaker."""
    found: list[Quotation] = []
    offset = 0
    for line in text.split("\n"):
        found.extend(_in_line(line, offset, language))
        offset += len(line) + 1
    return tuple(found)


def _in_line(line: str, offset: int, language: Language) -> Iterator[Quotation]:
    for start, end in _marked(line):
        said = line[start:end].strip(" \u00a0\u202f")
        if sum(map(str.isalpha, said)) < _FEWEST_LETTERS[_HAN.search(said) is None]:
            continue
        inner = line.index(said, start)
        yield Quotation(
            start=offset + inner,
            end=offset + inner + len(said),
            text=said,
            speaker=_speaker(line, start, end, language),
        )


def _marked(line: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds between matching marks, the outermost ones."""
    at = 0
    while opening := _OPENING.search(line, at):
        at = opening.end()
        closing = _CLOSING[opening[0]].search(line, at, at + _LONGEST)
        if closing:
            yield at, closing.start()
            at = closing.end()


def _speaker(line: str, start: int, end: int, language: Language) -> str | None:
    patterns = _patterns(language)
    if patterns is None:
        return None
    behind = line[end + 1 : end + 1 + _WINDOW]
    for pattern in patterns.behind:
        if match := pattern.match(behind):
            return _tidy(match["name"], language)
    in_front = line[max(0, start - 1 - _WINDOW) : start - 1]
    for pattern in patterns.in_front:
        if match := pattern.search(in_front):
            return _tidy(match["name"], language)
    return None


def _tidy(name: str, language: Language) -> str | None:
    """Return the name without marks around it; None for a pronoun or an article that begins a sentence."""
    bare = name.strip(" .,،，·")
    only_function_words = stop_words(language).issuperset(bare.lower().split())
    return None if only_function_words else bare


@cache
def _patterns(language: Language) -> _Patterns | None:
    habit = HABITS.get(Language("pt") if language == "pt-BR" else language)
    if habit is None:
        return None
    if language.startswith("zh"):
        return _chinese(habit)
    return _arabic(habit) if language == "ar" else _cased(habit)


def _words(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


def _cased(habit: Habit) -> _Patterns:
    """Build the patterns of a language whose names begin with capitals.

    An office before a name is skipped ("the party's leader Ana Ruiz", "the minister of Defence, Ana Ruiz"); a
    name behind a preposition belongs to the office and is not taken ("the minister of Defence").
    """
    word = rf"[{_UPPER}](?:\w{{0,2}}\.|[\w'’\-]{{1,30}})"  # a name or an initial
    small = rf"(?:(?:{_words(PARTICLES)}) ){{0,2}}"
    name = rf"(?P<name>{word}(?: {small}{word}){{0,4}})"
    said = rf"(?:{_words(habit.verbs)})"
    lead = r"[\s,.!?;:»”\"—–-]{0,6}"
    auxiliary = r"(?:(?:a|ha|han|hat|haben|ont|è|avait|había|also|has) ){0,2}"
    lower = rf"(?![{_UPPER}])[\w'’\-]{{1,30}}"
    links = rf"(?:{_words(habit.links)})" if habit.links else "(?!)"
    office = rf"(?:(?!{links} [{_UPPER}]){lower} ){{0,4}}?"
    title = rf"(?:{lower}(?: [\w'’\-]{{1,30}}){{0,7}}, )"
    clause = rf"(?:, (?![{_UPPER}])[^,.:;«“\"]{{2,70}},)?"  # "Maria Lopez, mayor of Easton, said"
    sources = rf"(?:{habit.sources})"
    return _Patterns(
        behind=(
            re.compile(rf"{lead}{auxiliary}{said} (?:{title}|{office}){name}"),
            re.compile(rf"{lead}{office}{name} {auxiliary}{said}\b"),
            re.compile(rf"{lead}{sources} (?:{title}|{office}){name}"),
        ),
        in_front=(
            re.compile(rf"(?<!\w){name}{clause} {auxiliary}{said}\b[^.!?«“„\"]{{0,40}}[\s:,]*$"),
            re.compile(rf"\b{said} {name}[^.!?]{{0,30}}[:,]\s*$"),
            re.compile(rf"(?i:{sources}) {office}{name}[^.!?]{{0,30}}[:,]\s*$"),
        ),
    )


def _chinese(habit: Habit) -> _Patterns:
    """Build the patterns of Chinese: the words from the last mark up to the verb, less time and place."""
    said = rf"(?:{_words(habit.verbs)})"
    day = r"(?:周|星期|週)[一二三四五六日天]|\d{1,2}日|当天|當天|今天|昨天|日前|近日|随后|隨後"
    when = rf"(?:{day}|在[^，。]{{1,12}}?[上中时時后後]|[对對向][^，。]{{1,8}}|也|还|還|则)?"
    name = r"(?P<name>[\u3400-\u9fff·A-Za-z]{2,24}?)"
    return _Patterns(
        behind=(re.compile(rf"[，,。]?{name}{when}{said}[。，,：:]?"),),
        in_front=(
            re.compile(rf"(?:^|[，。；、,！？”」\s]){name}{when}{said}[道]?[：:，,]?\s*$"),
            re.compile(rf"{habit.sources}{name}(?:介绍|介紹|称|稱|说|說)[，,：:]?\s*$"),
        ),
    )


def _arabic(habit: Habit) -> _Patterns:
    """Build the patterns of Arabic: the verb comes first, a mark, preposition or "that" ends the name."""
    said = rf"(?:{_words(habit.verbs)})"
    name = r"(?P<name>[\u0620-\u064a]{2,20}(?: [\u0620-\u064a]{2,20}){0,5}?)"
    stop = r"(?=[،:.,\"«“]|\s*$|\s+(?:إن|أن|في|خلال|لـ|على|إلى|عبر|بأن|يوم)\b)"
    return _Patterns(
        behind=(re.compile(rf"[\s،.,»”\"]{{0,4}}{said} {name}{stop}"),),
        in_front=(re.compile(rf"(?:^|[\s،.]){said} {name}{stop}[^.؟!]{{0,40}}[:،]?\s*$"),),
    )
