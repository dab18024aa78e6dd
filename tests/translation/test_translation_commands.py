"""The commands around translation, as a user types them."""

import json
import zipfile

import pytest
from translation_corpus import use_models, write

from monitor.cli import cli
from monitor.errors import TranslationError, UsageError
from monitor.translation.engine import parse_pair
from monitor.translation.fetching import wanted_from
from monitor.translation_phase import want


@pytest.fixture
def monitor(place, capsys):
    assert place

    def call(*arguments, code=0):
        result = cli.main([*arguments], standalone_mode=False)
        assert (result or 0) == code
        return capsys.readouterr().out

    return call


def test_translate_says_what_waits_and_what_it_did(place, monitor):
    write(place, 1, "es")
    summary = monitor("ingest", "in", "--quiet")
    assert "translation into English:" in summary
    assert "nothing waits" in monitor("translate", "--quiet")
    status = json.loads(monitor("translate", "--status", "--json"))
    assert (status["pairs"], status["hit_rate"]) == ([], 0.0)
    assert status["remembered"] > 0


def test_status_counts_what_waits_by_pair_and_estimates_the_time(place, monitor):
    write(place, 1, "es")
    monitor("ingest", "in", "--quiet")
    write(place, 2, "es")
    write(place, 3, "de")
    monitor("ingest", "in", "--quiet", "--config", str(config_without_targets(place)))
    status = json.loads(monitor("translate", "--status", "--json"))
    found = {pair["pair"]: pair for pair in status["pairs"]}
    assert found.keys() == {"es:en", "de:en"}
    assert found["es:en"]["seconds"] > 0
    assert found["de:en"]["seconds"] is None
    assert all(pair["sentences"] > 2 for pair in found.values())
    assert "es:en:" in monitor("translate", "--status")


def config_without_targets(place):
    path = place / "no-targets.toml"
    path.write_text(
        (place / "monitor.toml").read_text().replace("[translation]", "[translation]\ntargets = []")
    )
    return path


def test_models_are_installed_listed_verified_pinned_and_removed(place, monitor, archives):
    use_models(place / "models")
    assert "no models" in monitor("models", "list")
    assert "1.2 MB" in monitor("models", "install", str(archives["es"]), "--dry-run")
    assert "no models" in monitor("models", "list")
    assert "installed translate-es_en-1_0 for es:en" in monitor("models", "install", str(archives["es"]))
    assert "ready" in monitor("models", "list")
    monitor("models", "pin", "translate-es_en-1_0")
    assert "pinned" in monitor("models", "list")
    monitor("models", "verify")
    (place / "models" / "translate-es_en-1_0" / "metadata.json").unlink()
    assert "has no metadata.json" in monitor("models", "verify", code=1)
    monitor("models", "remove", "translate-es_en-1_0")
    assert "no models" in monitor("models", "list")


def test_models_are_installed_for_the_languages_of_a_corpus(place, monitor, archives):
    use_models(place / "models")
    write(place, 1, "es")
    write(place, 2, "de")
    entries = [
        {"from_code": code, "to_code": "en", "package_version": "1.0", "links": [archives[code].as_uri()]}
        for code in ("es", "de", "zh")
    ]
    (place / "index.json").write_text(json.dumps(entries))
    monitor("models", "install", "--for", "in", "--index", str(place))
    assert {path.name for path in (place / "models").glob("tr*")} == {
        "translate-es_en-1_0",
        "translate-de_en-1_0",
    }
    assert "zh-Hans:en" in monitor("models", "search", "zh", "--index", str(place))


def test_models_are_installed_for_what_the_articles_in_the_warehouse_wait_for(place, monitor, archives):
    use_models(place / "models")
    write(place, 1, "es")
    write(place, 2, "de")
    monitor("ingest", "in")
    entries = [
        {"from_code": code, "to_code": "en", "package_version": "1.0", "links": [archives[code].as_uri()]}
        for code in ("es", "zh")
    ]
    (place / "index.json").write_text(json.dumps(entries))
    said = monitor("models", "install", "--missing", "--index", str(place))
    assert "installed translate-es_en-1_0 for es:en" in said
    assert [path.name for path in (place / "models").glob("tr*")] == ["translate-es_en-1_0"]
    assert "installed" not in monitor("models", "install", "--missing", "--index", str(place))


def test_the_summary_names_few_of_many_languages_without_a_model():
    pairs = [parse_pair(f"{code}:en") for code in ("ar", "de", "es", "fr", "hi", "it", "ja", "ko")]
    assert want(pairs).endswith(
        "Arabic, German, Spanish, French, Hindi, Italian and 2 more languages; "
        "`monitor models install --missing` gets them"
    )
    assert want(pairs[:2]).endswith("Arabic, German; `monitor models install ar:en de:en` gets them")
    to_german = [parse_pair(f"{code}:de") for code in ("ar", "en", "es", "fr", "hi", "it", "ja")]
    assert want(to_german).endswith(
        "and 1 more languages; `monitor models install --missing --to de` gets them"
    )


def test_a_sister_variety_is_fetched_for_what_has_no_model_of_its_own(archives, tmp_path):
    entry = {"from_code": "zh", "to_code": "en", "package_version": "1.0", "links": [archives["zh"].as_uri()]}
    (tmp_path / "index.json").write_text(json.dumps([entry]))
    assert str(wanted_from(str(tmp_path), parse_pair("zh-Hant:en")).pair) == "zh-Hans:en"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ((), "say what to install"),
        (("nowhere/x.argosmodel",), "no archive or folder 'nowhere/x.argosmodel'"),
        (("x.argosmodel",), "no archive or folder 'x.argosmodel'"),
        (("in",), "no models in 'in'"),
    ],
)
def test_installing_nothing_says_what_would_have_worked(monitor, what, said):
    with pytest.raises(UsageError, match=said):
        monitor("models", "install", *what)


def test_of_two_versions_the_list_names_the_one_that_serves(place, monitor, archives, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    use_models(place / "models")
    monitor("models", "install", str(archives["es"]))
    newer = place / "newer.argosmodel"
    with zipfile.ZipFile(archives["es"]) as old, zipfile.ZipFile(newer, "w") as new:
        for member in old.infolist():
            new.writestr(
                member, old.read(member).replace(b'"package_version": "1.0"', b'"package_version": "1.1"')
            )
    monitor("models", "install", str(newer))
    older, newest = monitor("models", "list").splitlines()[-2:]
    assert "not used" in older
    assert newest.split()[-1] == "ready"


def test_a_file_that_cannot_be_written_is_named(place, monitor):
    write(place, 1, "es")
    monitor("ingest", "in", "--quiet")
    with pytest.raises(UsageError, match=r"'nowhere/memory\.tmx' cannot be written"):
        monitor("memory", "export", "nowhere/memory.tmx")
    monitor("memory", "export", "memory.tmx")
    assert not (place / "memory.tmx.new").exists()


def test_status_names_what_was_tried_in_vain(place, monitor):
    (place / "in" / "1.txt").write_text(
        "La ville a décidé dimanche de garder son vieux phare ouvert.\n"
        "Plus de neuf mille personnes ont voté, deux fois plus qu'il y a quatre ans, a dit la maire.\n"
    )
    monitor("ingest", "in", "--quiet")
    assert "fr:en: 2 sentences" in monitor("translate", "--status")


def test_the_memory_goes_out_as_tmx_and_comes_back(place, monitor):
    write(place, 1, "es")
    monitor("ingest", "in", "--quiet")
    before = json.loads(monitor("translate", "--status", "--json"))["remembered"]
    assert f"{before} sentences" in monitor("memory", "export", "memory.tmx")
    text = (place / "memory.tmx").read_text()
    source, target = sentence_of(text)
    (place / "mine.tmx").write_text(
        text.replace(f"<seg>{target}</seg>", "<seg>My own words &amp; no others.</seg>")
    )
    assert f"{before} sentences" in monitor("memory", "import", "mine.tmx")
    monitor("translate", "--quiet")
    rows = monitor(
        "sql", "select source_text from sentence_pairs where translated_text = 'My own words & no others.'"
    )
    assert source in " ".join(rows.split())


def sentence_of(text):
    lines = [line for line in text.splitlines() if "<seg>" in line]
    return (line.partition("<seg>")[2].partition("</seg>")[0] for line in lines[:2])


def test_what_is_no_tmx_is_named(place, monitor):
    (place / "bad.tmx").write_text("no markup")
    write(place, 1, "es")
    monitor("ingest", "in", "--quiet")
    with pytest.raises(TranslationError, match="cannot be read as TMX"):
        monitor("memory", "import", "bad.tmx")


def test_show_sets_the_translation_beside_the_original_and_marks_what_is_doubtful(place, monitor):
    title, _ = write(place, 1, "es")
    path = place / "in" / "1.md"
    path.write_text(
        path.read_text()
        + "\nEl 17 de mayo de 1968 murieron 48.213 abejas, 613 osos y 77 lobos en la sierra.\n"
    )
    monitor("ingest", "in", "--quiet")
    shown = " ".join(monitor("show", "1.md").replace("│", " ").split())
    assert "in English part" in shown or "in English complete; es→en; quality" in shown
    assert title.split()[0] in shown
    assert "; 1 in doubt" in shown
    assert "[in" in shown  # narrow columns break the line


def test_the_doctor_tries_every_pair_that_the_warehouse_needs(place, monitor):
    write(place, 1, "es")
    (place / "in" / "2.txt").write_text(
        "La ville a décidé dimanche de garder son vieux phare ouvert, et la mairie paiera les travaux.\n"
    )
    monitor("ingest", "in", "--quiet")
    found = monitor("doctor").splitlines()
    assert "es:en: ready" in found
    assert "translate-zh-Hans_en-1_0: ready" in found
    assert "fr:en: no model translates fr:en; `monitor models install fr:en` gets one" in found
