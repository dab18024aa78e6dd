"""Finds the way from one language to another through the models that are there, and opens it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import ModelMissing
from monitor.languages import ENGLISH, Language
from monitor.translation.argos import open_argos
from monitor.translation.canary import doubt_about
from monitor.translation.ctranslate2_folder import open_ctranslate2
from monitor.translation.decoder import Decoder
from monitor.translation.engine import Pair, Translator
from monitor.translation.packages import Kind, Package
from monitor.translation.pivot import Pivot
from monitor.translation.sisters import sisters
from monitor.translation.store import Model

_OPENERS: dict[Kind, Callable[..., Decoder]] = {"argos": open_argos, "ctranslate2": open_ctranslate2}

_COMPUTE_TYPES = ("default", "float32", "int8_float32")


class Shelf(Protocol):
    """Where models come from; `Store` is one."""

    def choose(self, pair: Pair) -> Model | None:
        """Return the model that serves a pair directly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One model, or two with a language between them; `pair` is what was asked for."""

    pair: Pair
    models: tuple[Model, ...]

    @property
    def hash(self) -> str:
        """The identity of the models together."""
        return "+".join(model.hash for model in self.models)

    def __str__(self) -> str:
        languages = (
            self.models[0].package.pair.source,
            *(model.package.pair.target for model in self.models),
        )
        return "→".join(languages)


def find_route(pair: Pair, shelf: Shelf, pivots: Sequence[Language] = (ENGLISH,)) -> Route:
    """Return the direct model, a sister variety's, or two by way of a pivot, in this order."""
    for source, _ in (pair, *sisters(pair)):
        if model := shelf.choose(Pair(source, pair.target)):
            return Route(pair=pair, models=(model,))
        for pivot in pivots:
            if pivot in (source, pair.target):
                continue
            first, second = shelf.choose(Pair(source, pivot)), shelf.choose(Pair(pivot, pair.target))
            if first and second:
                return Route(pair=pair, models=(first, second))
    raise ModelMissing(f"no model translates {pair}; `monitor models install {pair}` gets one")


def open_route(route: Route, parallel: int = 1) -> Translator:
    """Load the models of a route."""
    engines = [open_model(model, parallel) for model in route.models]
    return engines[0] if len(engines) == 1 else Pivot(*engines)


def open_model(model: Model, parallel: int = 1) -> Translator:
    """Load one model that was checked."""
    opener = _OPENERS[model.package.kind]
    return opener(model.package, model.hash, compute_type=model.compute_type, parallel=parallel)


def try_package(package: Package) -> tuple[str, str]:
    """Return the arithmetic with which a package translates a plain sentence, and the doubt if none does."""
    doubts = []
    for compute_type in _COMPUTE_TYPES:
        engine = _OPENERS[package.kind](package, "", compute_type=compute_type)
        doubt = doubt_about(engine)
        if not doubt:
            return compute_type, ""
        doubts.append(doubt)
    return _COMPUTE_TYPES[0], doubts[0]
