"""The small real models, installed once for all tests; each test that changes a store gets its own."""

from pathlib import Path

import pytest
from translation_corpus import use_models

from monitor.translation.crew import Outcome
from monitor.translation.routes import try_package
from monitor.translation.store import Store
from monitor.translation.worker import Desk, open_installed
from monitor.translation_phase import TranslationPhase

PACKAGES = Path(__file__).parent.parent / "packages"


@pytest.fixture(scope="session")
def archives():
    return {code: PACKAGES / f"translate-{code}_en-1_0.argosmodel" for code in ("es", "de", "zh")}


@pytest.fixture(scope="session")
def models(archives, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("models"))
    for archive in archives.values():
        store.install(archive, origin=archive.name, trial=try_package)
    return store


@pytest.fixture
def own_models(archives, tmp_path):
    store = Store(tmp_path / "models")
    store.install(archives["es"], origin="es", trial=try_package)
    return store


@pytest.fixture(scope="session")
def sentences():
    return {
        code: [tuple(line.split("\t")) for line in (PACKAGES / f"{code}.tsv").read_text("utf-8").splitlines()]
        for code in ("es", "de", "zh")
    }


@pytest.fixture
def place(tmp_path, monkeypatch, models):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    monkeypatch.setattr("monitor.config.argos_folders", tuple)
    monkeypatch.setattr(TranslationPhase, "_processes", lambda phase: Here(phase.setup()))
    (tmp_path / "in").mkdir()
    use_models(models.folder)
    return tmp_path


class Here:
    """Translates in the test's own process, which spares starting others; one test has them."""

    def __init__(self, setup):
        self.desk = Desk(setup, open_installed)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def translate(self, tasks):
        for task in tasks:
            answer = self.desk.answer(task)
            yield Outcome(task=task, results=answer.results, error=answer.error, seconds=answer.seconds)
