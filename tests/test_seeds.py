"""The sample inputs give exactly the rows of the golden files: `MONITOR_GOLDEN=write pytest tests/test_seeds.py`."""

import json
import os
from pathlib import Path

import pytest

from monitor.cleaning.edits import undo_edits
from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.warehouse.articles import fetch_article
from monitor.warehouse.query import ask

SEEDS = Path(__file__).parents[1] / "seeds"
GOLDEN = Path(__file__).parent / "cases" / "seeds"
ARTICLES = """
select
    split_part(input_uri, '/seeds/', 2) as input,
    title, source_id, canonical_url, url, authors, published_at::varchar as published_at, published_at_precision,
    language, other_languages, text_extraction_method, partial_reason, word_count, revision, text
from articles
order by input
"""
EDITS = """
select
    split_part(input_uri, '/seeds/', 2) as input,
    edits.start_offset, edits.removed, edits.inserted, edits.rule
from edits
join articles using (article_id, revision)
order by input, ordinal
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    path = tmp_path_factory.mktemp("seeds") / "monitor.duckdb"
    settings = read_settings(Path(os.devnull), warehouse=str(path))
    tally = ingest([SEEDS], make_plan(settings, phases=()))
    assert tally.rejected == 0
    return path


def rows(warehouse, sql):
    answer = ask(warehouse, sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize(("name", "sql"), [("articles", ARTICLES), ("edits", EDITS)])
def test_the_seeds_give_the_golden_rows(warehouse, name, sql):
    found = rows(warehouse, sql)
    path = GOLDEN / f"{name}.json"
    if os.environ.get("MONITOR_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_the_first_seed_loses_its_read_also_line_and_nothing_else(warehouse):
    raw = (SEEDS / "000_ea65ad8dd09ff835.txt").read_text(encoding="utf-8")
    lines = [line for line in raw.split("\n") if not line.startswith("Read Also:")]
    assert fetch_article(warehouse, "000_ea65ad8dd09ff835.txt").cleaned.text == "\n".join(lines)


def test_the_second_seed_loses_its_noise_and_nothing_of_the_article(warehouse):
    raw = (SEEDS / "001_7db53a709fe0527f.txt").read_text(encoding="utf-8")
    cleaned = fetch_article(warehouse, "001_7db53a709fe0527f.txt").cleaned
    noise = {"Advertisements", "- Stock Market Topics", "-", "20 comment"}
    kept = [line for line in raw.split("\n") if line not in noise]
    assert not noise & set(cleaned.text.split("\n"))
    assert "within China. The collaboration" in cleaned.text
    assert "Jack Ma. Ma, who" in cleaned.text
    without_marks = [
        line.replace(". ", "").replace(" ", "").replace(".", "") for line in cleaned.text.split("\n")
    ]
    assert without_marks == [line.replace(". ", "").replace(" ", "").replace(".", "") for line in kept]
    assert sum(edit.rule.startswith("glue") for edit in cleaned.edits) == 20


def test_the_raw_text_of_every_seed_can_be_rebuilt(warehouse):
    for (uri,) in ask(warehouse, "select input_uri from articles where input_uri like '%.txt'").rows:
        cleaned = fetch_article(warehouse, uri).cleaned
        assert undo_edits(cleaned.text, cleaned.edits) == cleaned.raw
        name = uri.rpartition("/")[2]
        encoding = {"de_haushalt_latin1.txt": "latin-1", "zh_hans_budget_gb18030.txt": "gb18030"}.get(
            name, "utf-8"
        )
        assert cleaned.raw == (SEEDS / name).read_text(encoding=encoding)
