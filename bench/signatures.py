"""How the sample of word pairs compares with the signatures of libraries: called by `python -m bench.duplicates`.

`pip install datasketch rensa` first; one that is not there is left out. All get the same texts as the same shingles of
three telling words (those of `monitor.corpus.fingerprints`), so that only signature and lookup differ. Columns: seconds
of one core for signing and looking up; pairs that come out as candidates; the part of the copies that meet their
original among them; pair F1 by the library's own estimate at its best threshold; pair F1 when the candidates are
compared word by word, as monitor does.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import combinations
from typing import Any

from monitor.corpus.copies import compare
from monitor.corpus.duplicates import Appearance, Link, group_copies
from monitor.corpus.fingerprints import Fingerprint, fingerprint
from monitor.corpus.groups import Groups

PERMUTATIONS = 128
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
FEWEST_MARKS = 2  # in common, as the warehouse wants them
MOST_OF_A_MARK = 50
DAY = datetime(2026, 1, 1, tzinfo=UTC)

Pair = tuple[str, str]
Candidates = dict[Pair, float]
Texts = Mapping[str, Fingerprint]


def print_signatures(texts: Mapping[str, str], originals: Mapping[str, str]) -> None:
    """Print the table; `originals` names for each copy the article that it was made of."""
    begin = time.process_time()
    prints = {name: fingerprint(text) for name, text in texts.items()}
    print(f"\n{len(texts)} texts; words, stems and shingles of all: {time.process_time() - begin:.1f} s")
    marks = sum(len(text.marks) for text in prints.values()) / len(prints)
    print(f"a sample of word pairs has {marks:.0f} numbers on average; of bands, each is one number")
    print(f"{'signature':34} seconds    pairs   met  F1 by estimate  F1 compared")
    family = {name: originals.get(name, name) for name in texts}
    for title, method in _methods().items():
        begin = time.process_time()
        found = method(prints)
        taken = time.process_time() - begin
        met = sum(_pair(copy, original) in found for copy, original in originals.items()) / len(originals)
        estimate = max(_f1(_linked(texts, found, at), family) for at in THRESHOLDS)
        compared = _f1(_compared(prints, found), family)
        own = f"{estimate:.4f}" if any(found.values()) else "-"
        print(f"{title:34} {taken:7.1f} {len(found):8,} {met:5.3f} {own:>15} {compared:12.4f}")


def _methods() -> dict[str, Callable[[Texts], Candidates]]:
    methods: dict[str, Callable[[Texts], Candidates]] = {"monitor: sample of word pairs": _marks}
    if find_spec("datasketch"):
        for threshold in (0.5, 0.2):
            methods[f"datasketch MinHash LSH, {threshold}"] = _datasketch(threshold)
        methods["datasketch LSH Ensemble, 0.3"] = _ensemble
    if find_spec("rensa"):
        for bands in (16, 64, 128):
            methods[f"rensa RMinHash LSH, {bands} bands"] = _rensa(bands)
    return methods


def _pair(first: str, second: str) -> Pair:
    return min(first, second), max(first, second)


def _marks(texts: Texts) -> Candidates:
    owners: defaultdict[int, list[str]] = defaultdict(list)
    for name, text in texts.items():
        for mark in text.marks.tolist():
            owners[mark].append(name)
    shared: defaultdict[Pair, int] = defaultdict(int)
    for names in owners.values():
        for first, second in combinations(names[:MOST_OF_A_MARK], 2):
            shared[_pair(first, second)] += 1
    return {pair: 0.0 for pair, count in shared.items() if count >= FEWEST_MARKS}


def _datasketch(threshold: float) -> Callable[[Texts], Candidates]:
    def find(texts: Texts) -> Candidates:
        from datasketch import MinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - not a dependency

        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        signed = dict(_signed(texts))
        found: Candidates = {}
        for name, signature in signed.items():
            for other in index.query(signature):
                found[_pair(name, other)] = signature.jaccard(signed[other])
            index.insert(name, signature)
        return found

    return find


def _signed(texts: Texts) -> Iterator[tuple[str, Any]]:
    from datasketch import MinHash  # noqa: PLC0415 - not a dependency

    for name, text in texts.items():
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.tobytes() for shingle in text.shingles])
        yield name, signature


def _ensemble(texts: Texts) -> Candidates:
    """Look up by containment, which takes an index that is built at once."""
    from datasketch import MinHashLSHEnsemble  # noqa: PLC0415 - not a dependency

    index = MinHashLSHEnsemble(threshold=0.3, num_perm=PERMUTATIONS, num_part=16)
    signed = {name: signature for name, signature in _signed(texts) if len(texts[name].shingles)}
    index.index([(name, signature, len(texts[name].shingles)) for name, signature in signed.items()])
    found: Candidates = {}
    for name, signature in signed.items():
        for other in index.query(signature, len(texts[name].shingles)):
            if other != name:
                found[_pair(name, other)] = signature.jaccard(signed[other])
    return found


def _rensa(bands: int) -> Callable[[Texts], Candidates]:
    def find(texts: Texts) -> Candidates:
        from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - not a dependency

        names = [*texts]
        tokens = [[f"{shingle:x}" for shingle in text.shingles.tolist()] for text in texts.values()]
        signed = RMinHash.from_token_sets(tokens, PERMUTATIONS, 42)
        index = RMinHashLSH(0.5, PERMUTATIONS, bands)
        found: Candidates = {}
        for number, signature in enumerate(signed):
            for other in index.query(signature):
                found[_pair(names[number], names[other])] = signature.jaccard(signed[other])
            index.insert(number, signature)
        return found

    return find


def _linked(texts: Mapping[str, str], found: Candidates, threshold: float) -> dict[str, str]:
    groups = Groups()
    for (first, second), likeness in found.items():
        if likeness >= threshold:
            groups.join(first, second)
    return {name: groups.root(name) for name in texts}


def _compared(prints: Texts, found: Candidates) -> dict[str, str]:
    links = [
        Link(first_id=first, second_id=second, copy=copy)
        for first, second in found
        if (copy := compare(prints[first], prints[second]))
    ]
    appeared = {name: Appearance(article_id=name, published_at=None, dated_at=DAY) for name in prints}
    return {copy.article_id: copy.original_id for copy in group_copies(links, appeared)}


def _f1(groups: Mapping[str, str], family: Mapping[str, str]) -> float:
    wanted, found = pairs_of(family), pairs_of(groups)
    return 2 * len(wanted & found) / max(len(wanted) + len(found), 1)


def pairs_of(group: Mapping[str, str]) -> set[Pair]:
    """Return all pairs of names that have one group."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name, group_id in group.items():
        members[group_id].append(name)
    return {pair for names in members.values() for pair in combinations(sorted(names), 2)}
