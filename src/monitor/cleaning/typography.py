"""Mend the letters: text decoded with the wrong table, invisible characters, odd spaces, split accents."""

import html
import re
import unicodedata
from collections.abc import Iterator

import ftfy
from ftfy.badness import badness

from monitor.cleaning.edits import begin, edited
from monitor.models import Edit

CHUNK = 1000  # characters that ftfy sees at once: keeps it linear on lines of any length
LONGEST_WORD = (
    400  # longer runs without a letter are not normalised: sorting their marks takes quadratic time
)

_ONLY_ENCODING = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)

SURROGATES = re.compile("[\ud800-\udfff]+")
ENTITIES = re.compile(
    r"&(?:amp|quot|apos|nbsp|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|euro|pound|shy|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
MARKUP = re.compile(r"</?[a-zA-Z]")
CHUNKS = re.compile(rf"[^\n]{{1,{CHUNK}}}")
WORDS = re.compile(r"\S+")
UNUSUAL = re.compile(
    r"\r\n?|[\x0b\x0c\u2028\u2029]"  # other line breaks
    r"|\x1b\[[0-9;]{0,20}[A-Za-z]"  # colours of a terminal
    r"|[\x00-\x08\x0e-\x1f\x7f]+|[\x80-\x9f]"
    r"|\u00ad+\n?"
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
    r"|\u200b+|[\u180e\u200c\u200d\u2060-\u2064\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff]"
    r"|[\U000e0000-\U000e01ef]"
    r"|[\ufb00-\ufb06]"
)
SPACES = re.compile(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)|(?<=\S)[^\S\n]{2,}(?=\S)|[^\S\n ]")
UNCOMPOSED = re.compile(r"[^\x00-\u02ff\u4e00-\u9fff\uac00-\ud7a3]")
CUT = re.compile(r"[^\W\d_\u1100-\u11ff]")  # a letter that never composes with what stands before it

_BREAKS = {"\r", "\x0b", "\x0c", "\u2028", "\u2029"}
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_COMPATIBILITY_IDEOGRAPHS = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Scripts in which joiners change the letters' shape or the word: Arabic, Syriac, N'Ko, Indic to Sinhala,
# Tibetan, Myanmar, Khmer, Mongolian, Balinese and their extensions.
_JOINING = re.compile(
    "[\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufe70-\ufefe"
    "\U00010a00-\U00011fff]"
)
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_PICTURE = re.compile("[\u00a9\u00ae\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def mend(text: str) -> list[Edit]:
    """Return the edits that repair the characters of `text`, in order; the words stay as they are.

    Never NFKC, no change of width, case or quotation marks. Joiners stay where a script or an emoji needs
    them. Mojibake is left to ftfy (Robyn Speer, 2019), which changes only what it is sure of.
    """
    draft = begin(text)
    for find in (_surrogates, _entities, _mojibake, _unusual, _uncomposed, _spaces):
        draft = edited(draft, list(find(draft.text)))
    return list(draft.edits)


def _edit(start: int, removed: str, inserted: str, rule: str, confidence: float = 1.0) -> Edit:
    """Return an edit without what both sides begin or end with."""
    same = 0
    while same < min(len(removed), len(inserted)) and removed[same] == inserted[same]:
        same += 1
    removed, inserted = removed[same:], inserted[same:]
    tail = 0
    while tail < min(len(removed), len(inserted)) and removed[-1 - tail] == inserted[-1 - tail]:
        tail += 1
    removed, inserted = removed[: len(removed) - tail], inserted[: len(inserted) - tail]
    start += same
    end = start + len(removed)
    return Edit(
        start=start,
        end=end,
        removed=removed,
        inserted=inserted,
        rule=f"typography:{rule}",
        confidence=confidence,
    )


def _surrogates(text: str) -> Iterator[Edit]:
    """Join surrogate pairs; a lone one, which no file can hold, becomes the replacement character."""
    for found in SURROGATES.finditer(text):
        halves = found[0].encode("utf-16-le", "surrogatepass")
        yield _edit(found.start(), found[0], halves.decode("utf-16-le", "replace"), "surrogate")


def _entities(text: str) -> Iterator[Edit]:
    """Resolve character references, unless the text shows mark-up on purpose."""
    if "&" not in text or MARKUP.search(text):
        return
    for found in ENTITIES.finditer(text):
        character = html.unescape(found[0])
        if not SURROGATES.search(character):
            yield _edit(found.start(), found[0], character, "entity")


def _mojibake(text: str) -> Iterator[Edit]:
    """Let ftfy repair each line that looks decoded with the wrong table."""
    if text.isascii():
        return
    for chunk in CHUNKS.finditer(text):
        if not chunk[0].isascii() and badness(chunk[0]):
            yield from _repaired(chunk.start(), chunk[0])


def _repaired(start: int, old: str) -> Iterator[Edit]:
    """Return ftfy's repair word by word; as one edit where it changes the number of words."""
    new = ftfy.fix_encoding(old, _ONLY_ENCODING)
    if new == old or badness(new) >= badness(old) or "\n" in new:
        return
    words = new.split(" ")
    if len(words) != old.count(" ") + 1:
        yield _edit(start, old, new, "mojibake", 0.95)
        return
    for before, after in zip(old.split(" "), words, strict=True):
        if before != after:
            yield _edit(start, before, after, "mojibake", 0.95)
        start += len(before) + 1


def _unusual(text: str) -> Iterator[Edit]:
    for found in UNUSUAL.finditer(text):
        before = text[found.start() - 1] if found.start() else ""
        after = text[found.end()] if found.end() < len(text) else ""
        rule, instead = _verdict(found[0], before, after)
        if instead != found[0]:
            yield _edit(found.start(), found[0], instead, rule)


def _verdict(seen: str, before: str, after: str) -> tuple[str, str]:
    """Return the rule for an unusual character and what should stand in its place."""
    first = seen[0]
    if first in _BREAKS:
        return "line break", "\n"
    if first in _LIGATURES:
        return "ligature", _LIGATURES[first]
    if first == "\u00ad":
        return "soft hyphen", "\n" if seen[-1] == "\n" and not after.islower() else ""
    if "\x80" <= first <= "\x9f":
        return "control", first.encode("latin-1").decode("cp1252", "ignore")
    if first < "\x80":
        return "control", ""
    return "invisible", seen if _is_needed(first, before, after) else ""


def _is_needed(mark: str, before: str, after: str) -> bool:
    """Say whether an invisible mark does something for the characters beside it."""
    if mark in "\u200c\u200d" and _JOINING.match(before):
        return True
    if mark == "\u200d":
        return bool(_PICTURE.match(before) and _PICTURE.match(after))
    if mark == "\u200b":
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
    if mark == "\u180e":
        return "\u1820" <= before <= "\u18af"
    if "\U000e0020" <= mark <= "\U000e007f":  # the flags of England, Scotland, Wales
        return before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007f"
    return mark >= "\U000e0100" and bool(_HAN.match(before))


def _uncomposed(text: str) -> Iterator[Edit]:
    """Compose letters and accents (NFC, Unicode Annex 15); compatibility ideographs spell names and stay."""
    if not UNCOMPOSED.search(text):
        return
    for start, word in _short_words(text):
        if UNCOMPOSED.search(word) and not _COMPATIBILITY_IDEOGRAPHS.search(word):
            composed = unicodedata.normalize("NFC", word)
            if composed != word:
                yield _edit(start, word, composed, "accent")


def _short_words(text: str) -> Iterator[tuple[int, str]]:
    for found in WORDS.finditer(text):
        start, end = found.span()
        while end - start > LONGEST_WORD:
            cut = CUT.search(text, start + LONGEST_WORD // 2, start + LONGEST_WORD)
            if cut:
                yield start, text[start : cut.start()]
            start = cut.start() if cut else start + LONGEST_WORD
        yield start, text[start:end]


def _spaces(text: str) -> Iterator[Edit]:
    """Make every space a plain one and single inside a line; indentation stays, it marks paragraphs."""
    for found in SPACES.finditer(text):
        trailing = found.end() == len(text) or text[found.end()] == "\n"
        yield _edit(found.start(), found[0], "" if trailing else " ", "space")
