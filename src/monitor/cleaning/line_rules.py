"""Lines that certainly do not belong to an article, found by the phrases in line_rules.toml."""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from typing import NamedTuple, get_args

from monitor.cleaning.options import Form, Phrase
from monitor.errors import ConfigurationError

LONGEST = 300  # characters; a longer line is a paragraph, whatever it begins with
_BULLETS = " \t-–—•·»«›‹>|/\\*▼▲►▶→←↑↓■□●○◆◇▪★☆"
_EDGE_MARKS = _BULLETS + "…:.,;!?)]}】」』）［］[({【「（"
_NUMBER = re.compile(r"\d[\d.,]*")


class Rules(NamedTuple):
    """Phrases made ready for look-up: each leads to the name of its rule."""

    whole: dict[str, str]
    start: tuple[tuple[str, str], ...]
    end: tuple[tuple[str, str], ...]


def line_key(line: str) -> str:
    """Write a line so that copies of it compare equal: case, spaces, edge marks and numbers do not count.

    >>> line_key("• 20  Comments »")
    '# comments'
    """
    return _folded(line).rstrip(_EDGE_MARKS)


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
        start=tuple((_folded(p.text), p.rule) for p in phrases if p.form == "start"),
        end=tuple((line_key(p.text), p.rule) for p in phrases if p.form == "end"),
    )


def rule_of(line: str, rules: Rules) -> str | None:
    """Return the name of the rule that gives `line` away, None where there is none."""
    if len(line) > LONGEST:
        return None
    folded = _folded(line)
    key = folded.rstrip(_EDGE_MARKS)
    if not key:
        return "line:no-words" if len(line.strip()) <= 2 and line.strip(_BULLETS + ".,:;") == "" else None  # noqa: PLR2004
    return rules.whole.get(key) or _first(rules.start, folded) or _last(rules.end, key)


@functools.lru_cache(maxsize=64)
def _only_texts(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(text for text, _ in pairs)


def _first(pairs: tuple[tuple[str, str], ...], folded: str) -> str | None:
    if not folded.startswith(_only_texts(pairs)):
        return None
    return next(rule for text, rule in pairs if folded.startswith(text))


def _last(pairs: tuple[tuple[str, str], ...], key: str) -> str | None:
    if not key.endswith(_only_texts(pairs)):
        return None
    return next(rule for text, rule in pairs if key.endswith(text))


def _folded(line: str) -> str:
    spaced = " ".join(line.casefold().split()).replace("：", ":").replace(" :", ":")
    return _NUMBER.sub("#", spaced.lstrip(_BULLETS))
