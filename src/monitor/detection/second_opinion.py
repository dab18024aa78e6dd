"""What langdetect's agreement is worth: it raises the confidence, its disagreement lowers it."""

import math
from dataclasses import replace

from monitor.languages import TABLE, Language
from monitor.models import Detection

# log odds; fitted on held-out headlines: .3 and -.2, each give or take .2, so a disagreement weighs little
_AGREES, _DISAGREES = 0.3, -0.2
_SUREST = 0.9999
_LEAST = 1e-6


def confirmed(main: Detection, opinion: Language | None) -> Detection:
    """Return the finding with its confidence adjusted; unchanged where langdetect cannot know the language."""
    entry = TABLE.get(main.language)
    if opinion is None or entry is None or entry.langdetect is None:
        return main
    doubt = min(max(1 - main.confidence, _LEAST), 1 - _LEAST)
    odds = math.log((1 - doubt) / doubt) + (_AGREES if opinion == main.language else _DISAGREES)
    return replace(main, confidence=min(1 / (1 + math.exp(-odds)), _SUREST))
