"""The translation memory as TMX 1.4b, which every translator's program reads and writes.

https://www.gala-global.org/tmx-14b
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from monitor.errors import TranslationError, UsageError
from monitor.languages import UNDETERMINED, parse_language
from monitor.translation.bulk import Entry
from monitor.translation.checked import Translated
from monitor.translation.engine import Pair
from monitor.translation.keys import Key
from monitor.translation.passages import normalised

IMPORTED = "import"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="monitor" creationtoolversion="1" datatype="plaintext" segtype="sentence"
 adminlang="en" srclang="*all*" o-tmf="monitor"/>
<body>
"""


def write_tmx(entries: Iterable[Entry], place: Path) -> int:
    """Write entries to a file and return their number; what failed is left out."""
    count = 0
    with _writing(place) as file:
        file.write(_HEAD)
        for entry in entries:
            if entry.translated.method != "failed":
                file.write(_unit(entry))
                count += 1
        file.write("</body>\n</tmx>\n")
    return count


@contextmanager
def _writing(place: Path) -> Iterator[IO[str]]:
    """Open a file beside `place`, and let it take its place when it is whole."""
    draft = place.with_name(place.name + ".new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        draft.replace(place)
    except OSError as error:
        raise UsageError(f"{str(place)!r} cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


def read_tmx(place: Path) -> Iterator[tuple[Pair, str, str]]:
    """Yield pair, source and target of every unit, each first variant of which is its source.

    Inline marks are read as their text. Raises TranslationError where the file is no TMX. Entities are not
    resolved and nothing is fetched.
    """
    try:
        with place.open("rb") as file:
            for _, unit in etree.iterparse(file, tag="tu", resolve_entities=False, no_network=True):
                yield from _variants(unit)
                unit.clear()
    except (etree.XMLSyntaxError, OSError) as error:
        raise TranslationError(f"{str(place)!r} cannot be read as TMX: {error}") from error


def imported(key: Key, text: str) -> Entry:
    """Return the entry of an imported translation, which stands for what a model would make."""
    return Entry(key=key, translated=Translated(source=key.text, text=text, method=IMPORTED))


def _unit(entry: Entry) -> str:
    key, translated = entry.key, entry.translated
    properties = {"model": key.model, "recipe": key.recipe, "quality": f"{translated.quality:g}"}
    if translated.flags:
        properties["flags"] = ", ".join(translated.flags)
    lines = [f'<prop type="x-{name}">{_text(value)}</prop>' for name, value in properties.items() if value]
    for language, text in zip(key.pair, (key.text, translated.text), strict=True):
        lines.append(f"<tuv xml:lang={quoteattr(language)}><seg>{_text(text)}</seg></tuv>")
    return "<tu>\n" + "\n".join(lines) + "\n</tu>\n"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _variants(unit: "etree._Element") -> Iterator[tuple[Pair, str, str]]:
    found = []
    for variant in unit.iter("tuv"):
        segment = variant.find("seg")
        language = parse_language(variant.get(_LANG) or variant.get("lang"))
        text = normalised("".join(map(str, segment.itertext()))) if segment is not None else ""
        if text and language != UNDETERMINED:
            found.append((language, text))
    for language, text in found[1:]:
        if language != found[0][0]:
            yield Pair(found[0][0], language), found[0][1], text
