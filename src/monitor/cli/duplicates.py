"""`monitor duplicates`: texts that went through several outlets."""

from pathlib import Path

import click
from rich.text import Text

from monitor.cli.options import config_option, warehouse_option
from monitor.cli.printing import console, listing
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.warehouse.query import ask

_COPIES = """
with largest as (
    select original_id, count(*) as copies
    from duplicates
    group by original_id
    order by copies desc, original_id
    limit $1
)
select
    coalesce(articles.title, left(articles.text, 80)), articles.source_id, articles.language,
    duplicates.method, duplicates.share_copied,
    duplicates.lag_minutes, duplicates.evidence, article_id
from duplicates
join largest using (original_id)
join articles using (article_id)
order by
    largest.copies desc, original_id, duplicates.method <> 'original', duplicates.lag_minutes nulls last, article_id
"""


@click.command()
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Show so many groups, the largest first.",
)
@warehouse_option()
@config_option()
def duplicates(limit: int, warehouse: str | None, config: Path | None) -> None:
    """List groups of copies: the likely original, then its copies with how much they took and how late."""
    path = Path(read_settings(config, warehouse=warehouse).warehouse)
    table = listing(
        "article", "outlet", "language", "copied", "lag", "article_id", "method", right="copied lag"
    )
    for title, outlet, language, method, share, lag, evidence, article_id in ask(
        path, _COPIES, (limit,)
    ).rows:
        original = method == "original"
        if original and table.row_count:
            table.add_section()
        table.add_row(
            Text(one_line(title or ""), style="bold" if original else ""),
            Text(one_line(outlet or "")),
            language,
            "" if original else f"{share:.0%}",
            "" if original or lag is None else _lag(lag),
            article_id[:10],
            f"original, {evidence}" if original else method,
        )
    console().print(table)


def _lag(minutes: float) -> str:
    """Say a lag in the largest unit that fits.

    >>> _lag(42), _lag(150)
    ('42 min', '2.5 h')
    """
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"  # noqa: PLR2004
