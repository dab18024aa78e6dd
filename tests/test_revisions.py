from monitor.corpus.revisions import Change, differences, reverts_to

BEFORE = [
    "The mayor opened the bridge on Friday.",
    "It cost 12 million euros.",
    "Two hundred people came to see it.",
]


def test_a_sentence_that_was_edited_shows_both_versions():
    after = [BEFORE[0], "It cost 14 million euros.", BEFORE[2]]
    assert differences(BEFORE, after) == [
        Change(kind="changed", before="It cost 12 million euros.", after="It cost 14 million euros.")
    ]


def test_added_and_removed_sentences_stand_in_reading_order():
    after = ["A ferry used to cross here.", BEFORE[0], BEFORE[2]]
    assert differences(BEFORE, after) == [
        Change(kind="added", after="A ferry used to cross here."),
        Change(kind="removed", before="It cost 12 million euros."),
    ]


def test_an_unlike_sentence_in_the_same_place_is_another_sentence():
    after = [BEFORE[0], "Critics call the whole thing a waste.", BEFORE[2]]
    assert [change.kind for change in differences(BEFORE, after)] == ["removed", "added"]


def test_a_rewritten_passage_pairs_each_sentence_with_its_new_version():
    after = ["Its price was 12 million euros.", "Then rain fell.", "Three hundred people came to see it."]
    assert [change.kind for change in differences(BEFORE[1:], after)] == ["changed", "added", "changed"]


def test_equal_versions_differ_in_nothing():
    assert differences(BEFORE, list(BEFORE)) == []


def test_a_text_that_comes_back_is_recognised_as_the_earlier_revision():
    assert reverts_to(["a", "b", "a"]) == 1
    assert reverts_to(["a", "b", "c", "b"]) == 2
    assert reverts_to(["a", "b", "c"]) is None
    assert reverts_to(["a"]) is None
    assert reverts_to([]) is None
