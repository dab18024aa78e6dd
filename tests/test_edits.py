"""Cleaning can be undone: the raw text is always the clean text with its edits undone."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.cleaning.edits import apply_edits, begin, edited, undo_edits
from monitor.models import Edit

texts = st.text(max_size=40)


@st.composite
def changes(draw, text):
    """Any list of edits that are in order and do not overlap."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return [
        Edit(start=a, end=b, removed=text[a:b], inserted=draw(st.text(max_size=4)), rule=str(n))
        for n, (a, b) in enumerate(spans)
    ]


@given(st.data(), texts)
def test_any_number_of_rounds_of_edits_can_be_undone(data, raw):
    draft = begin(raw)
    for _ in range(4):
        draft = edited(draft, data.draw(changes(draft.text)))
        assert apply_edits(raw, draft.edits) == draft.text
        assert undo_edits(draft.text, draft.edits) == raw
        assert all(raw[e.start : e.end] == e.removed for e in draft.edits)


def test_a_change_that_removes_an_earlier_edit_takes_its_place():
    draft = edited(
        begin("one\u200b two"), [Edit(start=3, end=4, removed="\u200b", inserted="", rule="invisible")]
    )
    draft = edited(draft, [Edit(start=0, end=4, removed="one ", inserted="", rule="boilerplate")])
    assert draft.edits == (Edit(start=0, end=5, removed="one\u200b ", inserted="", rule="boilerplate"),)
