"""From the languages of paragraphs to the languages of an article."""

import re
from collections import defaultdict
from collections.abc import Sequence

from monitor.languages import TABLE, UNDETERMINED, Language
from monitor.models import Detection, LanguageProfile

_WORTH_NAMING = 0.12
_LONGEST_COUNTED = 400  # letters: one long paragraph must not outvote the rest
_PROSE = 3.0  # paragraphs that end like a sentence are the article, others are often the page around it
_MENU, _MENU_LETTERS = 0.3, 70  # short ones that do not are links and buttons more often than not
_ENDS_LIKE_PROSE = re.compile(r"[.!?…。！？।॥؟۔።။་](?:[\"'”’»«)\]』」›]|\s)*$")
_DENSE = 2.5  # letters of an alphabet that an ideograph or a syllable sign is worth
_DENSE_SCRIPTS = frozenset({"Hans", "Hant", "Jpan", "Kore"})
_WITHOUT_STOPS = frozenset({"Thai", "Laoo", "Khmr"})
_SUREST = 0.9999


def letters_in(text: str, language: Language) -> float:
    """Return the letters of a text, near enough, worth what they would be in an alphabet."""
    script = TABLE[language].script if language in TABLE else "Latn"
    return (len(text) - text.count(" ")) * (_DENSE if script in _DENSE_SCRIPTS else 1.0)


def weight(text: str, language: Language) -> float:
    """Return how much a paragraph counts for its language: letters up to 400, more for prose, less for menus."""
    letters = min(letters_in(text, language), _LONGEST_COUNTED)
    long = letters >= _MENU_LETTERS
    stopless = language in TABLE and TABLE[language].script in _WITHOUT_STOPS
    if _ENDS_LIKE_PROSE.search(text[-8:]) or (stopless and long):
        return letters * _PROSE
    return letters if long else letters * _MENU


def main_of(texts: Sequence[str], found: Sequence[Detection]) -> Detection:
    """Return the main language of an article: the one whose paragraphs count most."""
    weights: dict[Language, float] = defaultdict(float)
    doubts: dict[Language, float] = defaultdict(lambda: 1.0)
    for text, detection in zip(texts, found, strict=True):
        if detection.language != UNDETERMINED:
            weights[detection.language] += weight(text, detection.language) * detection.confidence
            doubts[detection.language] = min(doubts[detection.language], 1 - detection.confidence)
    if not weights:
        return Detection()
    main = max(sorted(weights), key=weights.__getitem__)
    confidence = min(1 - doubts[main], _SUREST)
    method = next(detection.method for detection in found if detection.language == main)
    return Detection(language=main, confidence=confidence, method=method if len(found) == 1 else "paragraphs")


def shares(texts: Sequence[str], found: Sequence[Detection]) -> dict[Language, float]:
    """Return each language's part of the letters of an article, the largest first."""
    letters: dict[Language, float] = defaultdict(float)
    for text, detection in zip(texts, found, strict=True):
        if detection.language != UNDETERMINED:
            letters[detection.language] += letters_in(text, detection.language)
    total = sum(letters.values()) or 1.0
    ranked = sorted(letters.items(), key=lambda item: (-item[1], item[0]))
    return {language: count / total for language, count in ranked}


def profile_of(
    texts: Sequence[str], found: Sequence[Detection], main: Detection, second_opinion: Language | None
) -> LanguageProfile:
    """Return the languages of an article: the main one, its share, and the others worth naming."""
    parts = shares(texts, found)
    return LanguageProfile(
        main=main,
        share=parts.get(main.language, 0.0),
        others=tuple(
            (lang, part) for lang, part in parts.items() if lang != main.language and part >= _WORTH_NAMING
        ),
        second_opinion=second_opinion,
    )
