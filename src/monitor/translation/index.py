"""Reads the list of models that can be had: Argos's package index, or one of the same format."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from monitor.errors import TranslationError
from monitor.languages import UNDETERMINED, from_argos
from monitor.translation.engine import Pair

ARGOS_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A model that an index offers; `links` are where its archive lies, the best first."""

    pair: Pair
    version: str
    links: tuple[str, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, for comparing."""
        return tuple(int(part) for part in self.version.split(".") if part.isdecimal())


class _Entry(msgspec.Struct):
    """One package of the index, as far as we read it."""

    from_code: str = ""
    to_code: str = ""
    package_version: str = ""
    type: str = "translate"
    links: list[str] = []


def read_index(data: bytes) -> list[Offer]:
    """Return the translation models of an index, by pair, the newest first.

    Entries of another type, without a link that we can follow, or in a language that we do not know, are
    left out.
    """
    try:
        entries = msgspec.json.decode(data, type=list[_Entry])
    except msgspec.DecodeError as error:
        raise TranslationError(f"the index cannot be read: {error}") from error
    offers = [_offer(entry) for entry in entries if entry.type == "translate"]
    known = [offer for offer in offers if offer.links and UNDETERMINED not in offer.pair]
    return sorted(known, key=lambda offer: (offer.pair, [-part for part in offer.order]))


def newest(offers: Iterable[Offer], pair: Pair) -> Offer | None:
    """Return the newest offer for a pair; None where there is none."""
    return max((offer for offer in offers if offer.pair == pair), key=lambda offer: offer.order, default=None)


def _offer(entry: _Entry) -> Offer:
    links = tuple(link for link in entry.links if link.startswith(("https://", "http://", "file://")))
    pair = Pair(from_argos(entry.from_code), from_argos(entry.to_code))
    return Offer(pair=pair, version=entry.package_version, links=links)
