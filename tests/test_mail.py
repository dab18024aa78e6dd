"""Newsletters in files, and pages that a browser saved as one file, are read as their readers see them."""

import base64
import quopri
from datetime import UTC, datetime

import pytest

from monitor.errors import DocumentError
from monitor.readers.unpack import unpack_bytes

FERRY = "Die Nachtfähre nach Osmund fährt ab Freitag wieder, sagte das Hafenamt auf seiner Tafel am Kai gestern Abend."
MILL = "Die alte Papiermühle in Tarn wird eine Musikschule, beschloss der Rat mit einer Stimme Mehrheit."
TEXT = f"{FERRY}\n\n{MILL}\n"
PAGE = f"<html><head><title>Fähre</title></head><body><p>{FERRY}</p><p>{MILL}</p></body></html>"
HEADERS = """From: "Osmund Post" <desk@osmund.example>
To: reader@home.example
Subject: =?utf-8?q?F=C3=A4hre?= und
 Mühle
Date: Tue, 03 Mar 2026 08:15:00 +0100
MIME-Version: 1.0
"""


def read(message, name="letter.txt"):
    (found,) = unpack_bytes(message if isinstance(message, bytes) else message.encode(), "mem:x", name)
    if found.error:
        raise found.error
    return found.read()


def part(kind, text, how="quoted-printable", charset="utf-8"):
    data = text.encode(charset)
    packed = base64.encodebytes(data) if how == "base64" else quopri.encodestring(data)
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {how}\n\n"
    return head + packed.decode("ascii")


@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_newsletter_is_an_article_with_its_subject_sender_and_date(how, charset, line_end):
    document = read((HEADERS + part("text/plain", TEXT, how, charset)).replace("\n", line_end))
    assert document.text.rstrip() == TEXT.rstrip()
    metadata = document.metadata
    assert (metadata.title, metadata.source) == ("Fähre und Mühle", "osmund.example")
    assert metadata.published_at == datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
    assert document.partial_reason is None


def test_of_two_forms_the_one_for_plain_reading_is_read():
    parts = [part("text/plain", TEXT), part("text/html", PAGE.replace("Papier", "Pappe"))]
    body = "".join(f"--b\n{one}\n" for one in parts)
    document = read(f"{HEADERS}Content-Type: multipart/alternative; boundary=b\n\n{body}--b--\n")
    assert document.text.rstrip() == TEXT.rstrip()


def test_a_letter_that_is_a_page_alone_is_read_as_one():
    document = read(HEADERS + part("text/html", PAGE))
    assert document.text == f"{FERRY}\n{MILL}"
    assert document.metadata.title == "Fähre und Mühle"


@pytest.mark.parametrize("charset", ["; charset=utf-8", ""])
def test_a_page_saved_as_one_file_is_the_page_at_its_address(charset):
    saved = (
        "From: <Saved by Browser>\nSnapshot-Content-Location: https://osmund.example/ferry\nSubject: Other\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=b\n\n--b\n'
        f"Content-Type: text/html{charset}\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(PAGE.encode()).decode("ascii")
        + "\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    document = read(saved, "page.mhtml")
    assert document.text == f"{FERRY}\n{MILL}"
    metadata = document.metadata
    assert (metadata.url, metadata.source) == ("https://osmund.example/ferry", "osmund.example")
    assert metadata.title == "Fähre"


def test_a_text_that_begins_with_lines_like_headers_is_a_text():
    text = f"Subject: the ferry\nPlace: Osmund\n\n{FERRY}"
    assert read(text).text == text


def test_a_message_that_says_nothing_of_mime_is_known_by_its_name():
    document = read(f"From: desk@osmund.example\nSubject: Ferry\n\n{TEXT}", "a.eml")
    assert (document.text, document.metadata.title) == (TEXT, "Ferry")


def test_an_encoding_that_nobody_knows_costs_no_text():
    body = f"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: 8bit\n\n{TEXT}"
    assert read(HEADERS + body).text.rstrip() == TEXT.rstrip()


@pytest.mark.parametrize(
    "body",
    [
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n",
        "Content-Type: text/plain\n\n \n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000,
    ],
)
def test_a_message_without_a_readable_text_is_a_document_error(body):
    with pytest.raises(DocumentError):
        read(HEADERS + body)
