"""Names that are written with a capital inside: iPhone, DeepSeek, uThemba."""

import re
from functools import cache
from importlib.resources import files

import msgspec

# What names begin with: McCarthy, DeSantis, МакДональд.
BEGINNINGS = frozenset(
    ("Mc", "Mac", "De", "Di", "Du", "Da", "Le", "La", "Van", "Von", "Fitz", "San", "Mak", "Мак", "Μακ", "El")
)
# Zulu, Xhosa, Swati, Ndebele write a prefix in small letters before a name: uThemba, eGoli, waseMelika.
PREFIX = re.compile(
    r"(?:[a-z]*(?:ase|ngu|ka|ke|ko|kwa|kwe|kwi|lwe|leze|ku|ngo|nge|nga|njengo|njenge|ma|no|na|ne)|[ueioa]|si|wo|"
    r"we|wa|ye|yo|ya|le|lo|la|ze|zo|za|be|bo|ba|se|so|sa|mu|um|im|in|isi|izi|ama|aba|ubu|uku|oo|ii|yi|li|ngum|"
    r"engum|ongum)$",
    re.IGNORECASE,
)
# Beginnings of the words that fill any text in these languages; one word in five has one, elsewhere one in fifty.
NGUNI_WORDS = re.compile(
    r"\b(?:uku|oku|ngoku|noku|kwe|kwa|wase|base|aba|ama|izi|isi|imi|ezi|esi|abe|nge|ngo|futhi|kodwa)[a-z]{2,}"
)
PLAIN_WORDS = re.compile(r"\b[a-z]{3,}")
NGUNI_SHARE = 0.08
LONGEST_NAME = 30  # letters
RUN_BACK = re.compile(r"[A-Za-z]+$")
RUN_ON = re.compile(r"[A-Za-z]+")


class _Stored(msgspec.Struct):
    whole: str
    second: str
    titles: str


@cache
def known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what `glue_names.toml` lists: whole names, in small letters, second parts, and titles."""
    data = files("monitor.cleaning").joinpath("glue_names.toml").read_bytes()
    names = msgspec.toml.decode(data, type=_Stored)
    return (
        frozenset(names.whole.lower().split()),
        frozenset(names.second.split()),
        frozenset(names.titles.split()),
    )


def is_inside_name(text: str, at: int, joined: str) -> bool:
    """Say whether a place lies inside a known name: the two words, or the whole run of Latin letters."""
    back = RUN_BACK.search(text, max(0, at - LONGEST_NAME), at)
    on = RUN_ON.match(text, at, at + LONGEST_NAME)
    run = (back[0] if back else "") + (on[0] if on else "")
    whole, _, _ = known()
    return joined.lower() in whole or run.lower() in whole


def is_second_part(word: str) -> bool:
    """Say whether names are often made with this word as their second part: Tube, Hub, Bank."""
    return word in known()[1]


def is_title(word: str) -> bool:
    """Say whether a word, with a full stop, stands before a name or a number: Dr, Prof, No."""
    return word in known()[2]


def writes_prefixes(text: str) -> bool:
    """Say whether a text is in a Nguni language (Zulu, Xhosa, Swati, Ndebele), by its commonest prefixes."""
    hits = sum(1 for _ in NGUNI_WORDS.finditer(text))
    return hits > 1 and hits >= NGUNI_SHARE * sum(1 for _ in PLAIN_WORDS.finditer(text))
