"""What goes between monitor and its translating processes."""

from dataclasses import dataclass, field

from monitor.translation.checked import Recipe, Translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a translating process is told once: the folders of the models, how to decode, the glossary's YAML."""

    models: str
    others: tuple[str, ...] = ()
    recipe: Recipe = field(default_factory=Recipe)
    glossary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Sentences of one pair for the models named: one, or two with a language between them.

    `hash` identifies the models' files as the run found them; empty where any will do.
    """

    source: str
    target: str
    models: tuple[str, ...]
    sentences: tuple[str, ...]
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The translations of a task, in its order, or why there are none; then an empty one that is `done`.

    `seconds` are those of the engine and the checks, without loading the model.
    """

    results: tuple[Translated, ...] = ()
    error: str = ""
    seconds: float = 0.0
    done: bool = False
