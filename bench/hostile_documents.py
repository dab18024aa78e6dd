"""Make hostile inputs: files that try to hang, crash, bloat, steer or confuse whoever reads them."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

_PROSE = "The harbour town voted on Sunday to keep its old lighthouse open, the mayor said. "
_LONG = 1_000_000


def write_hostile(folder: Path) -> int:
    """Write every hostile file below a folder and return how many there are."""
    count = 0
    for group, make in GROUPS.items():
        for name, data in make():
            path = os.path.join(
                os.fsencode(folder / group), name if isinstance(name, bytes) else name.encode()
            )
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  # names need not be text
            with open(path, "wb") as file:  # noqa: PTH123  # same
                file.write(data)
            count += 1
    return count + _special_files(folder / "special")


Files = Iterator[tuple[str | bytes, bytes]]


def _text() -> Files:
    """Make plain text that is too long, too deep, too strange."""
    odd = {
        "one_letter": "a" * _LONG, "one_line": _PROSE * 12_000, "newlines": "\n" * _LONG, "spaces": " " * _LONG,
        "tabs": "\t" * 100_000, "nulls": "\0" * 100_000, "nulls_between": "\0".join(_PROSE * 100),
        "combining": "e" + "\u0301" * 100_000, "zalgo": "".join(c + "\u0336\u0322\u0353" for c in _PROSE * 50),
        "rtl_override": "\u202e" + _PROSE * 20, "isolates": "\u2066" * 10_000 + _PROSE,
        "zero_width": "\u200b".join(_PROSE * 100), "bom_inside": "\ufeff".join([_PROSE] * 100),
        "private_use": "\ue000" * 10_000, "noncharacters": "\ufffe\uffff" * 5_000 + _PROSE,
        "replacement": "\ufffd" * 10_000, "emoji": "👩‍👩‍👧‍👦" * 5_000, "flags": "🇦🇧" * 10_000, "digits": "1234567890" * 50_000,
        "dots": "." * 300_000, "brackets": "(" * 100_000 + ")" * 100_000, "quotes": '"' * 200_000,
        "hyphens": "-\n" * 100_000, "glued": "wordWord" * 30_000, "capitals": _PROSE.upper() * 200,
        "urls": "https://example.com/a?b=c " * 10_000, "line_separators": "\u2028".join([_PROSE] * 300),
        "form_feeds": "\f".join([_PROSE] * 300), "carriage": "\r".join([_PROSE] * 300), "escape": "\x1b[2J\x1b]0;owned\x07" + _PROSE * 20,
        "ansi_links": "\x1b]8;;http://x\x07click\x1b]8;;\x07 " * 100 + _PROSE, "bell": "\x07" * 1000 + _PROSE,
        "backspaces": "\x08" * 5000 + _PROSE * 5, "ads_only": "Advertisements\n" * 5_000, "repeats": (_PROSE + "\n") * 10_000,
        "markup_rich": "[bold red]" * 5000 + _PROSE, "format": "%s%n%x{0}{__class__}" * 2000 + _PROSE, "formula": "=cmd|' /C calc'!A0\n" + _PROSE * 3,
        "sql": "'; drop table articles; --\n" + _PROSE * 3, "han": "中" * 300_000, "thai": "กขค" * 100_000, "arabic_long": "ا" * 300_000,
        "devanagari": "क्" * 100_000, "hangul_jamo": "\u1100\u1161" * 100_000, "mixed_scripts": "aбγ中あ한กا" * 20_000,
        "hash_flood": "\n".join(f"{i} line of the flood" for i in range(30_000)), "regex_bait": "a" * 50_000 + "!" + "\n" + "x " * 50_000,
        "mojibake": "Ã¢â‚¬â„¢" * 20_000, "entities": "&amp;" * 50_000, "surrogate_escapes": "\\ud800" * 10_000,
    }  # fmt: skip
    for name, text in odd.items():
        yield f"{name}.txt", text.encode("utf-8", "surrogatepass")


def _bytes() -> Files:
    """Make bytes in wrong, mixed, broken or no encoding."""
    prose = _PROSE * 10
    foreign = "Правительство объявило о повышении пошлин в пятницу. Größere Änderungen. "
    for name in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-7",
        "cp037",
        "cp1251",
        "koi8_r",
        "shift_jis",
        "iso2022_jp",
        "hz",
    ):
        yield (
            f"{name}.txt",
            prose.encode(name, "replace")
            if name in ("cp037", "hz", "iso2022_jp", "utf-7")
            else (prose + foreign).encode(name, "replace"),
        )
    yield (
        "mixed.txt",
        (prose + foreign).encode() + foreign.encode("cp1251", "replace") + prose.encode("utf-16"),
    )
    yield "cut_utf8.txt", (foreign * 20).encode()[:-1]
    yield "overlong.txt", b"\xc0\xaf\xe0\x80\xaf" * 1000 + prose.encode()
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80" * 1000 + prose.encode()
    yield "five_bytes.txt", b"\xf8\x88\x80\x80\x80" * 1000 + prose.encode()
    yield "high.txt", bytes(range(128, 256)) * 200
    yield "all.txt", bytes(range(256)) * 200
    yield "ff.txt", b"\xff" * 100_000
    yield "bom_only.txt", b"\xef\xbb\xbf"
    yield "bom16_only.txt", b"\xff\xfe"
    yield "odd_utf16.txt", b"\xff\xfe" + prose.encode("utf-16-le") + b"a"
    yield "bom16_utf8.txt", b"\xff\xfe" + prose.encode()
    yield "empty.txt", b""
    yield "one_byte.txt", b"a"
    yield "null.txt", b"\0"
    yield "newline.txt", b"\n"


def _html() -> Files:
    """Make pages that are bombs for parsers."""
    body = f"<p>{_PROSE * 4}</p>" * 4
    deep = 20_000
    pages = {
        "divs": "<div>" * deep + body + "</div>" * deep, "unclosed": "<div>" * deep + body, "fonts": "<font><b>" * deep + body,
        "tables": "<table><tr><td>" * 3000 + body, "lists": "<ul><li>" * 5000 + body, "forms": "<form>" * 5000 + body,
        "blockquotes": "<blockquote>" * 5000 + body, "spans": f"<p>{'<span>' * 3000}{_PROSE}{'</span>' * 3000}</p>" + body,
        "attributes": "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x</p>" + body,
        "long_attribute": f'<p title="{"x" * _LONG}">x</p>' + body, "siblings": "<p>x</p>" * 100_000 + body,
        "links": "<a href=/x>x</a> " * 50_000 + body, "breaks": "x<br>" * 100_000 + body, "comments": "<!-- x -->" * 100_000 + body,
        "comment_open": body + "<!-- never closed " + body, "script_open": body + "<script>" + "var x = 1;" * 10_000, "style_open": body + "<style>" + "p{}" * 10_000,
        "title_open": "<title>" + body, "textarea_open": "<textarea>" + body, "cdata": "<![CDATA[" * 10_000 + body, "plaintext": "<plaintext>" + body,
        "noscript": "<noscript>" * 5000 + body, "iframes": '<iframe src="file:///etc/passwd">' * 1000 + body, "meta_refresh": '<meta http-equiv=refresh content="0;url=//x">' * 5000 + body,
        "metas": '<meta property="og:title" content="x">' * 50_000 + body, "bad_charset": '<meta charset="utf-99">' + body, "charset_flood": "<meta charset=koi8-r>" * 1000 + body,
        "entity_numbers": "&#0;&#x110000;&#xD800;&#99999999999;" * 5000 + body, "entity_text": "&lt;p&gt;" * 50_000 + body,
        "control": "".join(chr(c) for c in range(1, 32)) * 1000 + body, "null_tags": "<p\0>\0x</p\0>" * 5000 + body,
        "json_ld": '<script type="application/ld+json">' + "[" * 50_000 + "</script>" + body, "json_ld_huge": '<script type="application/ld+json">{"articleBody":"' + "x" * _LONG + '"}</script>' + body,
        "json_ld_types": '<script type="application/ld+json">{"@type":{"a":[]},"datePublished":{"x":1},"author":[[[]]],"headline":9}</script>' + body,
        "date_words": '<meta name="date" content="' + "9" * 5000 + '">' + body, "base_javascript": '<base href="javascript:alert(1)">' + body,
        "canonical_odd": '<link rel=canonical href="http://[::1">' + body, "title_control": "<title>\x1b[31mred\x07 \u202etxt.exe</title>" + body,
        "huge_text_node": "<p>" + "word " * 2_500_000 + "</p>", "svg": "<svg><foreignObject>" * 5000 + body, "math": "<math><mi>" * 5000 + body,
        "xml_declaration": '<?xml version="1.0" encoding="utf-16"?>' + body, "frames": "<frameset><frame>" * 2000 + body, "empty_body": "<body></body>", "only_nav": "<nav><a href=/>Home</a></nav>",
        "select": "<select><option>" * 20_000 + body, "bad_nesting": "<p><table><p><b><i></p></b></table>" * 5000 + body, "lt": "<" * 200_000 + body, "amp": "&" * 200_000 + body, "quotes_open": '<p class="' + body * 50,
    }  # fmt: skip
    for name, page in pages.items():
        yield (
            f"{name}.html",
            f"<html><head></head><body>{page}</body></html>".encode("utf-8", "surrogatepass"),
        )
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    bomb += "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "&a;" * 10}">' for i in range(12))
    yield "entity_bomb.html", (bomb + "]><html><body><p>&a11;</p>" + body + "</body></html>").encode()
    external = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p>'
    yield "entity_file.html", (external + body).encode()


def _json() -> Files:
    """Make JSON that is broken, deep, huge or of another kind than it says."""
    values = {
        "deep_lists": "[" * 100_000 + "]" * 100_000, "deep_objects": '{"a":' * 50_000 + "1" + "}" * 50_000, "cut": '{"text": "' + _PROSE,
        "number": "123", "string": '"text"', "null": "null", "list_of_numbers": "[1, 2, 3]", "empty_list": "[]", "empty_object": "{}",
        "text_number": '{"text": 12}', "text_list": '{"text": ["a", "b"]}', "text_null": '{"text": null}', "nan": '{"text": NaN}', "big_number": '{"text": "' + _PROSE + '", "date": 1e999}',
        "date_odd": json.dumps({"text": _PROSE, "date": [1, {"a": 2}]}), "date_far": json.dumps({"text": _PROSE, "date": 10**30}), "date_past": json.dumps({"text": _PROSE, "date": "-9999-99-99T99:99:99+99:99"}),
        "surrogate": '{"text": "' + _PROSE + '\\ud800 \\udfff"}', "nulls": '{"text": "' + _PROSE + '\\u0000"}', "duplicate_keys": '{"text": "a", "text": "' + _PROSE + '"}',
        "title_list": json.dumps({"text": _PROSE, "title": ["a"], "url": {"b": 1}, "author": [[1], None, {"name": 3}]}),
        "url_script": json.dumps({"text": _PROSE, "url": "javascript:alert(1)", "title": "\x1b[2J"}), "trailing": '{"text": "x"} garbage', "comments": '{"text": "x" /* y */}', "single": "{'text': 'x'}", "keys": "{" + ",".join(f'"k{i}":1' for i in range(50_000)) + "}",
    }  # fmt: skip
    for name, text in values.items():
        yield f"{name}.json", text.encode("utf-8", "surrogatepass")
    good = json.dumps({"text": _PROSE * 3})
    yield (
        "mixed.jsonl",
        "\n".join(
            [good, "{", "", "[]", "null", good.replace("Sunday", "Monday"), "\0", '{"text":""}']
        ).encode(),
    )
    yield "long_line.jsonl", (json.dumps({"text": _PROSE * 10_000}) + "\n" + good).encode()
    yield "broken_bytes.jsonl", good.encode() + b"\n\xff\xfe\xfd\n" + good.replace("town", "city").encode()
    yield "html_records.json", json.dumps([{"html": "<p>" * 5000 + _PROSE}, {"html": "x"}]).encode()


def _archives() -> Files:
    """Make archives that escape, explode, nest, lie or hold no files."""
    zeros = bytes(50_000_000)
    yield "bomb.txt.gz", gzip.compress(zeros)
    yield (
        "nested.gz",
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(_PROSE.encode()))))),
    )
    yield "cut.gz", gzip.compress(_PROSE.encode() * 100)[:60]
    yield "trailing.gz", gzip.compress(_PROSE.encode() * 9) + b"garbage"
    yield "empty.gz", gzip.compress(b"")
    yield "fake.gz", b"\x1f\x8bnot really"
    yield "bz2.txt", bz2.compress(_PROSE.encode())
    yield "bomb.zip", _zip({"zeros.txt": zeros})
    yield (
        "names.zip",
        _zip(
            {
                "../../up.txt": _PROSE.encode(),
                "/abs.txt": b"x " * 40,
                "a\nb.txt": _PROSE.encode() * 2,
                "C:\\x.txt": _PROSE.encode() * 3,
                "\x1b[2J.txt": _PROSE.encode() * 4,
            }
        ),
    )
    yield "same_names.zip", _zip_twice()
    inner = _zip({"a.txt": _PROSE.encode()})
    for _ in range(6):
        inner = _zip({"inner.zip": inner})
    yield "matryoshka.zip", inner
    yield "many.zip", _zip({f"{i}.txt": b"" for i in range(3000)})
    yield "empty.zip", _zip({})
    yield "cut.zip", _zip({"a.txt": _PROSE.encode() * 100})[:-30]
    yield "lying.zip", _zip({"a.txt": _PROSE.encode() * 100}).replace(b"PK\x01\x02", b"PK\x01\x03")
    yield (
        "wrong_crc.zip",
        _zip({"a.txt": _PROSE.encode()}).replace(_PROSE.encode()[:20], b"The harbour city vot", 1),
    )
    yield (
        "links.tar",
        _tar(
            ("link", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
            ("dev", tarfile.CHRTYPE),
            ("fifo", tarfile.FIFOTYPE),
            ("../../up.txt", tarfile.REGTYPE),
        ),
    )
    yield "links.tar.gz", gzip.compress(_tar(("link", tarfile.SYMTYPE), ("ok.txt", tarfile.REGTYPE)))
    yield "cut.tar", _tar(("a.txt", tarfile.REGTYPE), ("b.txt", tarfile.REGTYPE))[:700]
    yield "names.tar", _tar(("\udcff\udcfe.txt", tarfile.REGTYPE), ("\x1b[2J\u202e.txt", tarfile.REGTYPE))
    yield "lying.tar", _tar(("a.txt", tarfile.REGTYPE)).replace(b"00000000122", b"77777777777", 1)


def _lists() -> Files:
    """Make crawls, feeds and tables that lie about what is in them."""
    page = f"<html><body><p>{_PROSE * 3}</p></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    crawl = _record(http, len(http))
    yield "cut.warc", crawl[:-200]
    yield "lying_long.warc", _record(http, 10**12) + crawl
    yield "lying_short.warc", _record(http, 60) + crawl
    yield "negative.warc", _record(http, -5) + crawl
    yield "no_end_of_header.warc", b"WARC/1.0\r\nWARC-Type: " + b"a" * 5_000_000
    yield "many_headers.warc", b"WARC/1.0\r\n" + b"a: b\r\n" * 200_000 + b"\r\n"
    yield "steering.warc", _record(http, len(http), url="https://x.example/\x1b[2J\u202e")
    yield "rubbish.warc", b"WARC/1.0\r\n\r\n" + bytes(range(256)) * 500
    yield "bomb.warc.gz", gzip.compress(crawl + bytes(50_000_000))
    chunks = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n{page}"
    yield "chunks.warc", _record(chunks, len(chunks)) + crawl
    packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(100_000_000))
    yield "packed_bomb.warc", _record(packed.decode("latin-1"), len(packed)) + crawl
    item = f"<item><title>t</title><description>{_PROSE}</description></item>"
    yield (
        "entities.rss",
        (_ENTITIES + "<rss><channel><title>&a9;</title>" + item + "</channel></rss>").encode(),
    )
    yield "deep.rss", b"<rss><channel>" + b"<item>" * 2_000 + item.encode()
    yield "open.rss", ("<rss><channel>" + item * 50 + "<item><title>never closed").encode()
    yield "many.rss", ("<rss><channel>" + item * 3000 + "</channel></rss>").encode()
    yield (
        "script.atom",
        f"<feed><entry><content type='html'><![CDATA[<script>{_PROSE}</script>]]></content></entry></feed>".encode(),
    )
    yield (
        "lying_utf16.rss",
        ('<?xml version="1.0" encoding="utf-16"?><rss><channel>' + item + "</channel></rss>").encode(),
    )
    yield "open_quote.csv", ('title,text\nA,"' + (_PROSE + "\n") * 5000).encode()
    yield "many_columns.csv", b"," * 200_000 + b"text\n" + b"x," * 200_000 + _PROSE.encode()
    yield "nulls.csv", ("title,text\nA\0B," + _PROSE + "\n").encode()
    yield "one_column.csv", ("text\n" + _PROSE.replace(",", "") + "\n").encode() * 50
    yield "no_rows.csv", b"title,text\n"
    yield "binary.csv", b"title,text\n" + bytes(range(256)) * 100
    yield "formula.csv", ("title,text\n=1+1,=cmd|' /C calc'!A0 " + _PROSE.replace(",", "") + "\n").encode()
    yield "cut.bz2", bz2.compress(_PROSE.encode() * 500)[:-20]
    yield "bomb.xz", lzma.compress(bytes(80_000_000))


_ENTITIES = (
    "<!DOCTYPE rss [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def _record(content: str, length: int, url: str = "https://x.example/1") -> bytes:
    """Return a record of a crawl that says it is so long."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + content.encode("latin-1") + b"\r\n\r\n"


def _names() -> Files:
    """Make file names that steer terminals, break lines or are no text."""
    for number, name in enumerate(
        (
            b"new\nline.txt",
            b"\x1b[31mred.txt",
            b"\xff\xfe\xfd.txt",
            b"-rf.txt",
            b"a" * 240 + b".txt",
            "\u202etxt.exe.txt".encode(),
            b"%s%n.txt",
            b"'; drop.txt",
            b" .txt",
            b"..txt",
            b"#1.txt",
            b"a!!b!.txt",
            b"q?x=1.txt",
            b"[bold].txt",
            b"text.html",
            b"page.txt",
            b"data.json",
            b"x.tar.gz",
            b"NUL.txt",
            b"caf\xe9.txt",
        )
    ):
        yield name, (_PROSE * 3).replace("Sunday", f"day {number}").encode()


GROUPS: dict[str, Callable[[], Files]] = {
    "text": _text, "bytes": _bytes, "html": _html, "json": _json, "archives": _archives, "lists": _lists, "names": _names,
}  # fmt: skip


def _special_files(folder: Path) -> int:
    """Make what is no regular file: a FIFO, links that lead nowhere, in circles, to a device."""
    folder.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / "fifo.txt")
    (folder / "nowhere.txt").symlink_to("missing")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "up").symlink_to("..")
    return 4


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(
                zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if len(data) > _LONG else zipfile.ZIP_STORED
            )
    return out.getvalue()


def _zip_twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", _PROSE)
        archive.fp.seek(0, io.SEEK_END)  # type: ignore[union-attr]
        archive.NameToInfo.clear()
        archive.writestr("a.txt", _PROSE * 2)
    return out.getvalue()


def _tar(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            data = _PROSE.encode() if kind == tarfile.REGTYPE else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()
