"""The texts of one article, as it was written and as it was translated, for everything that reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.languages import ENGLISH, UNDETERMINED, Language

Part = Literal["title", "text", "title_translation", "text_translation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """One article's texts; a translation is None where there is none or none was needed."""

    article_id: str
    text: str
    title: str | None = None
    title_translation: str | None = None
    text_translation: str | None = None
    language: Language = UNDETERMINED
    outlet: str | None = None
    published_at: datetime | None = None

    def parts(self) -> Iterator[tuple[Part, str]]:
        """Yield each text that there is with the name of its part."""
        for name, text in (
            ("title", self.title),
            ("text", self.text),
            ("title_translation", self.title_translation),
            ("text_translation", self.text_translation),
        ):
            if text:
                yield name, text  # type: ignore[misc]  # the names above are the Parts

    def english(self) -> str | None:
        """Return title and text in English, from the original or the translation, None where neither is."""
        if self.language == ENGLISH:
            return "\n".join(filter(None, (self.title, self.text)))
        if self.text_translation:
            return "\n".join(filter(None, (self.title_translation, self.text_translation)))
        return None
