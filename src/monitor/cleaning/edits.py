"""Change text so that every change can be shown and undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from monitor.models import Cleaned, Edit


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """Return `raw` with its edits made; they must be in order and must not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (raw[at : edit.start], edit.inserted)
        at = edit.end
    return "".join((*parts, raw[at:]))


def undo_edits(clean: str, edits: Iterable[Edit]) -> str:
    """Return the raw text that `edits` turned into `clean`."""
    parts: list[str] = []
    at = shift = 0
    for edit in edits:
        start = edit.start + shift
        parts += (clean[at:start], edit.removed)
        at = start + len(edit.inserted)
        shift += len(edit.inserted) - len(edit.removed)
    return "".join((*parts, clean[at:]))


def begin(raw: str) -> Cleaned:
    """Start cleaning `raw`, with nothing changed yet."""
    return Cleaned(raw=raw, text=raw)


def edited(draft: Cleaned, changes: Sequence[Edit]) -> Cleaned:
    """Return the draft with further edits made, whose offsets count in `draft.text`.

    The result's edits count in the raw text again. Where a change overlaps an earlier edit the two
    become one, under the later rule and the lower confidence.
    """
    if not changes:
        return draft
    text = apply_edits(draft.text, changes)
    return Cleaned(raw=draft.raw, text=text, edits=tuple(_compose(draft, changes)))


def _compose(draft: Cleaned, changes: Sequence[Edit]) -> Iterator[Edit]:
    """Sweep the earlier edits and the changes from left to right, both as spans of the draft's text."""
    spans = sorted(
        [*_spans_in_draft(draft.edits), *(_Span(c.start, c.end, None, c) for c in changes)],
        key=lambda span: (span.start, span.end),
    )
    shift = 0  # draft offset minus raw offset at the sweep's position
    for group in _overlapping(spans):
        growth = sum(_growth(span.earlier) for span in group if span.earlier)
        yield _merged(draft, group, shift, shift + growth)
        shift += growth


class _Span(NamedTuple):
    """Where an earlier edit's result, or a change still to make, lies in the draft's text."""

    start: int
    end: int
    earlier: Edit | None
    change: Edit | None


def _spans_in_draft(edits: Iterable[Edit]) -> Iterator[_Span]:
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield _Span(start, start + len(edit.inserted), edit, None)
        shift += _growth(edit)


def _growth(edit: Edit) -> int:
    return len(edit.inserted) - len(edit.removed)


def _overlapping(spans: Iterable[_Span]) -> Iterator[list[_Span]]:
    """Group spans that overlap; touching is not overlapping."""
    group: list[_Span] = []
    reach = 0
    for span in spans:
        if group and span.start < reach:
            group.append(span)
        else:
            if group:
                yield group
            group = [span]
            reach = span.end
        reach = max(reach, span.end)
    if group:
        yield group


def _merged(draft: Cleaned, group: list[_Span], before: int, after: int) -> Edit:
    """Return the one raw edit that does what a group of overlapping spans does."""
    if len(group) == 1 and group[0].earlier:
        return group[0].earlier
    changes = [span.change for span in group if span.change]
    lo, hi = group[0].start, max(span.end for span in group)
    start, end = lo - before, hi - after
    moved = [replace(change, start=change.start - lo, end=change.end - lo) for change in changes]
    return Edit(
        start=start,
        end=end,
        removed=draft.raw[start:end],
        inserted=apply_edits(draft.text[lo:hi], moved),
        rule=changes[-1].rule,
        confidence=min(edit.confidence for span in group for edit in span[2:] if edit),
    )
