"""Hold the stories that new articles may belong to, and place the articles a hundred at a time.

Comparing all with all costs the square of their number; so each hundred is compared only with itself and with a few
examples of the stories whose heaviest terms it shares.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from monitor.corpus.stories import Clipping, Membership, Story, group
from monitor.corpus.terms import StoredVector, Vector

FEWEST_IN_COMMON = 0.08  # product of an article's heaviest terms with a story's
MOST_ASKED = 32  # of an article's heaviest terms
MOST_STORIES = 2  # with which an article is compared
AS_NEAR = 0.5  # as the nearest of them
MOST_ALIKE = 4  # examples of a story, beside its earliest article
MOST_POSTINGS = 100  # stories in which a term leads, the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article that stands for its story when new ones come; `similarity` is its likeness to the others."""

    clipping: Clipping
    similarity: float
    is_central: bool = False


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Stories with their examples.

    `near` says which stories each new article resembles, and how much; `examples` holds those stories. What
    placing makes of them is in `stories`, by name: all that are new or changed. `renamed` leads from stories that
    were joined to what they are now, and `placed` holds each new article's membership.
    """

    near: Mapping[str, Mapping[str, float]]
    examples: dict[str, list[Example]]
    stories: dict[str, Story] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    placed: dict[str, tuple[str, Membership]] = field(default_factory=dict)
    _postings: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def place(self, new: Sequence[Clipping]) -> None:
        """Group new articles with each other and with what stands for the stories that they resemble."""
        fresh = {clipping.article_id: clipping for clipping in new}
        for story in group([*new, *self._candidates(new)]):
            if story.replaces or any(member.article_id in fresh for member in story.members):
                self._put(story, fresh)

    def story_of(self, story_id: str) -> str:
        """Return what a story is called now."""
        while story_id in self.renamed:
            story_id = self.renamed[story_id]
        return story_id

    def _candidates(self, new: Iterable[Clipping]) -> list[Clipping]:
        stories = {story_id for clipping in new for story_id in self._nearest(clipping)}
        return [
            replace(example.clipping, story_id=story_id, terms=_at_hand(example.clipping.terms))
            for story_id in sorted(stories)
            for example in _standing(self.examples[story_id])
        ]

    def _nearest(self, clipping: Clipping) -> list[str]:
        """Return the stories that share heavy terms with an article, as the stories are now."""
        scores: defaultdict[str, float] = defaultdict(float)
        for term, weight in islice(clipping.terms.items(), MOST_ASKED):
            found = self._postings.get(term)
            for story_id in islice(reversed(found), MOST_POSTINGS) if found else ():
                scores[story_id] += weight * found[story_id]  # type: ignore[index]  # found is not empty here
        for story_id, score in self.near.get(clipping.article_id, {}).items():
            if story_id not in self.stories and story_id not in self.renamed:
                scores[story_id] = score
        least = max(FEWEST_IN_COMMON, AS_NEAR * max(scores.values(), default=0.0))
        best = sorted((-score, story_id) for story_id, score in scores.items() if score >= least)
        return [story_id for _, story_id in best[:MOST_STORIES]]

    def _put(self, story: Story, fresh: Mapping[str, Clipping]) -> None:
        known = [
            example for name in (story.story_id, *story.replaces) for example in self.examples.pop(name, ())
        ]
        for name in (story.story_id, *story.replaces):
            self._take_out(name)
        added = []
        for member in story.members:
            if member.article_id in fresh:
                self.placed[member.article_id] = story.story_id, member
                added.append(Example(clipping=fresh[member.article_id], similarity=member.similarity))
        self.examples[story.story_id] = [
            replace(example, is_central=example.clipping.article_id == story.central)
            for example in (*known, *added)
        ]
        self.renamed.update(dict.fromkeys(story.replaces, story.story_id))
        self.stories[story.story_id] = story
        for term, weight in story.terms:
            self._postings[term][story.story_id] = weight

    def _take_out(self, story_id: str) -> None:
        old = self.stories.pop(story_id, None)
        for term, _ in old.terms if old else ():
            del self._postings[term][story_id]


def _at_hand(terms: Vector) -> Vector:
    """Unpack what is to be compared: most examples of a shelf never are."""
    return terms.unpacked() if isinstance(terms, StoredVector) else terms


def _standing(examples: Sequence[Example]) -> list[Example]:
    """Return the examples that stand for a story: the central one, those most like the others, the earliest."""
    alike = sorted(examples, key=lambda e: (not e.is_central, -e.similarity, e.clipping.article_id))[
        :MOST_ALIKE
    ]
    earliest = min(examples, key=lambda e: (e.clipping.at, e.clipping.article_id))
    return alike if earliest in alike else [*alike, earliest]
