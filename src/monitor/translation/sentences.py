"""Split a paragraph into sentences, offline, in any language; rules and word lists, no model."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.translation.clauses import Span, cut_long, trimmed
from monitor.translation.habits import SPELLED_LETTERS, Habits, family, habits_of
from monitor.translation.thai import thai_cuts

__all__ = ["Span", "cut_long", "split_sentences"]

_QUOTES = "\"'”’»«“›‹„‚"
_WIDE = "。！？｡︒﹒﹗﹖"  # marks of scripts that set no space after them
_OTHER = "۔؟।॥։።፧፨။។៕།༎܀"  # full stops and question marks of other scripts
_STOPS = ".!?…‼⁇⁈⁉;\u037e" + _WIDE + _OTHER
_CLOSERS = _QUOTES + ")]}）」』】》〉］｝"
_WIDE_CLOSERS = "”’\"'」』）】》〉］｝)]"
_UNSPACED = frozenset({"zh", "ja"})
_REACH = 64  # characters looked at before a stop
_QUOTE_REACH = 200  # characters within which a Japanese quotation closes

# possessive throughout, so that a long row of stops stays linear
_END = re.compile(
    rf"[{re.escape(_STOPS)}]++"
    rf"(?:[{re.escape(_CLOSERS)}]++|[\u00a0\u202f ](?=[»›](?:\s|$))|\[\d{{1,3}}\])*+"
)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_OPENERS = re.compile(rf"[\s{re.escape(_QUOTES)}¿¡(\[{{（「『【《〈–—―\-•*·]*+")
_BEFORE = re.compile(r"[^\s({\[«»“”„\"‘‹›/—–¿¡（「『]*+\Z")
_AFTER = re.compile(r"[\w'’]+\.?")  # a stop shows an initial, which begins no sentence
_ROMAN = re.compile(r"[IVXL]{1,6}\Z")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\Z")
_EXCLAIMING = frozenset({"Yahoo", "Jeopardy", "Wham", "Joomla", "Oklahoma"})  # names that end in "!"
_JAPANESE_CARRIES_ON = re.compile(r"[とっのをはがにもでやなへだ、,]")
_CHINESE_CARRIES_ON = re.compile(r"[^，。！？“「\s]{0,8}?(?:[说說道问問称稱喊叫答写寫]|表示|指出|补充|解释)")


class _Stop(NamedTuple):
    """A row of stops with the closing marks after it, on a line of the text."""

    text: str
    line: int  # where the line starts
    marks: int  # where the stops start
    cut: int  # where the sentence would end
    end: int  # where the line ends


def split_sentences(text: str, language: str) -> list[Span]:
    """Return the spans of the sentences of `text` (BCP 47 `language`; unknown ones get the common rules).

    Every character that is not white space lies in exactly one span; spans are in order and carry no white
    space at their ends. A line break always ends a sentence. Never raises; linear in the text's length.

    >>> split_sentences("Dr. Weber came. Why?", "en")
    [(0, 15), (16, 20)]
    """
    code = family(language)
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        at = line.start()
        for cut in _cuts(text, line.start(), line.end(), code):
            spans += trimmed(text, at, cut)
            at = cut
        spans += trimmed(text, at, line.end())
    return spans


def _cuts(text: str, start: int, end: int, code: str) -> Iterator[int]:
    if code == "th":
        yield from thai_cuts(text, start, end)
        return
    for found in _END.finditer(text, start, end):
        stop = _Stop(text, start, found.start(), _end_of_closers(text, found), end)
        if stop.cut < end and _ends(stop, code):
            yield stop.cut


def _end_of_closers(text: str, found: re.Match[str]) -> int:
    """Return where the sentence would end: after a wide stop an opening quote belongs to the next one."""
    at = found.start()
    while at < found.end() and text[at] in _STOPS:
        at += 1
    if text[at - 1] not in _WIDE:
        return found.end()
    while at < found.end() and text[at] in _WIDE_CLOSERS:
        at += 1
    return at


def _ends(stop: _Stop, code: str) -> bool:
    """Tell whether the stop ends a sentence, with more text after it on its line."""
    text, mark, following = stop.text, stop.text[stop.marks], stop.text[stop.cut]
    if mark in _WIDE or (code in _UNSPACED and mark in "!?" and not following.isspace()):
        return _wide_ends(stop, code)
    if mark in _OTHER:
        return following.isspace() or following.isalpha()
    if not following.isspace() or (mark in ";\u037e" and code != "el"):
        return False
    after = _OPENERS.match(text, stop.cut, stop.end)
    at = after.end() if after else stop.cut
    return at < stop.end and not _small(text[at]) and _spaced_ends(stop, at, habits_of(code))


def _wide_ends(stop: _Stop, code: str) -> bool:
    """Judge a Chinese or Japanese stop; a Japanese quotation is kept in one piece with what reports it."""
    text, cut = stop.text, stop.cut
    if code != "ja":
        return text[cut - 1] not in "”」』" or not _CHINESE_CARRIES_ON.match(text, cut)
    if text[cut - 1] in "」』）" and _JAPANESE_CARRIES_ON.match(text, cut):
        return False
    before = text[max(stop.line, cut - 2 * _QUOTE_REACH) : cut]
    return (
        before.count("「") <= before.count("」") or "」" not in text[cut : min(stop.end, cut + _QUOTE_REACH)]
    )


def _spaced_ends(stop: _Stop, at: int, habits: Habits) -> bool:
    """Judge a stop with white space after it; `at` is where the next word begins, not in lower case."""
    text, run = stop.text, stop.text[stop.marks : stop.cut]
    found = _BEFORE.search(text, max(stop.line, stop.marks - _REACH), stop.marks)
    before = found.group() if found else ""
    if run[0] in "!?":
        bracketed = run[-1] == ")" and text[stop.marks - 1 : stop.marks] == "("
        return not bracketed and not (run == "!" and before in _EXCLAIMING)
    if run[0] != "." or run[1:2] in {".", "…"} or not before:
        return True
    if len(run) > 1:
        return run[1] not in ")]" or not _listed(before, habits.never | habits.either)
    after = _AFTER.match(text, at)
    lead = text[stop.line : stop.marks - len(before)] if stop.marks - stop.line < _REACH else before
    return _full_stop_ends(before, after.group() if after else text[at], habits, first=not lead.strip())


def _full_stop_ends(before: str, after: str, habits: Habits, *, first: bool) -> bool:
    """Judge a single full stop between two words; `first` when nothing stands before it on the line."""
    starter = after in habits.starters or after.partition("'")[0] in habits.starters
    if _NUMBER.match(before) or _ROMAN.match(before):
        return not first and (starter or not _counts(before, after, habits))
    if after[0].isdigit() and _listed(before, habits.number):
        return False
    if _listed(before, habits.closing):
        return True
    if _listed(before, habits.either | habits.never):
        return starter and not _listed(before, habits.never - habits.either)
    return starter or not (_DOTTED.match(before) or _initial(before))


def _counts(before: str, after: str, habits: Habits) -> bool:
    """Tell whether a number with a stop may be an ordinal (3. Oktober, II. Weltkrieg) or an initial (I.)."""
    if not before[0].isdigit():
        return bool(habits.ordinal) or len(before) == 1
    noun_follows = habits.ordinal == "capital" or (after.isupper() and len(after) > 1)
    return bool(habits.ordinal) and len(before) <= len("31") and noun_follows


def _small(letter: str) -> bool:
    """Tell whether a letter is a small one in a script that has capitals in use (Georgian has none)."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def _listed(word: str, words: frozenset[str]) -> bool:
    """Tell whether a word is in a list; one capital is an initial and counts only as it is written."""
    bare = word.lstrip("'’-")
    if len(bare) == 1 and bare.isupper():
        return bare in words
    shouted = bare.title() if bare.isupper() else bare
    return not words.isdisjoint((bare, bare.lower(), shouted))


def _initial(word: str) -> bool:
    """Tell whether a word is one letter, or several joined by stops or hyphens; Hindi spells English ones."""
    parts = re.split(r"[.\-]", word)
    return all(len(part) <= 1 or part in SPELLED_LETTERS for part in parts) and not word.isdigit()
