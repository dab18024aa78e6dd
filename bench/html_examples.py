"""Turn labelled web pages into examples for the model that judges their blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from bench.html_scores import Bag, shingles, tokens
from bench.readability_text import readability_text
from monitor.readers.html import Look, look_at
from monitor.readers.html_blocks import Layout
from monitor.readers.html_candidates import trafilatura_text
from monitor.readers.html_evidence import Column, bare
from monitor.readers.html_features import measure
from monitor.readers.html_second_look import second_measures
from monitor.readers.html_title import title_of
from monitor.readers.html_wording import Wording

_SECOND_LEVEL = 3  # letters of a label such as "co" in example.co.uk


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One labelled page: its blocks' measures by name, how much of each is in the article, and what it weighs.

    The reader leaves the `title` out of the text.

    The first of the `tables` counts; the others hold the same measures taken with other extractors' texts in the
    place of the one that counts: they teach the model to doubt it.
    """

    domain: str
    source: str
    title: str | None
    gold: Bag
    layout: Layout
    names: tuple[str, ...]
    tables: list[NDArray[np.float32]]
    label: NDArray[np.float64]
    weight: NDArray[np.float64]


def example(page: dict[str, str], known: Wording) -> Example | None:
    """Return a page as an example; None for one without blocks. `known` must not know the page's own words."""
    look = look_at(page["html"].encode("utf-8", "replace"))
    if not look.layout.blocks:
        return None
    gold = shingles(page["gold"])
    label = labels(look.layout, gold, page["gold"])
    others = (trafilatura_text(look.page.tree, precise=False), readability_text(page["html"]))
    names, tables = _tables(look, known, look.extracted, *others)
    return Example(
        domain=site_of(page),
        source=page["source"],
        title=title_of(look.page.tree, look.head, look.layout),
        gold=gold,
        layout=look.layout,
        names=names,
        tables=tables,
        label=label,
        weight=weights(look.layout, label, len(tokens(page["gold"]))),
    )


def _tables(
    look: Look, known: Wording, *texts: str | None
) -> tuple[tuple[str, ...], list[NDArray[np.float32]]]:
    """Return the names of all measures, and their tables with each of the texts as the extractor's."""
    measured = [measure(look.layout, text, look.hints, known) for text in texts]
    return tuple(measured[0]), [np.stack(list(columns.values()), axis=1) for columns in measured]


def second_tables(one: Example, odds: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float32]]:
    """Return an example's measures for the second look, for as many of its tables as there are first odds."""
    return [
        np.stack(list(_second(one, table, values).values()), axis=1)
        for table, values in zip(one.tables, odds, strict=False)
    ]


def second_names(one: Example) -> tuple[str, ...]:
    """Return the names of the measures for the second look."""
    return tuple(_second(one, one.tables[0], np.zeros(len(one.tables[0]))))


def _second(one: Example, table: NDArray[np.float32], odds: NDArray[np.float64]) -> dict[str, Column]:
    return second_measures(one.layout, dict(zip(one.names, table.T, strict=True)), odds)


def site_of(page: dict[str, str]) -> str:
    """Return the registered domain that a labelled page comes from, roughly."""
    return domain_of(page.get("url") or page["id"])


def domain_of(address: str) -> str:
    """Return the registered domain of an address, roughly: two labels, three below a short second one."""
    labels = (urlsplit(address if "//" in address else f"//{address}").hostname or address).split(".")
    short = len(labels) > 1 and len(labels[-2]) <= _SECOND_LEVEL
    return ".".join(labels[-3 if short else -2 :])


def labels(layout: Layout, gold: Bag, text: str) -> NDArray[np.float64]:
    """Return the share of each block's runs of four tokens that the labelled text has.

    A block with fewer tokens counts where it is a line of that text or continues it from a neighbour.
    """
    lines = {bare(line) for line in text.split("\n")}
    found = [tokens(block.text) for block in layout.blocks]
    result = []
    for at, own in enumerate(found):
        before = found[at - 1][-3:] if at else []
        after = found[at + 1][:3] if at + 1 < len(found) else []
        if len(own) >= 4:
            runs = shingles(layout.blocks[at].text)
            result.append(sum((runs & gold).values()) / runs.total())
        else:
            joined = (run for run in (before + own, own + after) if len(run) >= 4)
            result.append(float(bare("".join(own)) in lines or any(_all_in(run, gold) for run in joined)))
    return np.array(result)


def _all_in(run: list[str], gold: Bag) -> bool:
    return all(tuple(run[at : at + 4]) in gold for at in range(len(run) - 3))


def weights(layout: Layout, label: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return what each block weighs: its share of its page's article, less where the label is in doubt."""
    length = np.array([len(tokens(block.text)) for block in layout.blocks], float)
    share = np.minimum(length / max(50, size), 2) + 0.02 / np.sqrt(len(length))
    return np.asarray(share * np.clip(np.abs(label - 0.5) * 2, 0.05, 1), float)
