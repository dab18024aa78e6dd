"""Lines that certainly do not belong to an article, found by the phrases in line_rules.toml."""

import functools
import hashlib
import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, get_args

from monitor.cleaning.options import Form, Phrase
from monitor.errors import ConfigurationError

LONGEST = 300  # characters; a longer line is a paragraph, whatever it begins with
_BULLETS = " \t-–—•·»«›‹>|/\\*▼▲►▶→←↑↓■□●○◆◇▪★☆"
_EDGE_MARKS = _BULLETS + "…:.,;!?)]}】」』）［］[({【「（"
NUMBER = re.compile(r"\d[\d.,]*")
_LONGEST_KEY = 80  # characters; of a longer one the beginning is kept and a hash of all
_LONGEST_MARKS = 8  # characters at a line's core; a longer row of marks may be a drawing
_HEAD = 3  # characters by which phrases are looked up; one of fewer must have one alone

Pairs = tuple[tuple[str, str], ...]


class Rules(NamedTuple):
    """Phrases made ready for look-up: each leads to the name of its rule."""

    whole: Mapping[str, str]
    start: Mapping[str, Pairs]
    end: Mapping[str, Pairs]


def line_key(line: str) -> str:
    """Write a line so that copies of it compare equal: case, spaces, edge marks and numbers do not count.

    >>> line_key("• 20  Comments »")
    '# comments'
    """
    key = _folded(line).rstrip(_EDGE_MARKS)
    if len(key) <= _LONGEST_KEY:
        return key
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{key[:_LONGEST_KEY]}… {digest}"


def parse_rules(toml: str) -> tuple[Phrase, ...]:
    """Read a rules file: for each rule, form and language a list of phrases; see line_rules.toml.

    Raises ConfigurationError when it is not of that form.
    """
    try:
        tables = tomllib.loads(toml)
        return tuple(_phrases(tables))
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise ConfigurationError(f"the line rules cannot be read: {error}; see line_rules.toml") from error


def _phrases(tables: dict[str, dict[str, dict[str, list[str]]]]) -> Iterable[Phrase]:
    for rule, forms in tables.items():
        source = forms.get("source")
        for form in get_args(Form):
            for texts in forms.get(form, {}).values():
                if not isinstance(texts, list):
                    raise TypeError(f"{rule}.{form} needs lists of phrases, not {texts!r}")
                for text in texts:
                    yield Phrase(
                        rule=f"line:{rule}", form=form, text=text, source=str(source) if source else None
                    )


@functools.cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Return the phrases that come with monitor."""
    return parse_rules(importlib.resources.files(__package__).joinpath("line_rules.toml").read_text("utf-8"))


@functools.lru_cache(maxsize=64)
def ready_rules(extra: tuple[Phrase, ...] = (), source: str | None = None) -> Rules:
    """Return the shipped rules together with those of the user that hold for `source`."""
    phrases = [*shipped_phrases(), *(p for p in extra if p.source in {None, source})]
    return Rules(
        whole={line_key(p.text): p.rule for p in phrases if p.form == "whole"},
        start=_by(
            lambda text: text[:_HEAD], ((_folded(p.text), p.rule) for p in phrases if p.form == "start")
        ),
        end=_by(lambda text: text[-_HEAD:], ((line_key(p.text), p.rule) for p in phrases if p.form == "end")),
    )


def rule_of(line: str, rules: Rules) -> str | None:
    """Return the name of the rule that gives `line` away, None where there is none."""
    if len(line) > LONGEST:
        return None
    folded = _folded(line)
    key = folded.rstrip(_EDGE_MARKS)
    if len(key) <= _LONGEST_MARKS and not any(map(str.isalnum, line)):
        return None if any(unicodedata.category(mark) == "So" for mark in key) else "line:no-words"
    return rules.whole.get(key) or _first(rules.start, folded) or _last(rules.end, key)


def _first(starts: Mapping[str, Pairs], folded: str) -> str | None:
    pairs = starts.get(folded[:_HEAD]) or starts.get(folded[:1])
    return next((rule for text, rule in pairs if folded.startswith(text)), None) if pairs else None


def _last(ends: Mapping[str, Pairs], key: str) -> str | None:
    pairs = ends.get(key[-_HEAD:])
    return next((rule for text, rule in pairs if key.endswith(text)), None) if pairs else None


def _by(part: Callable[[str], str], pairs: Iterable[tuple[str, str]]) -> dict[str, Pairs]:
    """Group phrases by a part of theirs, so that few are tried on a line."""
    groups: dict[str, Pairs] = {}
    for text, rule in pairs:
        groups[part(text)] = (*groups.get(part(text), ()), (text, rule))
    return groups


def _folded(line: str) -> str:
    spaced = " ".join(line.casefold().split()).replace("：", ":").replace(" :", ":")
    return NUMBER.sub("#", spaced.lstrip(_BULLETS))
