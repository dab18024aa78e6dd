"""Which variety of a language another variety's model reads well enough."""

from monitor.languages import Language
from monitor.translation.engine import Pair

_SISTERS: dict[str, Language] = {
    "pt-BR": Language("pt"), "pt": Language("pt-BR"), "zh-Hant": Language("zh-Hans"),
}  # fmt: skip


def sisters(pair: Pair) -> tuple[Pair, ...]:
    """Return the pairs whose models serve a pair that has none of its own.

    >>> [str(pair) for pair in sisters(Pair(Language("zh-Hant"), Language("en")))]
    ['zh-Hans:en']
    """
    sister = _SISTERS.get(pair.source)
    return (Pair(sister, pair.target),) if sister else ()
