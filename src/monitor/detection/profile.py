"""From the languages of paragraphs to the languages of an article."""

import re
from collections import defaultdict
from collections.abc import Sequence

from monitor.languages import UNDETERMINED, Language
from monitor.models import Detection, LanguageProfile

_WORTH_NAMING = 0.12
_LONGEST_COUNTED = 400  # letters: one long paragraph must not outvote the rest
_PROSE = 3.0  # paragraphs that end like a sentence are the article, others are often the page around it
_ENDS_LIKE_PROSE = re.compile(r"[.!?…。！？।॥؟۔።។་](?:[\"'”’»«)\]』」›]|\s)*$")


def weight(text: str) -> float:
    """Return how much a paragraph counts: its letters up to 400, three times if it ends like prose."""
    letters = sum(map(str.isalpha, text[: 4 * _LONGEST_COUNTED]))
    return min(letters, _LONGEST_COUNTED) * (_PROSE if _ENDS_LIKE_PROSE.search(text[-8:]) else 1.0)


def profile_of(
    texts: Sequence[str], found: Sequence[Detection], second_opinion: Language | None
) -> LanguageProfile:
    """Return the main language of an article, its share, and the others worth naming."""
    weights: dict[Language, float] = defaultdict(float)
    trusted: dict[Language, float] = defaultdict(float)
    for text, detection in zip(texts, found, strict=True):
        if detection.language != UNDETERMINED:
            weights[detection.language] += weight(text)
            trusted[detection.language] += weight(text) * detection.confidence
    total = sum(weights.values())
    if not total:
        return LanguageProfile(main=Detection(), second_opinion=second_opinion)
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    main, most = ranked[0]
    confidence = trusted[main] / most
    others = tuple((language, part / total) for language, part in ranked[1:] if part >= _WORTH_NAMING * total)
    return LanguageProfile(
        main=Detection(language=main, confidence=confidence, method="paragraphs"),
        share=most / total,
        others=others,
        second_opinion=second_opinion,
    )
