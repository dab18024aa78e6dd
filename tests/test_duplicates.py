import random
from datetime import UTC, datetime, timedelta

import pytest

from monitor.corpus.copies import Copy, compare
from monitor.corpus.duplicates import Appearance, Link, group_copies
from monitor.corpus.fingerprints import MOST_CHARACTERS, fingerprint

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WIRE = (
    "A cargo ship carrying timber lost forty containers in heavy seas off the Lofoten islands on Tuesday, "
    "the Norwegian coast guard said.\n"
    "The vessel, the Nordvik Star, was sailing from Murmansk to Rotterdam when it met waves of nine metres. "
    "None of the fourteen sailors was hurt.\n"
    "Captain Ivar Solheim told the broadcaster that the lashings had been inspected in Tromsø two days "
    "earlier. A helicopter photographed containers drifting towards the fishing grounds near Svolvær.\n"
    "Fishermen were warned to keep away from the area until Thursday. The insurer Skuld estimated the damage "
    "at three million kroner, and environment officials asked walkers to report stranded planks."
)
RIVAL = (
    "Dozens of containers are adrift near Lofoten after a timber freighter ran into a storm overnight.\n"
    "All fourteen crew of the Nordvik Star are safe, according to rescuers in Bodø, who sent a helicopter "
    "and two lifeboats. The ship reached Narvik under its own power.\n"
    "Environmental groups demanded stricter rules for deck cargo. The accident is the third of its kind on "
    "this coast since autumn, and the harbour authority promised an inquiry into how the load was secured."
)
CHINESE = (
    "挪威海岸警卫队表示，一艘运载木材的货船周二在罗弗敦群岛附近的大浪中丢失了四十个集装箱。"
    "这艘船从摩尔曼斯克驶往鹿特丹，途中遇到九米高的海浪，十四名船员无人受伤。"
    "船长告诉广播公司，两天前在特罗姆瑟检查过绑扎设备。直升机拍摄到集装箱漂向渔场。"
)


def verdict(first, second, **options):
    return compare(fingerprint(first), fingerprint(second), **options)


def copied(text):
    found = verdict(WIRE, text)
    assert found is not None
    return found


def test_typography_case_and_line_breaks_leave_an_exact_copy_exact():
    for other in (WIRE.upper(), WIRE.replace("\n", "  "), WIRE.replace("'", "’")):
        assert copied(other) == Copy(method="exact", similarity=1.0, share_of_first=1.0, share_of_second=1.0)


def test_a_new_headline_a_cut_and_added_paragraphs_are_near_copies():
    lines = WIRE.split("\n")
    more = (
        "Shares of the operator fell in Oslo. Analysts at two banks expect higher premiums this winter. " * 3
    )
    for other in ("Forty boxes overboard\n" + WIRE, "\n".join(lines[:2]), "\n".join(lines[2:]), more + WIRE):
        assert copied(other).method == "near"


def test_a_cut_copy_stands_wholly_in_the_original_and_the_original_only_partly_in_it():
    half = "\n".join(WIRE.split("\n")[:2])
    found = copied(half)
    assert found.share_of_second == 1.0
    assert 0.3 < found.share_of_first < 0.7


def test_light_edits_leave_a_copy():
    other = WIRE.replace("forty", "some 40").replace("Tuesday", "Tuesday night").replace("hurt", "injured")
    assert copied(other).method == "near"
    assert copied(other).similarity > 0.8


def test_sentences_in_another_order_are_still_a_copy():
    lines = WIRE.split("\n")
    assert copied("\n".join(reversed(lines))).method == "near"


def test_every_third_word_replaced_in_place_is_a_reworded_copy():
    words = WIRE.split()
    words[::4] = [f"other{number}" for number in range(len(words[::4]))]
    assert copied(" ".join(words)).method == "reworded"


def test_two_reports_of_one_event_are_no_copies():
    assert verdict(WIRE, RIVAL) is None
    assert verdict(WIRE, RIVAL, translated=True) is None


def test_a_quotation_in_common_makes_no_copy():
    quote = "The lashings had been inspected in Tromsø two days earlier, said Captain Ivar Solheim. "
    assert verdict(WIRE, quote + RIVAL) is None


def test_a_disclaimer_in_common_makes_no_copy_of_a_short_text():
    notice = (
        "Any view given here belongs to its author alone. Nothing on these pages has been verified by Harbour Post, "
        "which grants no warranty as to truth, completeness or timeliness; readers should regard it as orientation "
        "and consult primary sources before drawing conclusions. Queries go to the archive desk in Bergen."
    )
    stub = (
        "The ferry to Stord was cancelled on Friday because ice blocked its harbour. Passengers waited for "
        "buses until midnight, and the shipping line promised refunds. A second sailing, planned for Saturday "
        "morning, depends on whether tugs can clear the channel."
    )
    other = f"{RIVAL}\n{notice}"
    ours, theirs = fingerprint(f"{stub}\n{notice}"), fingerprint(other)
    shared = len(set(ours.shingles.tolist()) & set(theirs.shingles.tolist())) / len(ours.shingles)
    assert 0.45 < shared < 0.7
    assert compare(ours, theirs) is None


def test_short_texts_are_no_evidence_of_copying():
    assert verdict("Ferry aground off Bornholm", "Ferry aground off Bornholm") is None


def test_cut_copies_are_found_in_a_script_without_spaces():
    found = verdict(CHINESE, CHINESE[:70])
    assert found is not None
    assert found.method == "near"
    assert verdict(CHINESE, CHINESE[::-1]) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_part_of_a_text_shares_marks_with_the_whole(seed):
    words = WIRE.split()
    start = random.Random(seed).randrange(len(words) // 2)
    whole, part = fingerprint(WIRE), fingerprint(" ".join(words[start : start + 40]))
    assert len(set(whole.marks.tolist()) & set(part.marks.tolist())) >= 3


def appearances(*minutes):
    return {
        article_id: Appearance(
            article_id=article_id,
            published_at=None if minute is None else NOON + timedelta(minutes=minute),
            dated_at=NOON + (timedelta(days=1) if minute is None else timedelta(minutes=minute)),
        )
        for article_id, minute in zip("abcdefgh", minutes, strict=False)
    }


def link(first, second, shares=(1.0, 1.0)):
    copy = Copy(method="near", similarity=min(shares), share_of_first=shares[0], share_of_second=shares[1])
    return Link(first_id=first, second_id=second, copy=copy)


def groups(links, known):
    return {duplicate.article_id: duplicate.original_id for duplicate in group_copies(links, known)}


def test_the_earliest_is_the_likely_original_and_the_lag_counts_from_it():
    known = appearances(30, 0, 90)
    found = {d.article_id: d for d in group_copies([link("a", "b"), link("a", "c"), link("b", "c")], known)}
    assert {key: (d.original_id, d.lag_minutes, d.evidence) for key, d in found.items()} == {
        "a": ("b", 30.0, "published first"),
        "b": ("b", 0.0, "published first"),
        "c": ("b", 90.0, "published first"),
    }


def test_without_dates_the_first_seen_counts_and_there_is_no_lag():
    found = group_copies([link("a", "b")], appearances(None, None))
    assert [(d.article_id, d.original_id, d.lag_minutes, d.evidence) for d in found] == [
        ("a", "a", 0.0, "seen first"),
        ("b", "a", None, "seen first"),
    ]


def test_a_digest_of_two_articles_does_not_make_them_one_group():
    known = appearances(0, 5, 60)
    links = [link("a", "c", (1.0, 0.5)), link("b", "c", (1.0, 0.4))]
    assert groups(links, known) == {"a": "a", "c": "a"}


def test_excerpts_of_one_text_dated_alike_go_together():
    links = [link("a", "c", (1.0, 0.3)), link("b", "c", (1.0, 0.4))]
    assert groups(links, appearances(0, 0, 0)) == {"a": "a", "b": "a", "c": "a"}


def test_a_copy_of_a_copy_belongs_to_the_first():
    assert groups([link("a", "b"), link("b", "c")], appearances(0, 1, 2)) == {"a": "a", "b": "a", "c": "a"}


def test_the_order_of_the_links_and_their_direction_do_not_matter():
    known = appearances(0, 1, 2, 3)
    links = [link("a", "b"), link("b", "c", (0.6, 1.0)), link("a", "c"), link("a", "d", (0.5, 0.7))]
    turned = [link("d", "a", (0.7, 0.5)), link("c", "a"), link("c", "b", (1.0, 0.6)), link("b", "a")]
    assert group_copies(links, known) == group_copies(turned, known)
    assert group_copies(links, known) == group_copies(links[::-1], known)


def test_of_a_book_only_the_beginning_is_compared_but_all_of_it_makes_an_exact_copy():
    names = [
        f"{first}{last}"
        for first in ("ar", "bel", "cor", "dun", "el")
        for last in ("mouth", "wick", "by", "ness")
    ]
    dice = random.Random(2)
    book = " ".join(dice.choices(names, k=60_000))
    whole, longer = fingerprint(book), fingerprint(book + " and an afterword")
    assert len(whole.words) <= MOST_CHARACTERS / 4
    assert (longer.words == whole.words).all()
    assert compare(whole, fingerprint(book)).method == "exact"
    assert compare(whole, longer).method == "near"
