"""Put back what was lost between two sentences: a full stop and a space, or the space alone."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from monitor.cleaning.glue_evidence import NAMES, Context, evidence
from monitor.cleaning.glue_letters import table
from monitor.cleaning.glue_places import INSIDE_WORDS, Place, find_places
from monitor.forest import Floats, Forest, forest_from, votes
from monitor.models import Edit

TREES = "glue_trees.npz"
SURE = 0.82  # least probability, from validation on documents left out: `bench.train_glue FOLDER --validate`
SURER = 0.9  # the same inside a word where names have a small prefix, as in Zulu and Xhosa
FEW_PLACES = 100
SPARSE = 25  # characters for each place at least, beyond FEW_PLACES; a denser text is not made of sentences
BATCH = 1000  # places judged at once
NEXT = 2  # characters: two sentences do not end so near each other


@cache
def trees() -> Forest:
    """Return the trained trees; made by `python -m bench.train_glue`."""
    with as_file(files("monitor.cleaning").joinpath(TREES)) as path, np.load(path) as stored:
        assert tuple(stored["names"]) == NAMES, "the trees were trained on other evidence; train them again"
        return forest_from(stored)


def probabilities(forest: Forest, rows: Floats) -> Floats:
    """Return for each row of evidence the probability that something was lost there."""
    return np.asarray(1 / (1 + np.exp(-votes(forest, rows))), np.float32)


def find_glue(text: str) -> list[Edit]:
    """Return the edits that part glued sentences, in order, each with its probability as confidence.

    Each inserts what is missing: ". " or, where a stop stands already, " ". A boosted-tree classifier weighs
    the letters, the words around, and the rest of the text; names such as iPhone are a list beside it.
    Chinese, Japanese and Thai, and stops lost in scripts without capitals, are left alone: nothing shows there.
    """
    places = list(find_places(text))
    if not places or len(places) > max(FEW_PLACES, len(text) // SPARSE):
        return []
    context = Context(text, places, table())
    likely = [
        (place, sure)
        for place, sure in _judged(context, places)
        if sure >= _least(context, place) or _is_doubled_name(text, place)
    ]
    return [_edit(text, *likely[n]) for n in range(len(likely)) if _is_best(likely, n)]


def _judged(context: Context, places: Sequence[Place]) -> Iterator[tuple[Place, float]]:
    """Yield each place with its probability."""
    for batch in _batched(places, BATCH):
        rows = np.array([evidence(context, place) for place in batch], np.float32)
        yield from zip(batch, probabilities(trees(), rows).tolist(), strict=True)


def _batched(places: Sequence[Place], size: int) -> Iterator[Sequence[Place]]:
    """Yield slices of `size` places, so that memory stays bounded."""
    return (places[start : start + size] for start in range(0, len(places), size))


def _least(context: Context, place: Place) -> float:
    return SURER if place.kind in INSIDE_WORDS and context.nguni else SURE


def _is_best(likely: Sequence[tuple[Place, float]], number: int) -> bool:
    """Say whether no likelier place is right beside this one."""
    place, sure = likely[number]
    beside = (*likely[max(0, number - NEXT) : number], *likely[number + 1 : number + 1 + NEXT])
    return not any(
        abs(other.at - place.at) <= NEXT and (surer, -other.at) > (sure, -place.at) for other, surer in beside
    )


def _is_doubled_name(text: str, place: Place) -> bool:
    """Recognise "Jack MaMa, who": a name that ends one sentence and begins the next."""
    first, start = place.left, place.at - len(place.left)
    before = text[max(0, start - 2) : start]
    alone = not text[place.at + len(place.right) :][:1].isalnum()
    named = before[-1:] == " " and before[:1].islower() and _word_before(text, start)[:1].isupper()
    return place.kind == "lower" and first == place.right and first[:1].isupper() and alone and named


def _word_before(text: str, at: int) -> str:
    return (text[max(0, at - 40) : at].split() or [""])[-1]


def _edit(text: str, place: Place, sure: float) -> Edit:
    lost = " " if place.kind == "stop" else f"{_full_stop(text[place.at])} "
    return Edit(
        start=place.at,
        end=place.at,
        removed="",
        inserted=lost,
        rule="glue:space" if lost == " " else "glue:stop",
        confidence=round(sure, 3),
    )


def _full_stop(letter: str) -> str:
    """Return the full stop of the script that a capital letter belongs to."""
    return "։" if "\u0531" <= letter <= "\u0556" else "."
