"""Where the engine's output meets the glossary and the checks: every translated sentence goes through here."""

from collections.abc import Sequence

from monitor.translation import glossary as terms
from monitor.translation.checked import Check, Rendered, Verdict
from monitor.translation.checks import copying, language, length, repetition
from monitor.translation.engine import Pair
from monitor.translation.glossary import Glossary
from monitor.translation.quality import Rendering, judge_all

CHECKS_VERSION = "4"  # a change of it makes everything be translated and checked anew
QUALITY_DIGITS = 3

# flags that hardly any good translation gets; the others are now and then mistaken
_CERTAIN = frozenset({length.EMPTY, length.SHORT, length.LONG, repetition.FLAG, copying.FLAG, language.FLAG})


def check_all(pair: Pair, rendered: Sequence[Rendered]) -> list[Verdict]:
    """Return flags and quality of translations of one pair, in order; many at once are faster."""
    texts = [hypothesis.text for _, hypothesis in rendered]
    return _verdicts(pair, rendered, [(text, False) for text in texts])


def check_with(glossary: Glossary) -> Check:
    """Return the function that puts the glossary's terms right, then checks."""
    if not glossary.terms:
        return check_all

    def check(pair: Pair, rendered: Sequence[Rendered]) -> list[Verdict]:
        corrected = []
        for source, hypothesis in rendered:
            text, lost = terms.honoured(glossary, terms.pair_name(*pair), source, hypothesis.text)
            corrected.append((text, bool(lost)))
        return _verdicts(pair, rendered, corrected)

    return check


def _verdicts(
    pair: Pair, rendered: Sequence[Rendered], corrected: Sequence[tuple[str, bool]]
) -> list[Verdict]:
    """Judge texts that may differ from what the model said, each with whether it lacks a term."""
    renderings = [
        Rendering(
            source=source,
            output=text,
            source_language=pair.source,
            target_language=pair.target,
            model_score=hypothesis.score,
        )
        for (source, hypothesis), (text, _) in zip(rendered, corrected, strict=True)
    ]
    return [
        Verdict(
            text=text,
            flags=(*judgement.flags, *((terms.FLAG,) if lost else ())),
            quality=round(judgement.quality, QUALITY_DIGITS),
            certain=not _CERTAIN.isdisjoint(judgement.flags),
        )
        for (text, lost), judgement in zip(corrected, judge_all(renderings), strict=True)
    ]
