"""Archives that explode, nest, escape or repeat themselves, files that are none, and words without end."""

import gzip
import io
import os
import sys
import tarfile
import zipfile

import pytest

from monitor.corpus.article_text import ArticleText
from monitor.corpus.key_terms import key_terms
from monitor.languages import Language
from monitor.limits import Limits
from monitor.readers.unpack import unpack, unpack_bytes
from monitor.walk import find_files

TEXT = b"The harbour town voted on Sunday to keep its old lighthouse open, the mayor said."
LIMITS = Limits(input_bytes=1 << 20, ratio=100, ratio_floor=1000, depth=3)


def tar_of(*members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            info.size = len(TEXT) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(TEXT if info.size else b""))
    return out.getvalue()


def zip_of(name, data, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def found_in(data, name):
    return [
        (found.input.uri, found.error.reason if found.error else None)
        for found in unpack_bytes(data, "mem:x", name, limits=LIMITS)
    ]


def test_what_unpacks_to_more_than_a_hundred_times_its_size_is_refused():
    bomb = bytes(500_000)
    assert found_in(gzip.compress(bomb), "x.txt.gz") == [("mem:x", "too large")]
    assert found_in(zip_of("a.txt", bomb), "x.zip") == [("mem:x!/a.txt", "too large"), ("mem:x", None)]
    fair = b" ".join(b"%d" % number for number in range(50_000))
    assert found_in(gzip.compress(fair), "x.txt.gz") == [("mem:x", None)]


def test_archives_in_archives_end_at_a_depth():
    data = zip_of("a.txt", TEXT, zipfile.ZIP_STORED)
    for _ in range(3):
        data = zip_of("in.zip", data, zipfile.ZIP_STORED)
    assert ("mem:x!/in.zip!/in.zip!/in.zip", "nested too deep") in found_in(data, "x.zip")


def test_links_and_devices_in_an_archive_are_refused_and_files_beside_them_read():
    data = tar_of(("link", tarfile.SYMTYPE), ("dev", tarfile.CHRTYPE), ("a.txt", tarfile.REGTYPE))
    assert found_in(data, "x.tar") == [
        ("mem:x!/link", "not a regular file"),
        ("mem:x!/dev", "not a regular file"),
        ("mem:x!/a.txt", None),
        ("mem:x", None),
    ]


def test_a_member_whose_name_is_no_text_has_one_that_can_be_kept():
    names = [uri for uri, _ in found_in(tar_of(("\udcff.txt", tarfile.REGTYPE)), "x.tar")]
    assert names == ["mem:x!/\\udcff.txt", "mem:x"]


def test_two_members_of_one_name_are_two_inputs():
    data = tar_of(("a.txt", tarfile.REGTYPE), ("a.txt", tarfile.REGTYPE))
    assert [uri for uri, _ in found_in(data, "x.tar")] == ["mem:x!/a.txt", "mem:x!/a.txt~2", "mem:x"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
def test_a_fifo_is_named_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "fifo.txt")
    assert [file.problem for file in find_files([tmp_path])] == ["not a regular file"]


def test_a_file_that_vanishes_before_it_is_read_has_a_reason(tmp_path):
    (found,) = unpack(tmp_path / "gone.txt", "file:gone")
    assert (found.error.reason, found.error.detail) == ("unreadable", "No such file or directory")


def test_a_word_without_end_does_not_end_the_engine_of_key_terms(capfd):
    text = (
        "The harbour town keeps its old lighthouse open, said the harbour master. "
        + "%s%n%x{0}{__class__}" * 2000
    )
    terms = key_terms(ArticleText(article_id="a", text=text, language=Language("en")))
    assert any("harbour" in term.term.lower() for term in terms)
    assert "panicked" not in capfd.readouterr().err
