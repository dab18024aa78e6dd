"""What of a passage goes to an engine: sentences; nothing that no engine can make sense of."""

import pytest

from monitor.translation.passages import pieces_of


@pytest.mark.parametrize(
    ("passage", "language", "read"),
    [
        ("El faro sigue abierto.", "es", ["El faro sigue abierto."]),
        ("a" * 100_000, "es", [""]),
        ("El faro " + "a" * 100_000, "es", [""]),
        (
            f"{'El faro sigue abierto y ' * 20}{'a' * 250}",
            "es",
            [f"{'El faro sigue abierto y ' * 20}{'a' * 250}"],
        ),
        ("灯塔" * 200, "zh-Hans", ["灯塔" * 200]),
    ],
    ids=[
        "a sentence",
        "no word",
        "more no word than words",
        "more words than no word",
        "a script without spaces",
    ],
)
def test_what_is_longer_than_any_word_stays_as_it_is(passage, language, read):
    assert [piece.text for piece in pieces_of(passage, language, {})] == read
