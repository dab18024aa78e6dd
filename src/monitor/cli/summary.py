"""Say at the end of a run what it did."""

from collections import Counter
from collections.abc import Iterator

from monitor.languages import Language, name_of
from monitor.tally import Tally
from monitor.terminal import one_line

_MOST_NAMED = 12


def summary_lines(tally: Tally, warehouse: str) -> Iterator[str]:
    """Yield the lines of a run's summary."""
    fates = {
        "new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged, "moved": tally.moved,
        "duplicate": tally.duplicates, "rejected": tally.rejected,
    }  # fmt: skip
    parts = ", ".join(f"{count:,} {name}" for name, count in fates.items() if count)
    yield f"{tally.seen:,} inputs: {parts or 'nothing to do'}"
    if tally.languages:
        named = ", ".join(
            f"{name_of(Language(code))} {count:,}" for code, count in tally.languages.most_common(_MOST_NAMED)
        )
        rest = len(tally.languages) - _MOST_NAMED
        yield f"languages: {named}" + (f" and {rest} more" if rest > 0 else "")
    if tally.edits:
        yield f"cleaning: {tally.lines_removed:,} lines removed, {tally.sentences_repaired:,} glued sentences repaired"
    if tally.partial:
        yield f"partial: {tally.partial:,} articles may be incomplete (partial_reason says why)"
    yield from _rejects(tally.reject_reasons)
    for phase in tally.phases.values():
        yield from phase.get("lines", ())
    yield f"warehouse: {one_line(warehouse)}"


def _rejects(reasons: Counter[str]) -> Iterator[str]:
    if reasons:
        named = ", ".join(
            f"{one_line(reason)} {count:,}" for reason, count in reasons.most_common(_MOST_NAMED)
        )
        yield f'rejected: {named}; see `monitor sql "from rejects"`'
