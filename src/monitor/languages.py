"""Languages: their codes, names and scripts; the only maker of a language code.

Inside monitor a language is a BCP 47 tag (RFC 5646) from this table; each engine's own code stands beside it.
`TARGETS` are the languages that monitor is measured on; the others can be named, so that they are not
mistaken for one of those.
"""

from typing import NamedTuple, NewType

Language = NewType("Language", str)

UNDETERMINED = Language("und")
ENGLISH = Language("en")


class Entry(NamedTuple):
    """One language: ISO 15924 script, its code in each engine that knows it, habits of writing."""

    name: str
    script: str
    argos: str | None = None
    langdetect: str | None = None
    spaced: bool = True
    right_to_left: bool = False


_TARGETS: dict[Language, Entry] = {
    Language(code): entry
    for code, entry in {
        "ar": Entry("Arabic", "Arab", "ar", "ar", right_to_left=True),
        "az": Entry("Azerbaijani", "Latn", "az"),
        "bg": Entry("Bulgarian", "Cyrl", "bg", "bg"),
        "bn": Entry("Bengali", "Beng", "bn", "bn"),
        "ca": Entry("Catalan", "Latn", "ca", "ca"),
        "cs": Entry("Czech", "Latn", "cs", "cs"),
        "da": Entry("Danish", "Latn", "da", "da"),
        "de": Entry("German", "Latn", "de", "de"),
        "el": Entry("Greek", "Grek", "el", "el"),
        "en": Entry("English", "Latn", "en", "en"),
        "eo": Entry("Esperanto", "Latn", "eo"),
        "es": Entry("Spanish", "Latn", "es", "es"),
        "et": Entry("Estonian", "Latn", "et", "et"),
        "eu": Entry("Basque", "Latn", "eu"),
        "fa": Entry("Persian", "Arab", "fa", "fa", right_to_left=True),
        "fi": Entry("Finnish", "Latn", "fi", "fi"),
        "fr": Entry("French", "Latn", "fr", "fr"),
        "ga": Entry("Irish", "Latn", "ga"),
        "gl": Entry("Galician", "Latn", "gl"),
        "he": Entry("Hebrew", "Hebr", "he", "he", right_to_left=True),
        "hi": Entry("Hindi", "Deva", "hi", "hi"),
        "hu": Entry("Hungarian", "Latn", "hu", "hu"),
        "id": Entry("Indonesian", "Latn", "id", "id"),
        "it": Entry("Italian", "Latn", "it", "it"),
        "ja": Entry("Japanese", "Jpan", "ja", "ja", spaced=False),
        "ko": Entry("Korean", "Kore", "ko", "ko"),
        "ky": Entry("Kyrgyz", "Cyrl", "ky"),
        "lt": Entry("Lithuanian", "Latn", "lt", "lt"),
        "lv": Entry("Latvian", "Latn", "lv", "lv"),
        "ms": Entry("Malay", "Latn", "ms"),
        "nb": Entry("Norwegian Bokmål", "Latn", "nb", "no"),
        "nl": Entry("Dutch", "Latn", "nl", "nl"),
        "pl": Entry("Polish", "Latn", "pl", "pl"),
        "pt": Entry("Portuguese", "Latn", "pt", "pt"),
        "pt-BR": Entry("Brazilian Portuguese", "Latn", "pb", "pt"),
        "ro": Entry("Romanian", "Latn", "ro", "ro"),
        "ru": Entry("Russian", "Cyrl", "ru", "ru"),
        "sk": Entry("Slovak", "Latn", "sk", "sk"),
        "sl": Entry("Slovenian", "Latn", "sl", "sl"),
        "sq": Entry("Albanian", "Latn", "sq", "sq"),
        "sr": Entry("Serbian", "Cyrl", "sr"),
        "sr-Latn": Entry("Serbian in Latin script", "Latn"),
        "sv": Entry("Swedish", "Latn", "sv", "sv"),
        "th": Entry("Thai", "Thai", "th", "th", spaced=False),
        "tl": Entry("Tagalog", "Latn", "tl", "tl"),
        "tr": Entry("Turkish", "Latn", "tr", "tr"),
        "uk": Entry("Ukrainian", "Cyrl", "uk", "uk"),
        "ur": Entry("Urdu", "Arab", "ur", "ur", right_to_left=True),
        "vi": Entry("Vietnamese", "Latn", "vi", "vi"),
        "zh-Hans": Entry("Chinese, simplified", "Hans", "zh", "zh-cn", spaced=False),
        "zh-Hant": Entry("Chinese, traditional", "Hant", "zt", "zh-tw", spaced=False),
    }.items()
}

_OTHERS = """
ace Acehnese Latn | af Afrikaans Latn | am Amharic Ethi | an Aragonese Latn | as Assamese Beng
ba Bashkir Cyrl | bcl Bikol Latn | be Belarusian Cyrl | bo Tibetan Tibt | br Breton Latn
bs Bosnian Latn | chr Cherokee Cher | ckb Sorani Kurdish Arab | crh Crimean Tatar Latn | cy Welsh Latn
dv Divehi Thaa | dz Dzongkha Tibt | ext Extremaduran Latn | ff Fula Latn | fo Faroese Latn
fy West Frisian Latn | gcf Antillean Creole Latn | gcr Guianese Creole Latn | gd Scottish Gaelic Latn
gn Guarani Latn | gom Konkani Deva | grc Ancient Greek Grek | gu Gujarati Gujr | guw Gun Latn
ha Hausa Latn | hr Croatian Latn | ht Haitian Creole Latn | hy Armenian Armn | ig Igbo Latn
is Icelandic Latn | iu Inuktitut Cans | jv Javanese Latn | ka Georgian Geor | kab Kabyle Latn
ki Kikuyu Latn | kk Kazakh Cyrl | km Khmer Khmr | kn Kannada Knda | ku Kurmanji Kurdish Latn
la Latin Latn | lb Luxembourgish Latn | lg Ganda Latn | lij Ligurian Latn | ln Lingala Latn
lo Lao Laoo | ltg Latgalian Latn | mg Malagasy Latn | mk Macedonian Cyrl | ml Malayalam Mlym
mn Mongolian Cyrl | mr Marathi Deva | mt Maltese Latn | my Burmese Mymr | ne Nepali Deva
nn Norwegian Nynorsk Latn | nso Northern Sotho Latn | oc Occitan Latn | om Oromo Latn | or Odia Orya
pa Punjabi Guru | pcm Nigerian Pidgin Latn | ps Pashto Arab | qu Quechua Latn | rw Kinyarwanda Latn
sa Sanskrit Deva | sd Sindhi Arab | se Northern Sami Latn | si Sinhala Sinh | sn Shona Latn
so Somali Latn | st Southern Sotho Latn | sw Swahili Latn | syr Syriac Syrc | ta Tamil Taml
te Telugu Telu | tg Tajik Cyrl | tk Turkmen Latn | tt Tatar Cyrl | ug Uyghur Arab | uz Uzbek Latn
vec Venetian Latn | vo Volapük Latn | wa Walloon Latn | wuu Wu Chinese Hans | xh Xhosa Latn
yo Yoruba Latn | yue Cantonese Hant | zgh Tamazight Tfng | zu Zulu Latn
"""
_OTHERS_IN_LANGDETECT = frozenset(
    {"af", "cy", "gu", "hr", "kn", "mk", "ml", "mr", "ne", "pa", "so", "sw", "ta", "te"}
)
_WITHOUT_SPACES = frozenset({"bo", "dz", "km", "lo", "my", "wuu", "yue"})
_FROM_RIGHT = frozenset({"Arab", "Syrc", "Thaa"})


def _other(line: str) -> tuple[Language, Entry]:
    """Return the entry that one cell of the table of other languages stands for."""
    code, *name, script = line.split()
    return Language(code), Entry(
        name=" ".join(name),
        script=script,
        langdetect=code if code in _OTHERS_IN_LANGDETECT else None,
        spaced=code not in _WITHOUT_SPACES,
        right_to_left=script in _FROM_RIGHT,
    )


TARGETS = frozenset(_TARGETS)
TABLE = _TARGETS | dict(map(_other, _OTHERS.strip().replace("\n", "|").split("|")))

_ALIASES = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-my": "zh-Hans", "zh-hans-cn": "zh-Hans",
    "zt": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant-tw": "zh-Hant",
    "no": "nb", "pb": "pt-BR", "iw": "he", "in": "id", "fil": "tl", "sr-cyrl": "sr", "ary": "ar", "arz": "ar",
    "fuv": "ff", "gug": "gn", "hbo": "he", "kik": "ki", "kmr": "ku", "sdh": "ckb", "sh": "sr-Latn",
    "srl": "sr-Latn", "uzs": "uz", "zh-yue": "yue",
}  # fmt: skip
_BY_FOLDED = {code.lower(): code for code in TABLE}
_BY_LANGDETECT = {entry.langdetect: code for code, entry in reversed(TABLE.items()) if entry.langdetect}
_BY_ARGOS = {entry.argos: code for code, entry in TABLE.items() if entry.argos}


def parse_language(tag: str | None) -> Language:
    """Return the language that a tag names, however it is spelled; `und` for what the table lacks.

    >>> parse_language("zh_TW"), parse_language("EN-us"), parse_language("pt-br"), parse_language("xx")
    ('zh-Hant', 'en', 'pt-BR', 'und')
    """
    folded = (tag or "").strip().replace("_", "-").lower()
    while folded:
        known = _ALIASES.get(folded) or _BY_FOLDED.get(folded)
        if known:
            return Language(known)
        folded = folded.rpartition("-")[0]
    return UNDETERMINED


def from_langdetect(code: str | None) -> Language | None:
    """Return the language of a code of langdetect; None for `unknown` and for no code."""
    return _BY_LANGDETECT.get(code or "")


def from_argos(code: str) -> Language:
    """Return the language of an Argos code; `und` where the table lacks it."""
    return _BY_ARGOS.get(code, UNDETERMINED)


def argos_code(language: Language) -> str | None:
    """Return Argos's code of a language; None where it has none."""
    entry = TABLE.get(language)
    return entry.argos if entry else None


def name_of(language: Language) -> str:
    """Return the English name of a language, for people."""
    entry = TABLE.get(language)
    return entry.name if entry else "undetermined" if language == UNDETERMINED else str(language)
