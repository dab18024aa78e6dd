"""What the script alone says: many languages are the only ones in the news that use theirs."""

from monitor.detection.scripts import NAMES, Census
from monitor.languages import UNDETERMINED, Language

ALONE: dict[str, Language] = {
    script: Language(code)
    for script, code in {
        "Armn": "hy", "Beng": "bn", "Cans": "iu", "Cher": "chr", "Ethi": "am", "Geor": "ka", "Grek": "el",
        "Gujr": "gu", "Guru": "pa", "Hang": "ko", "Hebr": "he", "Khmr": "km", "Knda": "kn", "Laoo": "lo",
        "Mlym": "ml", "Mymr": "my", "Orya": "or", "Sinh": "si", "Syrc": "syr", "Taml": "ta", "Telu": "te",
        "Tfng": "zgh", "Thaa": "dv", "Thai": "th", "Tibt": "bo",
    }.items()
}  # fmt: skip
SHARED = ("Latn", "Cyrl", "Arab", "Deva")
_LATIN_INTRUDES = 0.35  # names and brands in Latin letters stand in text of every script, seldom the reverse


def leading_script(letters: Census) -> str | None:
    """Return the script that carries the text, `Hani` for Chinese and Japanese; None without letters.

    Latin letters lead only when they are clearly the most, and ideographs count double: each is nearly a
    word.
    """
    counts = dict(zip(NAMES[2:], letters.counts[2:].tolist(), strict=True))
    counts["Hani"] = 2 * (counts["Hani"] + counts.pop("Kana"))
    counts["Latn"] *= _LATIN_INTRUDES
    script, most = max(counts.items(), key=lambda item: item[1])
    return script if most else None


def language_of_script(script: str) -> Language:
    """Return the language that alone uses a script; `und` where several do."""
    return ALONE.get(script, UNDETERMINED)
