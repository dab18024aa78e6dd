"""An outlet's recurring lines are learned in the warehouse and go from all of its articles."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.cleaning.edits import undo_edits
from monitor.cli import cli
from monitor.config import make_plan
from monitor.models import Metadata
from monitor.pipeline import execute, ingest, pending_tasks
from monitor.recleaning import clean_again
from monitor.settings import read_settings
from monitor.spool import load_batches, prepare_batch, write_tasks
from monitor.warehouse.articles import fetch_article
from monitor.warehouse.query import ask

FOOT = "The Harbour Post is printed on the island by the people who also write it."
SUBJECTS = ["bridge", "ferry", "market", "school", "library", "lighthouse", "orchard", "railway"]


WORDS = (  # noqa: SIM905  # a list of so many words reads worse
    "after again along always among around autumn baker before behind beside bread bridge broken brother candle "
    "carpet castle chair clock coat corner cotton cousin daily daughter dinner doctor early engine evening farmer "
    "father finger flower forest garden gentle glass grain green guest hammer harvest heavy hollow honest island "
    "kettle kitchen ladder later letter little mirror morning mother narrow needle never orange paper pepper "
    "pillow pocket quiet rather river round sailor salmon second silver simple sister summer table thread timber "
    "towel under valley violet walnut water weather window winter wooden yellow"
).split()


def text_about(subject: str) -> str:
    """Return three sentences that no other subject has."""
    chance = random.Random(subject)
    said = (" ".join(chance.sample(WORDS, 16)) for _ in range(3))
    return "".join(f"The {subject} {words}, as everybody said.\n" for words in said) + FOOT + "\n"


@pytest.fixture
def plan(tmp_path):
    settings = read_settings(warehouse=str(tmp_path / "w.duckdb"), translation={"targets": ()})
    return make_plan(settings, given=Metadata(source="harbour.example"))


def written(folder: Path, subjects) -> Path:
    folder.mkdir(exist_ok=True)
    for subject in subjects:
        (folder / f"{subject}.txt").write_text(text_about(subject), encoding="utf-8")
    return folder


def texts(plan) -> dict[str, str]:
    rows = ask(plan.warehouse.current, "select input_uri, text from articles order by all").rows
    return {uri.rsplit("/", 1)[1]: text for uri, text in rows}


def test_a_recurring_line_goes_from_later_articles_and_after_cleaning_again_from_the_first(plan, tmp_path):
    ingest([written(tmp_path / "first", SUBJECTS[:5])], plan)
    assert all(FOOT in text for text in texts(plan).values())
    ingest([written(tmp_path / "later", SUBJECTS[5:6])], plan)
    assert FOOT not in texts(plan)["lighthouse.txt"]
    tally = execute(plan, clean_again, command="clean --again")
    assert tally.phases["clean"]["changed"] == 5
    assert not [text for text in texts(plan).values() if FOOT in text]
    stored = fetch_article(plan.warehouse.current, "bridge.txt")
    assert stored.row["revision"] == 1
    assert undo_edits(stored.row["text"], stored.cleaned.edits) == text_about("bridge")
    assert {edit.rule for edit in stored.cleaned.edits} == {"line:learned"}


def test_batches_prepared_beforehand_lose_what_an_ingest_would_take_out(plan, tmp_path):
    ingest([written(tmp_path / "first", SUBJECTS[:5])], plan)
    tasks, skipped = pending_tasks([written(tmp_path / "later", SUBJECTS[5:6])], plan)
    batches = write_tasks(tmp_path / "spool", tasks, 10)
    assert [prepare_batch(batch, plan) for batch in batches] == [1]
    load_batches(batches, plan, skipped=skipped)
    assert FOOT not in texts(plan)["lighthouse.txt"]


def test_three_articles_are_too_few_because_none_counts_for_itself(plan, tmp_path):
    ingest([written(tmp_path / "few", SUBJECTS[:3])], plan)
    execute(plan, clean_again, command="clean --again")
    assert all(FOOT in text for text in texts(plan).values())


def test_after_cleaning_again_the_order_of_arrival_does_not_matter(plan, tmp_path):
    results = []
    for seed in (1, 5):
        order = random.Random(seed).sample(SUBJECTS[:6], 6)
        other = make_plan(
            read_settings(warehouse=str(tmp_path / f"{seed}.duckdb"), translation={"targets": ()}),
            given=plan.given,
        )
        ingest([written(tmp_path / f"{seed}-first", order[:5])], other)
        ingest([written(tmp_path / f"{seed}-later", order[5:])], other)
        execute(other, clean_again, command="clean --again")
        results.append(texts(other))
    assert results[0] == results[1]


def test_an_article_that_no_worker_can_clean_in_time_stays_as_it_was(plan, tmp_path):
    long = "".join(text_about(f"bridge {number}").replace(FOOT, "") for number in range(1500))
    folder = written(tmp_path / "first", SUBJECTS[1:2])
    (folder / "long.txt").write_text(long, encoding="utf-8")
    ingest([folder], plan)
    before = texts(plan)
    tally = execute(replace(plan, deadline_s=-1.0), clean_again, command="clean --again")
    assert tally.phases["clean"]["lines"][1].endswith("could not be cleaned again and stay as they were")
    assert texts(plan) == before


def test_a_persons_mark_is_remembered_for_the_outlet(plan, tmp_path, runner):
    ingest([written(tmp_path / "first", SUBJECTS[:5])], plan)
    options = ["--warehouse", str(tmp_path / "w.duckdb")]
    assert runner.invoke(cli, ["explain", "bridge.txt", "--keep", FOOT, *options]).exit_code == 0
    ingest([written(tmp_path / "later", SUBJECTS[5:])], plan)
    execute(plan, clean_again, command="clean --again")
    assert all(FOOT in text for text in texts(plan).values())
    assert runner.invoke(cli, ["explain", "bridge.txt", "--drop", FOOT, *options]).exit_code == 0
    execute(plan, clean_again, command="clean --again")
    assert not [text for text in texts(plan).values() if FOOT in text]


def test_the_command_lists_what_is_known(plan, tmp_path, runner):
    ingest([written(tmp_path / "first", SUBJECTS)], plan)
    result = runner.invoke(cli, ["clean", "--warehouse", str(tmp_path / "w.duckdb")])
    assert result.output.startswith("harbour.example\t8\tthe harbour post is printed on the island")


@pytest.fixture
def runner():
    from click.testing import CliRunner  # noqa: PLC0415, TID251

    return CliRunner()
