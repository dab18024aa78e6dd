"""What agencies and extractors write as XML: each part where its form has it, and nothing expanded."""

import pytest

from monitor.errors import DocumentError
from monitor.readers.fields import metadata_from
from monitor.readers.formats import readings
from monitor.readers.media_types import HTML, NEWS_XML, media_type_of

TEXT = "The ferry was stopped on Monday.\nThe wind was too strong, the captain said."
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://dtd.example/nitf.dtd">
<nitf xml:lang="en"><head><title>Ferry</title><docdata><date.issue norm="20240503T093000Z"/></docdata>
<pubdata name="The Courier"/></head><body><body.head><hedline><hl1>Ferry stopped by wind</hl1></hedline>
<byline>By <person>Ann Example</person></byline></body.head><body.content>{PARAGRAPHS}</body.content></body></nitf>"""
ITEM = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:1" xml:lang="en">
<itemMeta><versionCreated>2024-05-03T09:30:00Z</versionCreated><provider><name>Wire</name></provider></itemMeta>
<contentMeta><headline>Ferry stopped by wind</headline><creator><name>Ann Example</name></creator></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{PARAGRAPHS}</body>
</html></inlineXML></contentSet></newsItem>"""
DOC = f"""<doc title="Ferry stopped by wind" author="Ann Example" date="2024-05-03" url="https://courier.example/ferry"
sitename="Courier"><main>{PARAGRAPHS}</main></doc>"""
TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">
Ferry stopped by wind</title><author>Ann Example</author></titleStmt><publicationStmt><ptr type="URL" target="https://courier.example/ferry"/>
<date>2024-05-03</date></publicationStmt></fileDesc></teiHeader><text><body><div type="entry">{PARAGRAPHS}</div></body>
</text></TEI>"""


def read(xml):
    data = xml if isinstance(xml, bytes) else xml.encode()
    assert media_type_of(data, "news.xml") == NEWS_XML
    return readings(data, NEWS_XML)


@pytest.mark.parametrize(
    ("xml", "source"), [(NITF, "The Courier"), (ITEM, "Wire"), (DOC, "Courier"), (TEI, "courier.example")]
)
def test_each_form_of_news_has_its_parts_read(xml, source):
    document = read(xml)()
    known = document.metadata
    assert document.text == TEXT
    assert (known.title, known.authors, known.source) == ("Ferry stopped by wind", ("Ann Example",), source)
    assert known.published_at.date().isoformat() == "2024-05-03"
    assert document.partial_reason is None


def test_versions_of_an_agency_s_item_have_one_identity():
    assert read(ITEM)().metadata.url == "urn:newsml:wire.example:1"


def test_a_message_of_several_items_is_several_articles():
    other = ITEM.replace("Ferry stopped", "Ferry sails")
    message = f"<newsMessage><header/><itemSet>{ITEM}{other}</itemSet></newsMessage>"
    titles = [one().metadata.title for _, one in read(message)]
    assert titles == ["Ferry stopped by wind", "Ferry sails by wind"]


def test_an_encoding_that_the_declaration_names_and_named_characters_are_read():
    xml = NITF.replace("UTF-8", "ISO-8859-1").replace(
        "The wind", "Der Wind auf&nbsp;der F&auml;hre nach S\u00fcd"
    )
    assert "Der Wind auf der Fähre nach Süd" in " ".join(read(xml.encode("latin-1"))().text.split())


def test_what_breaks_off_is_partial():
    document = read(NITF[: NITF.index("the captain")])()
    assert document.text.startswith("The ferry was stopped on Monday.")
    assert document.partial_reason.startswith("damaged XML")


@pytest.mark.parametrize(
    "xml",
    [
        NITF.replace(PARAGRAPHS, ""),
        "<newsMessage><header/><itemSet/></newsMessage>",
        '<newsItem><contentSet><remoteContent href="https://wire.example/a.jpg"/></contentSet></newsItem>',
        "<nitf",
        "<doc>",
    ],
)
def test_what_has_no_text_is_refused_in_one_line(xml):
    with pytest.raises(DocumentError) as refused:
        readings(xml.encode(), NEWS_XML)()
    assert "\n" not in str(refused.value)


def test_no_entity_is_expanded_and_no_file_is_read(tmp_path):
    (tmp_path / "secret").write_text("the secret", encoding="utf-8")
    declared = f"""<!DOCTYPE nitf [<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * 100}"><!ENTITY c "{"&b;" * 100}">
    <!ENTITY file SYSTEM "file://{tmp_path}/secret">]>"""
    xml = declared + NITF[NITF.index("<nitf") :].replace("The wind", "The &c; &file; wind")
    document = read(xml)()
    assert "secret" not in document.text
    assert len(document.text) < 1000


def test_a_page_in_xml_stays_a_page():
    assert (
        media_type_of(
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p>', "a.xml"
        )
        == HTML
    )


@pytest.mark.parametrize(
    ("given", "url", "source"),
    [
        (
            {"source": "https://www.courier.example/ferry"},
            "https://www.courier.example/ferry",
            "courier.example",
        ),
        ({"source": "https://courier.example/"}, None, "courier.example"),
        ({"source": "https://a.example/1", "url": "https://b.example/2"}, "https://b.example/2", "a.example"),
        ({"source": "The Courier"}, None, "The Courier"),
    ],
)
def test_an_address_that_stands_for_the_source_names_outlet_and_page(given, url, source):
    assert (metadata_from(given).url, metadata_from(given).source) == (url, source)
