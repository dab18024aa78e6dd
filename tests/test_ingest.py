"""Files become articles, once each, and every input is accounted for."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.warehouse.query import ask

STORY = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "More than nine thousand people took part, the mayor said, twice as many as four years ago.\n"
    "The lighthouse will be painted again before the summer, and schools may visit it for nothing.\n"
)
OTHER = (
    "Engineers in the valley finished the longest footbridge of the region on Tuesday.\n"
    "It took them three years and cost far less than the council had feared, the builder said.\n"
    "Walkers can cross it from the first of May, weather permitting, the owner of the inn told us.\n"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    (tmp_path / "in").mkdir()
    return tmp_path


def run(*paths, **options):
    plan = make_plan(read_settings(), **options)
    return ingest(paths or ("in",), plan)


def rows(sql):
    return ask(Path("warehouse/monitor.duckdb"), sql).rows


def test_a_text_file_becomes_an_article_with_its_language(place):
    (place / "in" / "one.txt").write_text(STORY)
    tally = run()
    assert (tally.seen, tally.new, tally.rejected) == (1, 1, 0)
    assert rows("select text, language, revision from articles") == [
        (STORY.rstrip("\n") + "\n", "en", 1)
    ] or rows("select rtrim(text, e'\\n'), language, revision from articles") == [
        (STORY.rstrip("\n"), "en", 1)
    ]


def test_the_same_folder_again_changes_nothing(place):
    (place / "in" / "one.txt").write_text(STORY)
    run()
    before = (place / "warehouse" / "monitor.duckdb").stat()
    tally = run()
    assert (tally.seen, tally.unchanged, tally.new) == (1, 1, 0)
    assert (place / "warehouse" / "monitor.duckdb").stat().st_mtime_ns == before.st_mtime_ns


def test_an_edited_file_becomes_a_new_revision(place):
    path = place / "in" / "one.txt"
    path.write_text(STORY)
    run()
    path.write_text(STORY.replace("nine thousand", "ten thousand"))
    os.utime(path, ns=(1, 1))
    tally = run()
    assert (tally.changed, tally.new) == (1, 0)
    assert rows("select count(*), max(revision) from articles") == [(1, 2)]
    assert rows("select revision from article_revisions order by 1") == [(1,), (2,)]


def test_a_moved_file_keeps_its_article(place):
    path = place / "in" / "one.txt"
    path.write_text(STORY)
    run()
    path.rename(place / "in" / "renamed.txt")
    tally = run()
    assert (tally.moved, tally.new) == (1, 0)
    assert rows("select count(*) from articles") == [(1,)]
    assert [uri.rpartition("/")[2] for (uri,) in rows("select uri from inputs")] == ["renamed.txt"]


def test_a_copy_of_a_file_is_a_duplicate(place):
    for name in ("one.txt", "two.txt"):
        (place / "in" / name).write_text(STORY)
    tally = run()
    assert (tally.new, tally.duplicates) == (1, 1)
    assert rows("select count(*) from articles") == [(1,)]


def test_archives_are_streamed_and_each_member_is_an_input(place):
    with zipfile.ZipFile(place / "in" / "a.zip", "w") as archive:
        archive.writestr("x/one.txt", STORY)
        archive.writestr("../two.txt", OTHER)
    with tarfile.open(place / "in" / "b.tar.gz", "w:gz") as archive:
        data = STORY.replace("lighthouse", "windmill").encode()
        member = tarfile.TarInfo("three.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    (place / "in" / "c.txt.gz").write_bytes(gzip.compress(OTHER.replace("valley", "plain").encode()))
    tally = run()
    assert (tally.seen, tally.new) == (4, 4)
    assert run().unchanged == 3  # three files; their members are not opened again
    assert not (place / "two.txt").exists()


def test_json_lines_with_a_broken_line_lose_that_line_alone(place):
    records = [
        {"url": "https://a.example/1", "title": "Lighthouse stays", "text": STORY, "date": "2025-02-12"}
    ]
    lines = [
        json.dumps(records[0]),
        '{"text": "cut off',
        json.dumps({"body": OTHER, "source": "Valley News"}),
    ]
    (place / "in" / "feed.jsonl").write_text("\n".join(lines))
    tally = run()
    assert (tally.seen, tally.new, tally.rejected) == (3, 2, 1)
    assert rows("select title, url, published_at::date::varchar from articles where url is not null") == [
        ("Lighthouse stays", "https://a.example/1", "2025-02-12")
    ]
    assert rows("select stage, reason from rejects") == [("read", "broken JSON")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported media type"),
        ("noise.txt", bytes(range(256)) * 40, "unsupported media type"),
        ("letter.txt", b"{\\rtf1 The harbour town voted on Sunday.}", "unsupported media type"),
        ("broken.json", b'{"text": ', "broken JSON"),
        ("fields.json", b'{"headline": "x"}', "no text field"),
        ("cut.zip", b"PK\x03\x04" + b"x" * 50, "damaged archive"),
    ],
)
def test_what_is_no_article_is_a_reject_with_a_reason_and_stops_no_other(place, name, data, reason):
    (place / "in" / name).write_bytes(data)
    (place / "in" / "z.txt").write_text(STORY)
    tally = run()
    assert (tally.new, tally.rejected) == (1, 1)
    assert rows("select reason from rejects") == [(reason,)]


def test_a_file_that_is_mended_leaves_the_rejects(place):
    path = place / "in" / "one.txt"
    path.write_bytes(b"")
    run()
    path.write_text(STORY)
    assert run().new == 1
    assert rows("select count(*) from rejects") == [(0,)]


def test_legacy_encodings_are_read(place):
    chinese = "中国政府周五宣布将提高关税，阿里巴巴与苹果公司合作开发人工智能。\n市场分析人士认为这将影响许多企业。\n"
    (place / "in" / "zh.txt").write_bytes(chinese.encode("gb18030"))
    french = (
        "Le gouvernement a décidé vendredi d'élever les droits de douane.\nLes élèves étaient déjà rentrés.\n"
    )
    (place / "in" / "fr.txt").write_bytes(french.encode("latin-1"))
    run()
    assert rows("select language from articles order by 1") == [("fr",), ("zh-Hans",)]
    assert rows("select count(*) from articles where text like '%décidé%' or text like '%阿里巴巴%'") == [
        (2,)
    ]


def test_a_sidecar_gives_metadata(place):
    (place / "in" / "one.txt").write_text(STORY)
    sidecar = {"title": "Lighthouse stays", "source": "Vellmar Post", "date": "2025-03-01T08:00:00+01:00"}
    (place / "in" / "one.txt.meta.json").write_text(json.dumps(sidecar))
    assert run().seen == 1
    assert rows("select title, source_id, published_at_precision from articles") == [
        ("Lighthouse stays", "vellmar post", "second")
    ]


def test_a_sidecar_without_its_file_is_an_input_like_any_other(place):
    (place / "in" / "gone.txt.meta.json").write_text(json.dumps({"title": "Lighthouse stays", "text": STORY}))
    (place / "in" / "more.txt.meta.json").write_text(json.dumps({"title": "Lighthouse stays"}))
    tally = run()
    assert (tally.seen, tally.new, tally.rejected) == (2, 1, 1)
    assert rows("select title from articles") == [("Lighthouse stays",)]
    assert rows("select reason from rejects") == [("no text field",)]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "xml"])
def test_a_record_that_stands_further_down_in_its_list_is_the_same_article(place, form):
    path = place / "in" / f"list.{form}"
    path.write_text(listed(form, STORY, OTHER))
    assert run().new == 2
    third = STORY.replace("lighthouse", "windmill")
    path.write_text(listed(form, third, STORY, OTHER))
    os.utime(path, ns=(1, 1))
    tally = run()
    assert (tally.new, tally.changed, tally.seen) == (1, 0, 3)
    texts = rows("select trim(replace(text, chr(10), ' ')) from articles")
    assert sorted(text for (text,) in texts) == sorted(
        " ".join(text.split()) for text in (STORY, OTHER, third)
    )
    assert rows("select max(revision) from articles") == [(1,)]
    assert run("in", again=True).unchanged == 3


def listed(form, *texts):
    texts = [" ".join(text.split()) for text in texts]
    if form == "csv":
        return "\n".join(["text", *(f'"{text}"' for text in texts)])
    if form == "xml":
        items = "".join(f"<item><description>{text}</description></item>" for text in texts)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    records = [json.dumps({"text": text}) for text in texts]
    return "\n".join(records) if form == "jsonl" else f"[{', '.join(records)}]"
