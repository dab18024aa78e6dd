"""Read an article once and report which watchlist entities and saved queries it meets."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.corpus.article_text import ArticleText, Part
from monitor.corpus.boundaries import Boundary, stands_alone
from monitor.corpus.folding import Folded, fold, fold_alias
from monitor.corpus.mentions import AliasHit, EntityRules, Mention, mentions_of
from monitor.corpus.phrases import Phrases
from monitor.corpus.queries import Term, needed_terms, terms_of
from monitor.corpus.query_match import QueryMatch, TermHits, match_query
from monitor.corpus.watchlist import Alias, Entity, Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one article holds of what is looked for."""

    mentions: tuple[Mention, ...] = ()
    matches: tuple[QueryMatch, ...] = ()


class _Role(NamedTuple):
    """What a sighting of a phrase means: alias, context word, exclusion, forbidding word, or query term."""

    kind: str  # alias context exclude unless term
    owner: int  # of the entity
    alias: Alias | None
    term: Term | None
    boundary: Boundary


@dataclass(slots=True)
class _Seen:
    """What was seen in one article, before the rules that look at the whole of it."""

    aliases: dict[int, list[AliasHit]] = field(default_factory=lambda: defaultdict(list))
    contexts: set[str] = field(default_factory=set)
    spans: dict[tuple[str, int], list[tuple[Part, int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    terms: TermHits = field(default_factory=lambda: defaultdict(list))


class Lookout:
    """A watchlist made ready; built once, safe to share between threads."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._queries = [(saved, needed_terms(saved.query)) for saved in watchlist.queries]
        self._rules = [EntityRules(entity=entity) for entity in watchlist.entities]
        roles: dict[str, list[_Role]] = defaultdict(list)
        for phrase, role in _roles(watchlist):
            roles[fold_alias(phrase)].append(role)
        roles.pop("", None)
        self._phrases = Phrases(list(roles))
        self._roles = [tuple(dict.fromkeys(same)) for same in roles.values()]
        self._folded_phrases = list(roles)
        self._starts_word = [
            "a" <= phrase[0] <= "z" and all(role.boundary != "none" for role in roles[phrase])
            for phrase in self._folded_phrases
        ]

    def read(self, article: ArticleText) -> Report:
        """Report the mentions, in the order of the text, and the queries that match."""
        texts = dict(article.parts())
        folded = {part: fold(text) for part, text in texts.items()}
        seen = _Seen()
        for part, text in folded.items():
            self._look(part, text, seen)
        mentions = [
            mention
            for owner, hits in seen.aliases.items()
            for mention in mentions_of(
                self._rules[owner],
                hits,
                texts,
                contexts=seen.contexts,
                excluded=seen.spans["exclude", owner],
                forbidding=seen.spans["unless", owner],
            )
        ]
        return Report(
            mentions=tuple(sorted(mentions, key=lambda m: (list(texts).index(m.part), m.start, m.entity_id))),
            matches=self._matches(article, folded, seen.terms),
        )

    def _look(self, part: Part, folded: Folded, seen: _Seen) -> None:
        text = folded.text
        for number, start, end in self._phrases.find(folded):
            # Most sightings lie inside longer words; this sees it at once and leaves the rest to the rules.
            if start and self._starts_word[number] and "a" <= text[start - 1] <= "z":
                continue
            for role in self._roles[number]:
                if not stands_alone(text, start, end, role.boundary):
                    continue
                if role.term is not None:
                    seen.terms[role.term].append((part, start, end))
                elif role.kind == "context":
                    seen.contexts.add(self._folded_phrases[number])
                elif role.alias is not None:
                    seen.aliases[role.owner].append(AliasHit(role.alias, part, *folded.span(start, end)))
                else:
                    seen.spans[role.kind, role.owner].append((part, *folded.span(start, end)))

    def _matches(
        self, article: ArticleText, folded: dict[Part, Folded], terms: TermHits
    ) -> tuple[QueryMatch, ...]:
        return tuple(
            match
            for saved, needed in self._queries
            if (needed is None or not needed.isdisjoint(terms))
            and (match := match_query(saved, article, folded, terms)) is not None
        )


def _roles(watchlist: Watchlist) -> Iterator[tuple[str, _Role]]:
    for owner, entity in enumerate(watchlist.entities):
        yield from _entity_roles(owner, entity)
    for query in watchlist.queries:
        for term in terms_of(query.query):
            yield term.text, _Role("term", -1, None, term, "start" if term.prefix else "auto")


def _entity_roles(owner: int, entity: Entity) -> Iterator[tuple[str, _Role]]:
    for alias in entity.aliases:
        yield alias.text, _Role("alias", owner, alias, None, alias.boundary)
        for word in alias.context:
            yield word, _Role("context", -1, None, None, "auto")
    for phrase in entity.exclude:
        yield phrase, _Role("exclude", owner, None, None, "start")
    for word in entity.unless:
        yield word, _Role("unless", owner, None, None, "auto")
