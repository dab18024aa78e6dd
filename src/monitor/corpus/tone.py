"""Say how positive or negative the words of an article are, from -1 to 1, by its English text.

VADER (Hutto and Gilbert 2014; lexicon of 7,500 words rated by people, MIT licence): the mean of its compound
score over the sentences. It counts words, not opinions: a neutral report about a disaster reads negative.
"""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.corpus.article_text import ArticleText
from monitor.corpus.sentences import sentences_of

METHOD = "vader"
_MOST_SENTENCES = 400
_LONGEST_SENTENCE = 1000  # characters; VADER's time grows faster than the length


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """The mean over `sentences` sentences, -1 all negative words, 1 all positive, 0 balanced or none."""

    tone: float
    sentences: int


@cache
def tone_version() -> str:
    """Name the lexicon's version."""
    return f"vaderSentiment {version('vaderSentiment')}"


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def tone(article: ArticleText) -> Tone | None:
    """Rate an article's English text, original or translated; None where there is none."""
    english = article.english()
    if not english:
        return None
    sentences = [sentence[:_LONGEST_SENTENCE] for sentence in sentences_of(english)][:_MOST_SENTENCES]
    if not sentences:
        return None
    scores = [_analyzer().polarity_scores(sentence)["compound"] for sentence in sentences]
    return Tone(tone=round(sum(scores) / len(scores), 4), sentences=len(scores))
