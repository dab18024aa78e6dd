"""Find lines of web pages that a model invented, as those trained on web text do for short or odd input."""

import re

from monitor.translation.checks.rendering import Rendering

FLAG = "boilerplate invented"

_PHRASES = re.compile(
    r"all rights reserved|privacy policy|terms (?:of|and) (?:use|service|conditions)|cookie|click here"
    r"|sign up|log ?in|newsletter|subscribe|read more|see also|external links|retrieved on|copyright|©"
    r"|add to (?:cart|basket)|free shipping|customer reviews?|book now|best price|skip to content"
    r"|your browser|javascript|advertisement|sponsored|please enter|loading|share this|home ?page"
)
# what a source has that rightly gives one of the phrases, as beginnings of words of many languages
_GROUNDS = re.compile(
    r"©|cook|newsl|copyr|javascr|klick|clic|klik|abonn|subscri|suscri|inscri|iscri|abon|prenum|anmeld|registr"
    r"|recht|derech|droit|diritt|direit|privat|datens|wisse|brows|navegad|navigat|werb|reklam|publi[ck]|spons"
    r"|home|accueil|inicio|start|teil|part[ai]g|compart|condiv|dele|lade|carg|charg|caric|lees|lire|leer|les|läs|lue"
    r"|siehe|voir|véase|vedi|zie|viz|viď|lihat|xem|buch|reserv|réserv|prenot|boek|preis|prix|precio|prezzo|hak",
    re.IGNORECASE,
)
_LONGEST_OTHER = 20  # letters of a source in another script that hardly say so much


def check(rendering: Rendering) -> str | None:
    """Return the flag when an English output has a web page's phrase for which the source gives no ground."""
    if rendering.target_code != "en" or not _PHRASES.search(rendering.output.casefold()):
        return None
    latin = any(letter.isascii() and letter.isalpha() for letter in rendering.source)
    if not latin:
        return FLAG if len(rendering.source) <= _LONGEST_OTHER else None
    return None if _GROUNDS.search(rendering.source) else FLAG
