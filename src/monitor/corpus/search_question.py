"""Turn a question into what the full-text index understands, so that no user text reaches its syntax."""

from dataclasses import dataclass

from monitor.corpus.queries import (
    All,
    Either,
    Filter,
    Near,
    Not,
    Query,
    Term,
    terms_of,
)
from monitor.corpus.query_parser import parse_query
from monitor.corpus.query_tokens import QuerySyntaxError
from monitor.corpus.search_terms import query_terms
from monitor.errors import UsageError

_COLUMNS = {None: "", "title": "{title title_translation} : ", "text": "{text text_translation} : "}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestion:
    """What to search: an FTS5 expression (None: everything), conditions on the article, words to highlight.

    `note` tells the user how a question that could not be read was understood.
    """

    match: str | None
    filters: tuple[tuple[Filter, bool], ...] = ()
    terms: tuple[Term, ...] = ()
    note: str | None = None


def read_question(text: str, *, conditions: str = "") -> SearchQuestion:
    """Read what a user typed; what is no well-formed question is searched word by word, and noted.

    `conditions` are filters such as `language:es`, given apart, that hold for the whole of the question.
    Raises `UsageError` for a question without a word, or with a condition where the index cannot check it.
    """
    try:
        query, note = parse_query(text), None
    except QuerySyntaxError as error:
        query, note = _word_by_word(text), f"searched word by word: {error}"
    filters, rest = _split(query)
    if conditions:
        filters += _split(parse_query(conditions))[0]
    match = _expression(All(tuple(rest))) if rest else None
    if rest and match is None:
        raise UsageError(f"there is no word to search for in {text!r}")
    terms = tuple(
        dict.fromkeys(term for part in rest if not isinstance(part, Not) for term in terms_of(part))
    )
    return SearchQuestion(match=match, filters=tuple(filters), terms=terms, note=note)


def _word_by_word(text: str) -> Query:
    words = [word for word in text.replace('"', " ").split() if query_terms(word)[0]]
    if not words:
        raise UsageError(f"there is no word to search for in {text!r}")
    return All(tuple(Term(word) for word in words))


def _split(query: Query) -> tuple[list[tuple[Filter, bool]], list[Query]]:
    """Part the conditions on the article, with whether they must hold, from what is searched in the text."""
    parts = query.parts if isinstance(query, All) else (query,)
    filters: list[tuple[Filter, bool]] = []
    rest: list[Query] = []
    for part in parts:
        if isinstance(part, All):
            inner, others = _split(part)
            filters, rest = filters + inner, rest + others
        elif isinstance(part, Filter):
            filters.append((part, True))
        elif isinstance(part, Not) and isinstance(part.part, Filter):
            filters.append((part.part, False))
        else:
            rest.append(part)
    return filters, rest


def _expression(query: Query) -> str | None:
    """Write a query as an FTS5 expression; None when it asks for nothing that has letters or digits."""
    match query:
        case Term():
            return _term(query)
        case Near(left, right, distance):
            return _near(left, right, distance)
        case All(parts):
            wanted = [e for part in parts if not isinstance(part, Not) and (e := _expression(part))]
            unwanted = [e for part in parts if isinstance(part, Not) and (e := _expression(part.part))]
            return _without(wanted, unwanted)
        case Either(parts):
            found = [expression for part in parts if (expression := _expression(part))]
            return f"({' OR '.join(found)})" if found else None
        case Filter(facet):
            raise UsageError(f"in a search, {facet}: stands beside the other words, not inside OR")
    raise UsageError("in a search, NOT stands beside a word that has to be there")


def _without(wanted: list[str], unwanted: list[str]) -> str | None:
    if not wanted:
        return None
    found = f"({' AND '.join(wanted)})"
    return f"({found} NOT ({' OR '.join(unwanted)}))" if unwanted else found


def _term(term: Term) -> str | None:
    phrase = _phrase(term)
    return f"{_COLUMNS[term.field]}{phrase}" if phrase else None


def _phrase(term: Term) -> str | None:
    """Quote a term's words; they hold letters, digits and marks alone, so nothing needs escaping."""
    words, beginning = query_terms(term.text)
    return f'"{words}"{" *" if beginning or term.prefix else ""}' if words else None


def _near(left: tuple[Term, ...], right: tuple[Term, ...], distance: int) -> str | None:
    columns = _COLUMNS[left[0].field]
    pairs = [
        f"{columns}NEAR({one} {other}, {distance})"
        for one in map(_phrase, left)
        for other in map(_phrase, right)
        if one and other
    ]
    return f"({' OR '.join(pairs)})" if pairs else None
