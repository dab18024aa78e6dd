"""A sentence beside its translation, as every check sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One sentence and what a model made of it.

    `source_language` and `target_language` are BCP 47 tags; `model_score` is the model's mean log probability
    of a token, None where it is not known.
    """

    source: str
    output: str
    source_language: str
    target_language: str = "en"
    model_score: float | None = None

    @property
    def source_code(self) -> str:
        """Return the source's language without its variety: zh-Hant is zh."""
        return self.source_language.partition("-")[0]

    @property
    def target_code(self) -> str:
        """Return the target's language without its variety."""
        return self.target_language.partition("-")[0]
