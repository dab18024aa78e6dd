"""Decide which sightings of an alias are mentions of the entity, and where in the article they stand."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from monitor.corpus.article_text import Part
from monitor.corpus.folding import fold_alias
from monitor.corpus.sentences import paragraph_around, sentence_around
from monitor.corpus.watchlist import Alias, Entity

Prominence = Literal["title", "first paragraph", "rest"]
Span = tuple[Part, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One sighting of an entity; offsets count code points of the stored text of `part`."""

    entity_id: str
    entity: str
    alias: str
    part: Part
    start: int
    end: int
    sentence: str
    prominence: Prominence


class AliasHit(NamedTuple):
    """An alias seen as a word of its own, before case, context and exclusions are judged."""

    alias: Alias
    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRules:
    """An entity with the folded context words of each of its aliases."""

    entity: Entity
    contexts: dict[Alias, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Fold each alias's context words once."""
        folded = {a: frozenset(fold_alias(word) for word in a.context) for a in self.entity.aliases}
        object.__setattr__(self, "contexts", folded)


def mentions_of(
    rules: EntityRules,
    hits: Sequence[AliasHit],
    texts: Mapping[Part, str],
    *,
    contexts: Collection[str],
    excluded: Sequence[Span],
    forbidding: Sequence[Span],
) -> list[Mention]:
    """Judge the sightings of one entity in one article; overlapping aliases count once, the longest."""
    kept = [
        hit
        for hit in hits
        if case_fits(hit.alias, texts[hit.part][hit.start : hit.end])
        and (not hit.alias.context or not rules.contexts[hit.alias].isdisjoint(contexts))
        and not any(p == hit.part and s <= hit.start and hit.end <= e for p, s, e in excluded)
    ]
    found = (_mention(rules.entity, hit, texts[hit.part], forbidding) for hit in _longest(kept))
    return [mention for mention in found if mention is not None]


def case_fits(alias: Alias, seen: str) -> bool:
    """Say whether capitals stand where the alias's case rule wants them."""
    if alias.case == "any" or seen == alias.text:
        return True
    written, here = (unicodedata.normalize("NFC", text) for text in (alias.text, seen))
    if alias.case == "exact" or len(written) != len(here):
        return written == here if alias.case == "exact" else written[0].isupper() <= here[0].isupper()
    return all(there.isupper() for want, there in zip(written, here, strict=True) if want.isupper())


def _longest(hits: list[AliasHit]) -> list[AliasHit]:
    """Drop a sighting that lies inside or overlaps an earlier, or an equally early longer, one."""
    kept: list[AliasHit] = []
    for hit in sorted(hits, key=lambda h: (h.part, h.start, -h.end, h.alias.text)):
        if not (kept and kept[-1].part == hit.part and hit.start < kept[-1].end):
            kept.append(hit)
    return kept


def _mention(entity: Entity, hit: AliasHit, text: str, forbidding: Sequence[Span]) -> Mention | None:
    first, last = sentence_around(text, hit.start, hit.end)
    if any(part == hit.part and first <= start and end <= last for part, start, end in forbidding):
        return None
    return Mention(
        entity_id=entity.entity_id,
        entity=entity.name,
        alias=hit.alias.text,
        part=hit.part,
        start=hit.start,
        end=hit.end,
        sentence=text[first:last],
        prominence=_prominence(hit.part, text, hit.start),
    )


def _prominence(part: Part, text: str, start: int) -> Prominence:
    if part in {"title", "title_translation"}:
        return "title"
    return "first paragraph" if not text[: paragraph_around(text, start)[0]].strip() else "rest"
