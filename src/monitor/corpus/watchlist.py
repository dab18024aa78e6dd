"""Read a watchlist: the names to look for, in any language, and the questions to ask of every article.

A watchlist is a YAML file; `warehouse/watchlist.yaml` shows every setting. An unknown setting is an error,
because a misspelt exclusion would otherwise be no exclusion.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import msgspec

from monitor.corpus.boundaries import Boundary
from monitor.corpus.queries import Query
from monitor.corpus.query_parser import parse_query
from monitor.corpus.query_tokens import QuerySyntaxError
from monitor.errors import ConfigurationError

Case = Literal["smart", "exact", "any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One spelling of a name and how it has to stand in the text.

    `case`: `exact`, `any`, or `smart`: an alias with capitals is met as written or all in capitals.
    `context`: the alias counts only in an article that has one of these words too.
    """

    text: str
    case: Case = "smart"
    boundary: Boundary = "auto"
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something to look for.

    `exclude`: phrases that hold an alias and mean something else ("apple pie").
    `unless`: words; in a sentence that has one of them, the alias does not count ("orchard").
    """

    entity_id: str
    name: str
    type: str
    aliases: tuple[Alias, ...]
    exclude: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A question that is asked of every new article."""

    query_id: str
    name: str
    question: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """All that is looked for; `signature` changes when any of it does."""

    entities: tuple[Entity, ...] = ()
    queries: tuple[SavedQuery, ...] = ()
    signature: str = ""


class _Alias(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    case: Case | None = None
    boundary: Boundary | None = None
    context: list[str] | None = None


class _Entity(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    aliases: list[str | _Alias] = []
    type: str = "other"
    case: Case = "smart"
    boundary: Boundary = "auto"
    context: list[str] = []
    exclude: list[str] = []
    unless: list[str] = []


class _Query(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    query: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    entities: list[_Entity] = []
    queries: list[_Query] = []


def parse_watchlist(data: bytes, *, name: str = "watchlist") -> Watchlist:
    """Read the bytes of a watchlist file; `name` stands in messages.

    Raises `ConfigurationError` for a file that is no YAML, an unknown setting, an empty alias, a name given
    twice, or a query that cannot be read.
    """
    try:
        written = msgspec.yaml.decode(data, type=_File | None) or _File()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name}: {' '.join(str(error).split())}") from error
    _refuse_twins([entity.name for entity in written.entities], f"{name}: entity")
    _refuse_twins([query.name for query in written.queries], f"{name}: query")
    return Watchlist(
        entities=tuple(_entity(entity, name) for entity in written.entities),
        queries=tuple(_query(query, name) for query in written.queries),
        signature=hashlib.sha256(msgspec.json.encode(written)).hexdigest()[:16],
    )


def _entity(written: _Entity, file: str) -> Entity:
    spellings = [_Alias(text=a) if isinstance(a, str) else a for a in (written.aliases or [written.name])]
    if any(not spelling.text.strip() for spelling in spellings):
        raise ConfigurationError(f"{file}: entity {written.name!r} has an empty alias")
    return Entity(
        entity_id=_identity("entity", written.name),
        name=written.name,
        type=written.type,
        aliases=tuple(_alias(spelling, written) for spelling in spellings),
        exclude=tuple(written.exclude),
        unless=tuple(written.unless),
    )


def _alias(written: _Alias, entity: _Entity) -> Alias:
    return Alias(
        text=written.text,
        case=written.case or entity.case,
        boundary=written.boundary or entity.boundary,
        context=tuple(entity.context if written.context is None else written.context),
    )


def _query(written: _Query, file: str) -> SavedQuery:
    try:
        query = parse_query(written.query)
    except QuerySyntaxError as error:
        raise ConfigurationError(f"{file}: query {written.name!r}: {error}") from error
    return SavedQuery(
        query_id=_identity("query", written.name), name=written.name, question=written.query, query=query
    )


def _identity(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:16]


def _refuse_twins(names: list[str], what: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise ConfigurationError(f"{what} {name!r} is given twice")
