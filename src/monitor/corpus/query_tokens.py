"""Cut a question into its words, phrases, operators and parentheses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.errors import UsageError

_DEFAULT_DISTANCE = 10
_TOKEN = re.compile(
    r'\s*(?:(?P<open>[(（])|(?P<close>[)）])|(?P<quote>["“”„])|NEAR(?:/(?P<near>\d{1,6}))?(?=[\s(（"“]|$)'
    r'|(?P<minus>-)(?=[\w"“”„(（])|(?P<field>[A-Za-z_]+)[:：](?=\S)|(?P<word>[^\s()（）"“”„]+))'
)
_QUOTE = re.compile(r'["“”„]')


class QuerySyntaxError(UsageError):
    """A question that cannot be read; `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position + 1})")
        self.position = position


class Token(NamedTuple):
    """One piece of a question and where it begins."""

    kind: str  # open close near field phrase word end
    text: str
    at: int


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the pieces in order, and the end; raises `QuerySyntaxError` where quotation marks do not close."""
    at = 0
    while match := _TOKEN.match(text, at):
        start, at = match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
        if match["quote"]:
            close = _QUOTE.search(text, at)
            if close is None:
                raise QuerySyntaxError("a quotation mark is never closed", start)
            phrase, at = text[at : close.start()], close.end()
            if not phrase.strip():
                raise QuerySyntaxError("there is nothing between the quotation marks", start)
            yield Token("phrase", " ".join(phrase.split()), start)
        elif match["open"] or match["close"]:
            yield Token("open" if match["open"] else "close", match[0].strip(), start)
        elif match["field"]:
            yield Token("field", match["field"].lower(), start)
        elif match["minus"]:
            yield Token("word", "NOT", start)
        elif match["word"]:
            yield Token("word", match["word"], start)
        else:
            yield Token("near", match["near"] or str(_DEFAULT_DISTANCE), start)
    yield Token("end", "", len(text))
