"""Know what the elements of a web page are for, by their tags and by the names that designers give them."""

import re
from functools import lru_cache

# Elements inside a line of text; all others begin and end one
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
# Elements whose text nobody reads, or that belongs to a form
SILENT = frozenset({
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset",
    "head", "iframe", "img", "input", "link", "map", "math", "meta", "noembed", "noframes", "noscript",
    "object", "option", "param", "picture", "progress", "script", "select", "source", "style", "svg",
    "template", "textarea", "title", "track", "video",
})  # fmt: skip
# What the tags around a text say of it: the groups in order, a bit each
_PLACE_TAGS = {
    "article": ("article",),
    "main": ("main",),
    "nav": ("nav",),
    "aside": ("aside",),
    "footer": ("footer",),
    "header": ("header",),
    "form": ("form",),
    "table": ("table",),
    "list": ("ul", "ol", "dl"),
    "figure": ("figure", "figcaption", "caption"),
    "quote": ("blockquote",),
}
PLACES = tuple(_PLACE_TAGS)
_BIT_OF_TAG = {tag: 1 << bit for bit, tags in enumerate(_PLACE_TAGS.values()) for tag in tags}
# Words in class, id, role, itemprop that say the same: the groups in order, a bit each
_FAMILY_WORDS = {
    "body": r"(?:article|story|entry|post)[-_]{0,2}(?:body|content|text)|bodytext|maintext",
    "content": r"article|content|story|text|body|entry|post(?!ed)|main",
    "comment": r"comment|disqus|repl(?:y|ies)|reader|discussion|forum|kommentar",
    "related": r"relat|recommend|teaser|popular|trending|most|latest|similar|more|also|next|recirc|taboola",
    "aside": r"side|widget|right|rail|secondary|column|promo|banner|sponsor|\bads?\b|advert|werbung|reklam",
    "social": r"shar(?:e|ing)|social|facebook|twitter|follow|whatsapp|addthis|bookmark|tool(?!tip)",
    "menu": r"nav|menu|bread|crumb|header|foot|pager|pagination|tabs|topbar|masthead|skip",
    "offer": r"newsletter|subscri|paywall|login|sign-?up|register|cookie|consent|modal|popup|overlay|donat",
    "credit": r"byline|author|date|time|meta|credit|caption|copyright|source|bio|profile|photo|image|galler",
    "topic": r"\btags?\b|topic|categor|keyword|label|kicker|section|rubri",
    "lead": r"lead|lede|intro|summary|subtitle|sub[-_]?head|standfirst|\bdek\b|abstract|description|chapo",
    "title": r"title|headline|heading|\bh1\b",
    "hidden": r"hid(?:den|e)|visually|sr-only|screen-reader|invisible|noprint|display:none|collapse|tooltip",
}
FAMILIES = tuple(_FAMILY_WORDS)
_FAMILY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FAMILY_WORDS.items()), re.IGNORECASE)
_BIT_OF_FAMILY = {name: 1 << bit for bit, name in enumerate(FAMILIES)}
_LONGEST_NAMES = 300


def place_of(tag: str) -> int:
    """Return the bit of the group of `PLACES` that a tag belongs to, 0 for none."""
    return _BIT_OF_TAG.get(tag, 0)


def families_of(names: str) -> int:
    """Return the bits of the groups of `FAMILIES` whose words occur in an element's class, id and role."""
    found = 0
    for name in names[:_LONGEST_NAMES].split():
        found |= _families_of_name(name)
    return found


@lru_cache(maxsize=1 << 15)
def _families_of_name(name: str) -> int:
    found = 0
    for match in _FAMILY.finditer(name):
        found |= _BIT_OF_FAMILY[match.lastgroup or ""]
    return found
