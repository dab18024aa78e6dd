"""Decide whether an article answers a saved query, from the places where the query's words were seen."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.corpus.article_text import ArticleText, Part
from monitor.corpus.boundaries import is_unspaced
from monitor.corpus.folding import Folded
from monitor.corpus.queries import All, Either, Filter, Near, Not, Query, Term
from monitor.corpus.sentences import sentence_around
from monitor.corpus.watchlist import SavedQuery

Hit = tuple[Part, int, int]  # folded offsets
TermHits = dict[Term, list[Hit]]
_WORD = re.compile(r"\w+")
_FIELD_PARTS = {"title": ("title", "title_translation"), "text": ("text", "text_translation")}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryMatch:
    """An article that answers a query, with the first place that shows it; None where a filter alone did."""

    query_id: str
    query: str
    part: Part | None = None
    start: int | None = None
    end: int | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    article: ArticleText
    folded: Mapping[Part, Folded]
    hits: TermHits

    def places(self, term: Term) -> list[Hit]:
        found = self.hits.get(term, [])
        return [hit for hit in found if term.field is None or hit[0] in _FIELD_PARTS[term.field]]


def match_query(
    saved: SavedQuery, article: ArticleText, folded: Mapping[Part, Folded], hits: TermHits
) -> QueryMatch | None:
    """Return the match with its first evidence, or None."""
    evidence = _Evidence(article=article, folded=folded, hits=hits)
    if not _holds(saved.query, evidence):
        return None
    places = _shown(saved.query, evidence)
    if not places:
        return QueryMatch(query_id=saved.query_id, query=saved.name)
    order = list(folded)
    part, start, end = min(places, key=lambda hit: (order.index(hit[0]), hit[1], hit[2]))
    text = dict(article.parts())[part]
    start, end = folded[part].span(start, end)
    return QueryMatch(
        query_id=saved.query_id,
        query=saved.name,
        part=part,
        start=start,
        end=end,
        sentence=text[slice(*sentence_around(text, start, end))],
    )


def _holds(query: Query, evidence: _Evidence) -> bool:
    match query:
        case Term():
            return bool(evidence.places(query))
        case Near():
            return bool(_near(query, evidence))
        case Filter():
            return _passes(query, evidence.article)
        case Not(part):
            return not _holds(part, evidence)
        case All(parts):
            return all(_holds(part, evidence) for part in parts)
        case Either(parts):
            return any(_holds(part, evidence) for part in parts)


def _shown(query: Query, evidence: _Evidence) -> list[Hit]:
    """Collect the places that made a query hold."""
    match query:
        case Term():
            return evidence.places(query)
        case Near():
            return _near(query, evidence)
        case All(parts) | Either(parts):
            return [hit for part in parts for hit in _shown(part, evidence)]
    return []


def _near(query: Near, evidence: _Evidence) -> list[Hit]:
    """Return the left places that have a right one near; only neighbours in the text are compared."""
    found: list[Hit] = []
    rights = sorted(hit for term in query.right for hit in evidence.places(term))
    for hit in (hit for term in query.left for hit in evidence.places(term)):
        at = bisect_left(rights, hit)
        for other in rights[max(at - 2, 0) : at + 2]:
            if _words_between(hit, other, evidence.folded) <= query.distance and other != hit:
                found.append(hit)
                break
    return found


def _words_between(one: Hit, other: Hit, folded: Mapping[Part, Folded]) -> float:
    """Count the words between two places; in unspaced scripts each character counts as one."""
    first, second = sorted((one, other))
    if first[0] != second[0]:
        return float("inf")
    between = folded[first[0]].text[first[2] : second[1]]
    return sum(sum(map(is_unspaced, word)) or 1 for word in (match[0] for match in _WORD.finditer(between)))


def _passes(filter_: Filter, article: ArticleText) -> bool:
    if filter_.facet == "language":
        language = article.language.casefold()
        return language == filter_.value or language.startswith(filter_.value + "-")
    if filter_.facet == "outlet":
        return (article.outlet or "").casefold() == filter_.value
    day = article.published_at.date().isoformat() if article.published_at else ""
    return filter_.value <= day <= filter_.until
