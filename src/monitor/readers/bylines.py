"""Read the names out of a byline, in the languages of the news: "By Ann Example and Bo Muster" are two."""

import re
from collections.abc import Iterator, Sequence

from monitor.readers.html_dates import month_names
from monitor.readers.html_head import squeeze

_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*|^/\S*")
_IN_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|\[[^\[\]]*(?:\]|$)")
BY = re.compile(
    r"^(?:(?:written|updated|posted|published|reported|edited|story|words|text|article|review)\s{1,3})?"
    r"(?:by|von|par|por|di|da|av|af|door|autor(?:a|in)?|auteur|author|автор|текст|text|από|oleh|przez|yazan|írta"
    r"|kirjoittanut|بقلم|מאת|作者|記者|记者|文)"
    r"(?:\s?[:/：／]\s?|\s{1,9})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s{0,9}(?:[,;|/·•、，；]|\s&\s|\s(?:(?i:and|und|with|mit)|et|y|e|og|och|en|и|i|ve|a)\s)\s{0,9}"
)
_DATE = re.compile(r"\s(?:(\w{3,12})\.?\s)?\d.*$")
# Parts that are no name, whatever the page calls them.
_NO_NAME = re.compile(
    r"""
    [@\d©{}<>\\]
    | ^\w{0,12}(?:admin|administrator|webmaster)$
    | ^(?:redaktion|editor|editors|staff|none|null|unknown|undefined|anonymous|anonym|authors?|profile|guest|user|
        news|nachrichten|noticias|default|home|blog|posts?|bio)$
    | ^(?:view|more|see|all|read|about|follow|image|images|photo|photos|foto|fotos|picture|copyright|credit
        |print|share|send|email|click)\b
    | ^[\w-]{2,}(?:\.[\w-]+){0,3}\.[a-z]{2,12}(?=$|\s[–—|-])    # the name of a site
    | ^[a-z0-9]+(?:[-_][a-z0-9]+)+$                           # of a user, as addresses have it
    | \b(?:gmbh|ltd|llc|inc|s\.a|s\.r\.l|sp\.?\sz\s?o\.\s?o|a\.ε)\.?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_USER = re.compile(r"[a-z]{5,}")  # shorter ones are an agency's or a writer's initials
_ROLE = re.compile(
    r"\b(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|staff|expert|educators?|professor"
    r"|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|redactora?|redattore|periodista)$",
    re.IGNORECASE,
)
_PARTICLES = frozenset({
    "al", "ap", "av", "bin", "bint", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "do", "dos",
    "du", "el", "la", "le", "los", "of", "ten", "ter", "van", "vom", "von", "y", "zu",
})  # fmt: skip
_NO_LETTER = re.compile(r"[^\w\s.'’-]")
_FEWEST, _MOST = 2, 4  # words of a name that nothing but its place says is one
LONGEST_BYLINE = 120
_LONGEST, _LOOKED_AT = 60, 500


def names_in(text: str) -> Iterator[str]:
    """Yield the parts of a byline that may be names.

    >>> [*names_in("By Ann Example and Bo Muster (Photo: Courier), https://social.example/ann")]
    ['Ann Example', 'Bo Muster']
    """
    text = squeeze(text[:_LOOKED_AT]) or ""
    text = _IN_BRACKETS.sub(" ", _ADDRESS.sub(" ", text))
    if len(text) > LONGEST_BYLINE:
        return
    for part in _BETWEEN.split(BY.sub("", text.strip())):
        name = BY.sub("", _without_date(part).strip(" .:-–—／\"'“”")).strip()
        is_name = 1 < len(name) <= _LONGEST and not _NO_NAME.search(name)
        if is_name and name.lower() not in month_names():
            yield name


def _without_date(part: str) -> str:
    """Cut a date that follows a name.

    >>> _without_date("Ann Example 4 November")
    'Ann Example'
    >>> _without_date("Ann Example May 4")
    'Ann Example'
    """
    date = _DATE.search(part)
    if date is None:
        return part
    is_month = bool(date[1]) and date[1].lower() in month_names()
    return part[: date.start() if is_month or not date[1] else date.end(1)]


def persons(names: Sequence[str]) -> tuple[str, ...]:
    """Return each name once, without roles and user names where there are names beside them."""
    names = tuple(dict.fromkeys(names))
    full = {name for name in names if " " in name and not _ROLE.search(name)}
    if not full:
        return names
    return tuple(name for name in names if name in full or not (_ROLE.search(name) or _USER.fullmatch(name)))


def looks_like_a_person(name: str) -> bool:
    """Tell whether words are a person's name by their look alone: each begins large."""
    found = name.split()
    if not _FEWEST <= len(found) <= _MOST or _ROLE.search(name) or _NO_LETTER.search(name):
        return False
    return all(word in _PARTICLES or not word[0].islower() for word in found)
