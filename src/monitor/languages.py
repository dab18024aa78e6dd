"""Languages: their codes, names and scripts; the only maker of a language code.

Inside monitor a language is a BCP 47 tag (RFC 5646) from this table; each engine's own code stands beside it.
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


TABLE: dict[Language, Entry] = {
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

_ALIASES = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-my": "zh-Hans", "zh-hans-cn": "zh-Hans",
    "zt": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant-tw": "zh-Hant",
    "no": "nb", "pb": "pt-BR", "iw": "he", "in": "id", "fil": "tl", "sr-cyrl": "sr",
}  # fmt: skip
_BY_FOLDED = {code.lower(): code for code in TABLE}
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
