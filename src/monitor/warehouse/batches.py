"""Work through any number of articles a batch at a time, in memory that does not grow with their number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from monitor.warehouse.connection import Connection

Item = TypeVar("Item")
Renewed = Callable[[], Connection]  # closes the connection and returns another one to the same warehouse

MANY = 1_000  # articles after which the next step begins with a new connection
MOST_CHARACTERS = 4 << 20  # of texts in memory at once
_RENEWED_AFTER = 10  # batches with one connection: what DuckDB notes of each row is gone with it


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield so many items at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def portions(
    items: Iterable[Item], most: int, size_of: Callable[[Item], int], largest: int = MOST_CHARACTERS
) -> Iterator[list[Item]]:
    """Yield so many items at a time, or fewer that have so many characters together."""
    portion: list[Item] = []
    size = 0
    for item in items:
        portion.append(item)
        size += size_of(item)
        if len(portion) >= most or size >= largest:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def renewing(
    connection: Connection,
    some: Iterable[Item],
    renewed: Renewed | None,
    *,
    after: int = _RENEWED_AFTER,
    closing: Callable[[Connection], object] = lambda _: None,
) -> Iterator[tuple[Connection, Item]]:
    """Yield each batch with the connection to use from then on; the same one where it cannot be renewed.

    `closing` is what is done with one before it is closed.
    """
    for number, batch in enumerate(some):
        if renewed and number and number % after == 0:
            closing(connection)
            connection = renewed()
        yield connection, batch
