"""What a question asks for, as a tree of words, nearness, conditions, and their combinations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Field = Literal["title", "text"]
Facet = Literal["language", "outlet", "date"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; `prefix` lets it continue; `field` is None when it may stand anywhere."""

    text: str
    prefix: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Any of the left terms and any of the right ones, with at most `distance` words between them."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the article: a language or outlet, or days from `value` to `until`, both included."""

    facet: Facet
    value: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """The article must not match this."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """Every part must match."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must match."""

    parts: "tuple[Query, ...]"


Query = Term | Near | Filter | Not | All | Either


def terms_of(query: Query) -> Iterator[Term]:
    """Yield every term that has to be looked for to answer a query."""
    match query:
        case Term():
            yield query
        case Near(left, right):
            yield from (*left, *right)
        case Not(part):
            yield from terms_of(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from terms_of(part)


def needed_terms(query: Query) -> frozenset[Term] | None:
    """Return terms of which one at least must be seen for the query to hold; None where none need be."""
    match query:
        case Term():
            return frozenset({query})
        case Near(left):
            return frozenset(left)
        case All(parts):
            sets = [needed for part in parts if (needed := needed_terms(part)) is not None]
            return min(sets, key=len, default=None)
        case Either(parts):
            either = [needed_terms(part) for part in parts]
            return None if None in either else frozenset().union(*(needed for needed in either if needed))
    return None
