"""Read a question such as `"Apple" AND (Alibaba OR 阿里巴巴) NOT fruit` into a tree.

    question  = all { "OR" all }
    all       = part { [ "AND" ] part }
    part      = ( "NOT" | "-" ) part | near
    near      = unit { "NEAR" [ "/" words ] unit }
    unit      = "(" question ")" | field ":" unit | '"' phrase '"' | word [ "*" ]

Operators are in capitals, so that "and" and "near" stay words. `title:` and `text:` say where a term has to
stand; `language:`, `outlet:` and `date:` are about the article. A recursive-descent parser of our own: the
grammar is small, and each error names the place and what would have worked.
"""

import re
from dataclasses import replace
from datetime import date

from monitor.corpus.queries import All, Either, Facet, Field, Filter, Near, Not, Query, Term
from monitor.corpus.query_tokens import QuerySyntaxError, Token, tokens_of

_FIELDS: tuple[Field, ...] = ("title", "text")
_FACETS: tuple[Facet, ...] = ("language", "outlet", "date")
_DEEPEST = 40
_FARTHEST = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parse_query(text: str) -> Query:
    """Read a question; raises `QuerySyntaxError`, one line that names the place.

    >>> parse_query('Apple NOT fruit')
    All(parts=(Term(text='Apple', prefix=False, field=None), Not(part=Term(text='fruit', prefix=False, field=None))))
    """
    parser = _Parser([*tokens_of(text)])
    query = parser.question(0)
    token = parser.peek()
    if token.kind != "end":
        raise QuerySyntaxError("a closing parenthesis has no opening one", token.at)
    if not _finds(query):
        raise QuerySyntaxError("a question needs something to find, not only NOT", 0)
    return query


class _Parser:
    """One question being read; `place` is the token that comes next."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place = tokens, 0

    def peek(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def is_word(self, word: str) -> bool:
        token = self.peek()
        return token.kind == "word" and token.text == word

    def question(self, depth: int) -> Query:
        parts = [self.all_of(depth)]
        while self.is_word("OR"):
            self.take()
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all_of(self, depth: int) -> Query:
        parts = [self.part(depth)]
        while self.peek().kind not in {"end", "close"} and not self.is_word("OR"):
            if self.is_word("AND"):
                self.take()
            parts.append(self.part(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self, depth: int) -> Query:
        negations = 0
        while self.is_word("NOT"):
            self.take()
            negations += 1
        near = self.near(depth)
        return Not(near) if negations % 2 else near

    def near(self, depth: int) -> Query:
        found = [self.unit(depth)]
        pairs: list[Query] = []
        while (token := self.peek()).kind == "near":
            self.take()
            if int(token.text) > _FARTHEST:
                raise QuerySyntaxError(f"NEAR/{token.text} is too far, at most NEAR/{_FARTHEST}", token.at)
            found.append(self.unit(depth))
            left, right = (_near_terms(unit, token.at) for unit in found[-2:])
            pairs.append(Near(left, right, int(token.text)))
        return found[0] if not pairs else pairs[0] if len(pairs) == 1 else All(tuple(pairs))

    def unit(self, depth: int) -> Query:
        token = self.take()
        if depth > _DEEPEST:
            raise QuerySyntaxError(f"parentheses and fields are nested more than {_DEEPEST} deep", token.at)
        match token.kind:
            case "open":
                inner = self.question(depth + 1)
                if self.take().kind != "close":
                    raise QuerySyntaxError("a parenthesis is never closed", token.at)
                return inner
            case "field":
                return self.field(token, depth)
            case "phrase":
                return Term(token.text)
            case "word" if token.text not in {"AND", "OR", "NOT"}:
                return _word(token)
            case "end":
                raise QuerySyntaxError("the question ends where a word was expected", token.at)
        raise QuerySyntaxError(f"{_shown(token)} stands where a word was expected", token.at)

    def field(self, token: Token, depth: int) -> Query:
        for facet in _FACETS:
            if token.text == facet:
                return _facet(facet, self.take())
        for field in _FIELDS:
            if token.text == field:
                return _within(self.unit(depth + 1), field, token.at)
        known = ", ".join(f"{name}:" for name in (*_FIELDS, *_FACETS))
        raise QuerySyntaxError(
            f"no field is called {token.text!r}; there are {known} (or use quotes)", token.at
        )


def _shown(token: Token) -> str:
    return "NEAR" if token.kind == "near" else token.text


def _word(token: Token) -> Term:
    bare = token.text.rstrip("*")
    if not any(character.isalnum() for character in bare):
        raise QuerySyntaxError(f"{token.text!r} has no letter or digit to look for", token.at)
    return Term(bare, prefix=bare != token.text)


def _near_terms(unit: Query, at: int) -> tuple[Term, ...]:
    if isinstance(unit, Term):
        return (unit,)
    if isinstance(unit, Either) and all(isinstance(part, Term) for part in unit.parts):
        return tuple(part for part in unit.parts if isinstance(part, Term))
    raise QuerySyntaxError("NEAR stands between words, phrases, or (words OR words)", at)


def _within(query: Query, field: Field, at: int) -> Query:
    """Say of every term in a query that it has to stand in `field`."""
    match query:
        case Term():
            return replace(query, field=field)
        case Near(left, right, distance):
            here = [tuple(replace(term, field=field) for term in side) for side in (left, right)]
            return Near(here[0], here[1], distance)
        case Not(part):
            return Not(_within(part, field, at))
        case All(parts) | Either(parts):
            return type(query)(tuple(_within(part, field, at) for part in parts))
        case Filter(facet):
            raise QuerySyntaxError(f"{facet}: cannot stand inside {field}:", at)


def _facet(facet: Facet, token: Token) -> Filter:
    if token.kind not in {"word", "phrase"}:
        raise QuerySyntaxError(f"{facet}: needs a value", token.at)
    if facet != "date":
        return Filter(facet, token.text.casefold())
    return _days(token)


def _days(token: Token) -> Filter:
    """Read `2026-01-31`, `2026-01-01..2026-01-31`, `2026-01-01..` or `..2026-01-31`."""
    first, dots, last = token.text.partition("..")
    for day in filter(None, (first, last)):
        try:
            _ = date.fromisoformat(day) if _DAY.fullmatch(day) else date.fromisoformat("")
        except ValueError:
            raise QuerySyntaxError(
                f"{day!r} is no day; write 2026-01-31 or a range with ..", token.at
            ) from None
    if not first and not last:
        raise QuerySyntaxError("date: needs a day such as 2026-01-31 or a range with ..", token.at)
    return Filter("date", first or "0001-01-01", (last or "9999-12-31") if dots else first)


def _finds(query: Query) -> bool:
    """Say whether a query asks for something to be there."""
    match query:
        case Not():
            return False
        case All(parts):
            return any(_finds(part) for part in parts)
        case Either(parts):
            return all(_finds(part) for part in parts)
    return True
