"""Articles in, translated articles out; by real small models, and by engines that crash, hang and rave."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from translation_corpus import use_models, write

from monitor.config import make_plan, make_store, make_translation
from monitor.pipeline import execute, ingest
from monitor.settings import read_settings
from monitor.translation.bulk import BATCH_CHARACTERS, batches
from monitor.translation.crew import Processes
from monitor.translation.engine import parse_pair
from monitor.translation.keys import Keys
from monitor.translation.routes import try_package
from monitor.translation.tasks import Setup, Task
from monitor.translation_phase import TranslationPhase, fitting
from monitor.warehouse import translations as table
from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.query import ask

MOCK = (sys.executable, str(Path(__file__).parent / "mock_worker.py"))


def run(**options):
    return ingest(["in"], make_plan(read_settings(), **options))


def translate(**options):
    settings = read_settings()
    phase = make_translation(settings, **options)
    return execute(make_plan(settings), phase, command="translate")


def counted(tally, name):
    return sum(count[name] for count in tally.phases["translation"]["pairs"].values())


def rows(sql):
    return ask(Path("warehouse/monitor.duckdb"), sql).rows


def translations():
    return rows("select title, rtrim(text, e'\\n') from article_translations order by 1, 2")


def test_articles_in_three_languages_come_out_as_their_references(place):
    codes = ("es", "de", "zh", "es", "de", "zh")
    references = [write(place, number, code) for number, code in enumerate(codes)]
    tally = run()
    assert translations() == sorted(references)
    assert rows("select distinct state, pending_count, reason from article_translations") == [
        ("complete", 0, None)
    ]
    assert counted(tally, "translated") == counted(tally, "wanted")
    assert rows("select count(*) from translations") == [(counted(tally, "wanted"),)]


def test_a_second_run_translates_nothing_and_writes_nothing(place):
    write(place, 1, "es")
    run()
    before = Path("warehouse/monitor.duckdb").stat().st_mtime_ns
    assert "translation" not in run().phases
    assert Path("warehouse/monitor.duckdb").stat().st_mtime_ns == before


def test_a_syndicated_copy_is_translated_from_memory(place):
    write(place, 1, "es", seed=5)
    run()
    write(place, 2, "es", seed=5)
    (place / "in" / "2.md").write_text(
        (place / "in" / "2.md").read_text()
        + "\nChile e India firmaron un acuerdo comercial en Roma, dijo Carmen Novak.\n"
    )
    tally = run()
    assert counted(tally, "translated") == 1
    assert counted(tally, "remembered") == counted(tally, "wanted") - 1


def test_no_time_leaves_every_article_pending_and_the_next_command_goes_on(place):
    references = [write(place, number, "de") for number in range(3)]
    phase = replace(make_translation(read_settings()), max_time_s=0.0)
    tally = run(phases=(phase,))
    assert rows("select distinct state from article_translations") == [("none",)]
    assert "`monitor translate` goes on" in tally.phases["translation"]["lines"][-1]
    translate()
    assert translations() == sorted(references)


class Sand:
    """Progress that runs out with the first batch of translations."""

    def __init__(self):
        self.phase, self.over = "", False

    def begin(self, phase, _total):
        self.phase = phase

    def advance(self, _steps=1, **_counts):
        self.over = self.phase == "translate"

    def note(self, line):
        raise AssertionError(line)


def test_titles_and_first_paragraphs_go_first(place, monkeypatch):
    references = [write(place, number, "es", paragraphs=6) for number in range(3)]
    sand = Sand()
    monkeypatch.setattr(TranslationPhase, "_timer", lambda _self: lambda: sand.over)
    ingest(["in"], make_plan(read_settings()), sand)
    assert translations() == sorted((title, text.split("\n")[0]) for title, text in references)
    assert rows("select distinct state, reason from article_translations") == [
        ("part", "sentences are pending")
    ]


def test_a_language_without_a_model_is_named_with_the_command_that_installs_it(place):
    (place / "in" / "1.txt").write_text(
        "La ville a décidé dimanche de garder son vieux phare ouvert.\n"
        "Plus de neuf mille personnes ont voté, deux fois plus qu'il y a quatre ans, a dit la maire.\n"
    )
    tally = run()
    ((state, reason),) = rows("select state, reason from article_translations")
    assert state == "none"
    assert reason == "no model translates fr:en; `monitor models install fr:en` gets one"
    assert tally.phases["translation"]["lines"] == [
        "not translated, for want of a model: French; `monitor models install fr:en` gets them"
    ]
    assert "translation" not in run().phases


@pytest.mark.parametrize("again", [False, True])
def test_what_a_model_translated_outlives_it(place, archives, again):
    use_models(place / "models")
    store = make_store(read_settings())
    for code in ("es", "de"):
        store.install(archives[code], origin=code, trial=try_package)
    references = [write(place, 1, "es")]
    run()
    (place / "models" / "translate-es_en-1_0" / "README.md").write_text("changed")
    references.append(write(place, 2, "de"))
    tally = run(phases=(make_translation(read_settings(), again=again),))
    assert translations() == sorted(references)
    assert (
        "model translate-es_en-1_0 is not used: is damaged: README.md has changed"
        in (tally.phases["translation"]["lines"])
    )


def test_a_model_that_arrives_later_translates_what_waited(place, archives):
    use_models(place / "models")
    reference = write(place, 1, "zh")
    run()
    make_store(read_settings()).install(archives["zh"], origin="zh", trial=try_package)
    run()
    assert translations() == [reference]


def test_another_model_of_one_pair_invalidates_that_pair_alone(place, archives):
    use_models(place / "models")
    store = make_store(read_settings())
    for archive in archives.values():
        store.install(archive, origin="x", trial=try_package)
    write(place, 1, "es")
    write(place, 2, "de")
    run()
    store.remove("translate-es_en-1_0")
    changed = place / "changed"
    store.install_folder(copied(store.folder / "translate-de_en-1_0", changed), origin="x", trial=try_package)
    store.pin("translate-de_en-1_0-" + next(store.folder.glob("*1_0-*")).name.rpartition("-")[2])
    tally = translate()
    assert {pair: c["translated"] > 0 for pair, c in tally.phases["translation"]["pairs"].items()} == {
        "de:en": True
    }


def copied(source, place):
    for path in source.rglob("*"):
        if path.is_file():
            target = place / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (place / "README.md").write_text("changed")
    return place


def test_again_translates_also_what_the_memory_knows(place):
    reference = write(place, 1, "es")
    first = counted(run(), "translated")
    assert counted(translate(again=True), "translated") == first
    assert rows("select count(*) from translations") == [(first,)]
    assert translations() == [reference]


def test_several_targets_stand_side_by_side(place):
    write(place, 1, "es")
    Path("monitor.toml").write_text(
        Path("monitor.toml").read_text().replace("[translation]", "[translation]\ntargets = ['en', 'de']")
    )
    run()
    assert rows("select target_language, state, route from article_translations order by 1") == [
        ("de", "none", ""),
        ("en", "complete", "es→en"),
    ]


def test_a_changed_term_of_the_glossary_redoes_its_sentences_alone(place):
    (place / "in" / "1.txt").write_text(
        "El precio del cobre subió un 3 % en Madrid.\nLa ministra de Energía de Chile, Ana Torres, dimitió ayer.\n"
    )
    assert counted(run(), "translated") == 2
    (place / "terms.yaml").write_text("es-en: [{source: cobre, target: red metal, wrong: [copper]}]\n")
    text = Path("monitor.toml").read_text().replace("[translation]", "[translation]\nglossary = 'terms.yaml'")
    Path("monitor.toml").write_text(text)
    assert counted(translate(), "translated") == 1
    ((translated,),) = rows("select text from article_translations")
    assert translated.startswith("The price of red metal rose 3% in Madrid.")


def crew(**options):
    return Processes(Setup(models=""), command=MOCK, **options)


def task(*sentences, models=("m",)):
    return Task(source="es", target="en", models=models, sentences=sentences)


@pytest.mark.parametrize("order", ["crash", "hang"])
def test_a_sentence_that_kills_the_engine_costs_itself_alone(order):
    with crew(deadline_s=5.0 if order == "hang" else 60.0) as workers:
        (outcome,) = workers.translate([task("a", order, "b", "print c")])
    assert [result.text for result in outcome.results] == ["A", order, "B", "PRINT C"]
    assert [bool(result.flags) for result in outcome.results] == [False, True, False, False]
    assert outcome.results[1].method == "failed"


def test_rubbish_is_decoded_again_and_kept_with_its_flags_where_nothing_passes():
    with crew() as workers:
        (outcome,) = workers.translate([task("fine", "rave", "rave always")])
    fine, once, always = outcome.results
    assert (fine.text, fine.method, fine.flags) == ("FINE", "first", ())
    assert (once.text, once.method, once.flags) == ("RAVE", "again", ())
    assert always.text.startswith("la la")
    assert always.flags


def test_a_model_that_kills_every_process_is_given_up_and_others_go_on():
    with crew() as workers:
        outcomes = [
            *workers.translate(
                [task(*"abcdefgh", models=("broken",)), task("x", models=("broken",)), task("y")]
            )
        ]
    assert [bool(outcome.error) for outcome in outcomes] == [True, True, False]
    assert "exit status 3" in outcomes[0].error


def test_there_are_no_more_processes_than_the_memory_holds():
    assert fitting(1 << 50) == 1
    assert fitting(300 << 20) >= 1
    assert fitting(0) >= fitting(300 << 20)


def test_every_task_comes_back_whatever_the_number_of_workers():
    tasks = [task(f"sentence {number}", f"other {number}") for number in range(30)]
    with crew(workers=3) as workers:
        found = {text for o in workers.translate(iter(tasks)) for text in (r.text for r in o.results)}
    assert found == {sentence.upper() for t in tasks for sentence in t.sentences}


def keys_of(**sizes):
    recipe = Keys(recipe="r")
    return [
        recipe.key(parse_pair(f"{code}:en"), f"{number:04}" * 25, "m")
        for code, count in sizes.items()
        for number in range(count)
    ]


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_every_sentence_is_in_one_batch_of_its_own_pair(workers):
    keys = keys_of(es=900, de=20, fr=300)
    found = [*batches(keys, workers)]
    assert sorted(key.id for batch in found for key in batch) == sorted(key.id for key in keys)
    assert all(len({key.pair for key in batch}) == 1 for batch in found)
    assert max(sum(len(key.text) for key in batch) for batch in found) <= BATCH_CHARACTERS


def test_the_last_batches_are_small_so_that_no_worker_waits_long():
    sizes = [len(batch) for batch in batches(keys_of(es=900), 2)]
    assert sizes == sorted(sizes, reverse=True)
    free_at = [0, 0]
    for size in sizes:
        free_at[free_at.index(min(free_at))] += size
    assert sum(free_at) / (2 * max(free_at)) > 0.98
    assert len({len(batch) for batch in batches(keys_of(es=900), 1)}) <= 2


def test_a_pair_with_little_to_translate_is_loaded_by_one_worker():
    found = [*batches(keys_of(de=30, es=900, fr=40), 2)]
    pairs = [str(batch[0].pair) for batch in found]
    assert (pairs.count("fr:en"), pairs.count("de:en")) == (1, 1)
    assert pairs == sorted(pairs, key=["es:en", "fr:en", "de:en"].index)


def test_a_run_killed_between_two_chunks_ends_like_an_undisturbed_one(place, monkeypatch):
    for number, code in enumerate(("es", "de", "zh")):
        write(place, number, code)
    run()
    undisturbed = digest("warehouse/monitor.duckdb")
    monkeypatch.setenv("MONITOR_WAREHOUSE", "warehouse/killed.duckdb")
    monkeypatch.setattr("monitor.translating.CHUNK", 1)
    with monkeypatch.context() as patch:
        patch.setattr("monitor.warehouse.translations.write", killed_at_second(table.write))
        with pytest.raises(KeyboardInterrupt):
            run()
    run()
    assert digest("warehouse/killed.duckdb") == undisturbed


def killed_at_second(write_them):
    calls = []

    def write_or_die(*arguments):
        calls.append(arguments)
        if len(calls) > 1:
            raise KeyboardInterrupt
        write_them(*arguments)

    return write_or_die


def digest(path):
    connection = open_reader(Path(path))
    try:
        return logical_digest(connection)
    finally:
        connection.close()


@pytest.mark.end_to_end
def test_processes_of_the_command_translate_as_well(place, monkeypatch):
    monkeypatch.undo()
    monkeypatch.chdir(place)
    monkeypatch.setattr("monitor.config.argos_folders", tuple)
    references = [write(place, number, code) for number, code in enumerate(("es", "de"))]
    run()
    assert translations() == sorted(references)
