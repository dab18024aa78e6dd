"""Proves that what a warehouse needs can be translated here and now, with no network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.errors import ModelDamaged
from monitor.translation.canary import doubt_about
from monitor.translation.engine import Pair
from monitor.translation.packages import Damaged
from monitor.translation.routes import open_route
from monitor.translation.store import Store
from monitor.translation.ways import Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A pair or a model that was tried; `problem` is None where all is well."""

    what: str
    problem: str | None = None


def readiness(pairs: Iterable[Pair], store: Store, ways: Ways) -> Iterator[Finding]:
    """Compare every model with the lock file, then load the way of each pair and translate a sentence."""
    for found in store.look():
        yield Finding(what=found.name, problem=found.reason if isinstance(found, Damaged) else None)
    for pair in sorted(set(pairs)):
        yield Finding(what=str(pair), problem=_problem(pair, ways))


def _problem(pair: Pair, ways: Ways) -> str | None:
    route = ways.find(pair)
    if route is None:
        return ways.reasons[pair]
    try:
        return doubt_about(open_route(route)) or None
    except ModelDamaged as error:
        return str(error)
