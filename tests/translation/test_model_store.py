import json
import os
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from monitor.errors import ConfigurationError, ModelDamaged, ModelMissing, ModelsBusy, TranslationError
from monitor.languages import TABLE
from monitor.translation import changing, download, unpack
from monitor.translation.canary import SENTENCES, doubt_about
from monitor.translation.engine import Hypothesis, parse_pair
from monitor.translation.fetching import Wanted, install, offers_at, wanted_from, wanted_in
from monitor.translation.packages import Damaged
from monitor.translation.routes import find_route, try_package
from monitor.translation.store import Model, Store
from monitor.translation.tasks import Setup, Task
from monitor.translation.worker import Desk, open_installed

ES_EN = parse_pair("es:en")


def untried(_package):
    return "default", ""


class Shop(BaseHTTPRequestHandler):
    """Serves files with ranges and tags, and hangs up in the middle as often as it is told to."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.reply(body=False)

    def do_GET(self):
        self.reply(body=True)

    def reply(self, *, body):
        shop = self.server
        data = shop.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        shop.seen.append((self.command, self.path, self.headers.get("Range")))
        start = 0
        tag = f'"{hash(data):x}"'
        if self.headers.get("Range") and self.headers.get("If-Range") == tag:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("ETag", tag)
        self.end_headers()
        if not body:
            return
        stop = len(data)
        if shop.hang_ups and self.path.endswith(".argosmodel"):
            shop.hang_ups -= 1
            stop = start + (len(data) - start) // 2
        self.wfile.write(data[start:stop])
        self.close_connection = stop < len(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def shop():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.files, server.seen, server.hang_ups = {}, [], 0
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def entry(source, target, version, *links):
    return {
        "package_version": version,
        "argos_version": "1.5",
        "from_code": source,
        "from_name": source.title(),
        "to_code": target,
        "to_name": target.title(),
        "code": f"translate-{source}_{target}",
        "type": "translate",
        "links": list(links),
    }


@pytest.fixture
def index(shop, archives):
    """An index of the real one's format and size: 47 languages into English and back, two versions of one."""
    codes = [row.argos for row in TABLE.values() if row.argos and row.argos != "en"][:47]
    listed = [entry(code, "en", "1.9", f"{shop.url}/translate-{code}_en-1_9.argosmodel") for code in codes]
    listed += [entry("en", code, "1.9", "ipfs://x", f"{shop.url}/{code}.argosmodel") for code in codes]
    listed.append(entry("es", "en", "1.10", f"{shop.url}/translate-es_en-1_10.argosmodel"))
    listed.append(entry("en", "xx-unknown", "1.0", f"{shop.url}/x.argosmodel"))
    assert len(listed) == 96
    shop.files["/index.json"] = json.dumps(listed).encode()
    shop.files["/translate-es_en-1_10.argosmodel"] = archives["es"].read_bytes()
    return f"{shop.url}/index.json"


def test_the_index_is_searched_and_the_newest_version_comes_with_its_size(index, archives):
    offers = offers_at(index)
    assert len(offers) == 95
    assert [offer.version for offer in offers if offer.pair == ES_EN] == ["1.10", "1.9"]
    wanted = wanted_from(index, ES_EN)
    assert (wanted.version, wanted.size) == ("1.10", archives["es"].stat().st_size)


def test_a_pair_that_the_index_lacks_is_named(index):
    with pytest.raises(ModelMissing, match="has no model for ko:fr"):
        wanted_from(index, parse_pair("ko:fr"))


def test_a_download_goes_on_where_the_connection_ended(shop, index, tmp_path):
    shop.hang_ups = 2
    steps = []
    store = Store(tmp_path / "models")
    model = install(
        wanted_from(index, ES_EN),
        store,
        trial=try_package,
        progress=lambda done, total: steps.append((done, total)),
    )
    ranges = [seen[2] for seen in shop.seen if seen[0] == "GET" and seen[2]]
    assert len(ranges) == 2
    assert steps[-1][0] == steps[-1][1] == len(shop.files["/translate-es_en-1_10.argosmodel"])
    assert store.choose(ES_EN) == model
    assert sorted(path.name for path in store.folder.iterdir() if not path.name.startswith(".")) == [
        "models.lock.json",
        "translate-es_en-1_0",
    ]
    assert not list((store.folder / ".downloads").iterdir())


def test_a_file_that_changed_between_two_attempts_is_fetched_anew(shop, tmp_path):
    shop.files["/a.argosmodel"] = b"old" * 100_000
    shop.hang_ups = 9
    with pytest.raises(TranslationError, match="connection ended"):
        download.fetch(f"{shop.url}/a.argosmodel", tmp_path / "a")
    shop.files["/a.argosmodel"] = b"new" * 100_000
    shop.hang_ups = 0
    assert download.fetch(f"{shop.url}/a.argosmodel", tmp_path / "a").read_bytes() == b"new" * 100_000


def test_what_is_not_there_fails_at_once_with_its_address(shop, tmp_path):
    with pytest.raises(TranslationError, match=r"none\.argosmodel.*404"):
        download.fetch(f"{shop.url}/none.argosmodel", tmp_path / "a")


@pytest.mark.parametrize(
    "url", ["http://example.org/x.argosmodel", "ftp://127.0.0.1/x", "file:///etc/passwd"]
)
def test_models_come_over_no_connection_that_anybody_can_change(url):
    with pytest.raises(TranslationError, match="https"):
        download.read_url(url)


def test_a_folder_on_a_stick_holds_archives_and_unpacked_models(archives, models, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "translate-de_en-1_0.argosmodel").write_bytes(archives["de"].read_bytes())
    source = models.choose(ES_EN).package.folder
    (stick / "unpacked").mkdir()
    for path in source.rglob("*"):
        if path.is_file():
            place = stick / "unpacked" / path.relative_to(source)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(path.read_bytes())
    (stick / "holiday.jpg").write_bytes(b"")
    store = Store(tmp_path / "models")
    for wanted in wanted_in(stick):
        install(wanted, store, trial=untried)
    assert store.pairs() == {ES_EN, parse_pair("de:en")}


def test_an_index_on_a_stick_points_to_the_archives_beside_it(archives, tmp_path):
    (tmp_path / "index.json").write_text(
        json.dumps([entry("es", "en", "1.0", "https://far.away/es.argosmodel")])
    )
    (tmp_path / "es.argosmodel").write_bytes(archives["es"].read_bytes())
    assert wanted_from(str(tmp_path), ES_EN).place == str(tmp_path / "es.argosmodel")


def test_every_file_is_in_the_lock_file_and_a_changed_byte_is_found(own_models):
    model = own_models.choose(ES_EN)
    assert set(own_models.lock.models[model.package.name].files) >= {"model/model.bin", "sentencepiece.model"}
    path = model.package.engine_folder / "model.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    stamp = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    again = Store(own_models.folder)
    assert again.choose(ES_EN) is None
    (found,) = again.look()
    assert found == Damaged(
        name=model.package.name, folder=model.package.folder, reason="is damaged: model/model.bin has changed"
    )


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (
            lambda folder: (folder / "sentencepiece.model").unlink(),
            "has neither sentencepiece.model",
        ),
        (lambda folder: (folder / "model" / "model.bin").unlink(), "model.bin is missing"),
        (lambda folder: (folder / "metadata.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "metadata.json").unlink(), "no metadata.json"),
        (lambda folder: (folder / "model" / "extra").touch(), "model/extra was not there"),
    ],
)
def test_a_damaged_model_is_named_and_the_others_go_on(own_models, archives, damage, reason):
    damage(own_models.choose(ES_EN).package.folder)
    own_models.install(archives["de"], origin="de", trial=untried)
    again = Store(own_models.folder)
    named = {found.name: found for found in again.look()}
    assert reason in named["translate-es_en-1_0"].reason
    assert isinstance(named["translate-de_en-1_0"], Model)
    with pytest.raises(ModelMissing):
        find_route(ES_EN, again)


def test_a_folder_that_appears_without_a_record_is_never_loaded(models, tmp_path):
    store = Store(tmp_path / "models")
    store.folder.mkdir()
    (store.folder / "translate-es_en-1_0").symlink_to(models.choose(ES_EN).package.folder)
    (found,) = store.look()
    assert found.reason == "is not in the lock file: install it again"
    assert store.choose(ES_EN) is None


def test_a_model_of_argos_own_is_recorded_when_first_seen_and_held_to_it(models, tmp_path, archives):
    argos = tmp_path / "argos"
    with zipfile.ZipFile(archives["es"]) as archive:
        archive.extractall(argos)
    store = Store(tmp_path / "models", lambda: (argos,))
    model = store.choose(ES_EN)
    assert model.hash == models.choose(ES_EN).hash
    (model.package.folder / "README.md").write_text("changed")
    assert Store(tmp_path / "models", lambda: (argos,)).choose(ES_EN) is None


def test_versions_stand_side_by_side_and_a_pin_decides(own_models, archives, tmp_path):
    newer = repack(archives["es"], tmp_path / "newer.argosmodel", version="1.10")
    own_models.install(newer, origin="newer", trial=untried)
    assert own_models.choose(ES_EN).package.version == "1.10"
    own_models.pin("translate-es_en-1_0")
    assert Store(own_models.folder).choose(ES_EN).package.version == "1.0"
    own_models.unpin(ES_EN)
    assert own_models.choose(ES_EN).package.version == "1.10"
    own_models.remove("translate-es_en-1_10")
    assert [found.package.version for found in own_models.look()] == ["1.0"]


def test_a_pinned_model_that_is_damaged_is_not_silently_replaced(own_models, archives, tmp_path):
    own_models.install(
        repack(archives["es"], tmp_path / "n.argosmodel", version="1.10"), origin="n", trial=untried
    )
    own_models.pin("translate-es_en-1_0")
    (own_models.folder / "translate-es_en-1_0" / "README.md").unlink()
    with pytest.raises(ModelDamaged, match=r"README\.md is missing"):
        Store(own_models.folder).choose(ES_EN)


def test_other_files_under_the_same_version_get_a_name_of_their_own(own_models, archives, tmp_path):
    other = repack(archives["es"], tmp_path / "other.argosmodel", version="1.0", readme="other")
    model = own_models.install(other, origin="other", trial=untried)
    assert model.package.name.startswith("translate-es_en-1_0-")
    assert len(list(own_models.look())) == 2


def test_installing_the_same_model_twice_changes_nothing(own_models, archives):
    before = own_models.lock
    own_models.install(archives["es"], origin="es", trial=try_package)
    assert own_models.lock == before


def test_a_shared_lock_file_lets_only_its_own_models_in(own_models, archives, tmp_path):
    store = Store(tmp_path / "other", shared=own_models.lock)
    store.install(archives["es"], origin="es", trial=untried)
    with pytest.raises(ModelDamaged, match="lock file"):
        store.install(archives["de"], origin="de", trial=untried)
    assert store.pairs() == {ES_EN}


def test_removing_what_is_not_there_says_so(own_models):
    with pytest.raises(ConfigurationError, match="no model 'x'"):
        own_models.remove("x")


@pytest.mark.parametrize("name", [".", "..", "", "../notes", ".downloads", "/"])
def test_nothing_but_a_model_is_ever_removed(own_models, name):
    notes = own_models.folder.parent / "notes"
    notes.mkdir()
    (own_models.folder / ".downloads").mkdir()
    for wanted in (name, str(notes)):
        with pytest.raises(ConfigurationError, match="no model"):
            own_models.remove(wanted)
    assert notes.is_dir()
    assert isinstance(next(own_models.look()), Model)


INSTALL = """
import sys
from pathlib import Path
from monitor.translation.store import Store
for archive in sys.argv[2:]:
    Store(Path(sys.argv[1])).install(Path(archive), origin=archive, trial=lambda _package: ("default", ""))
"""


def test_processes_that_install_at_once_lose_no_record(archives, tmp_path):
    newer = [
        repack(archives["es"], tmp_path / f"{number}.argosmodel", version=f"1.{number}")
        for number in (1, 2, 3)
    ]
    given = [[archives["es"], newer[0]], [archives["es"], newer[1]], [newer[2], newer[1]]]
    folder = tmp_path / "models"
    running = [subprocess.Popen([sys.executable, "-c", INSTALL, folder, *few]) for few in given]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    found = list(Store(folder).look())
    assert all(isinstance(model, Model) for model in found)
    assert sorted(model.package.version for model in found) == ["1.0", "1.1", "1.2", "1.3"]
    assert not list(folder.glob(".installing-*"))


def test_a_model_that_is_installed_again_during_a_run_never_goes_missing(own_models, archives):
    folder = own_models.choose(ES_EN).package.folder
    before = folder.stat().st_ino
    own_models.install(archives["es"], origin="es", trial=untried)
    assert folder.stat().st_ino == before


def test_whoever_holds_the_models_is_named(own_models, monkeypatch):
    monkeypatch.setattr(changing, "_CHANGE_WAIT_S", 0.0)
    with (
        changing.changing(own_models.folder),
        pytest.raises(ModelsBusy, match=rf"changed by process {os.getpid()}"),
    ):
        own_models.unpin(ES_EN)


def test_what_a_killed_installation_left_is_cleared_away(own_models):
    left = own_models.folder / ".installing-abc" / "model"
    left.mkdir(parents=True)
    own_models.unpin(ES_EN)
    assert not left.parent.exists()


def test_two_processes_never_write_one_download(shop, archives, tmp_path, monkeypatch):
    monkeypatch.setattr(changing, "_FETCH_WAIT_S", 0.0)
    shop.files["/es.argosmodel"] = archives["es"].read_bytes()
    store = Store(tmp_path / "models")
    with changing.fetching(store.folder), pytest.raises(ModelsBusy):
        install(Wanted(place=f"{shop.url}/es.argosmodel"), store, trial=untried)
    assert not [seen for seen in shop.seen if seen[0] == "GET"]


def test_a_model_exchanged_during_a_run_is_not_taken_for_the_one_before(own_models):
    model = own_models.choose(ES_EN)
    task = Task(source="es", target="en", models=(model.name,), sentences=("Hola.",), hash=model.hash)
    desk = Desk(Setup(models=str(own_models.folder)), open_installed)
    assert desk.answer(task).results
    assert "exchanged" in desk.answer(replace(task, hash="another")).error


class Stammerer:
    pair, model = ES_EN, "m"

    def __init__(self, text):
        self.text = text

    def translate(self, sentences, _decoding):
        return [(Hypothesis(text=self.text, score=-0.1),) for _ in sentences]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("The price of bread rose in Berlin.", ""),
        ("the the the the the the the", "repeats itself"),
        ("in the city, in the city, in the city, in the city, in the city, in the city", "repeats itself"),
        (" ", "returns nothing"),
    ],
)
def test_a_canary_sentence_finds_models_that_stammer(text, doubt):
    assert doubt_about(Stammerer(text)).startswith(doubt)
    assert bool(doubt) == bool(doubt_about(Stammerer(text)))


def test_a_model_in_doubt_is_listed_but_does_not_serve(archives, tmp_path):
    store = Store(tmp_path / "models")
    store.install(archives["es"], origin="es", trial=lambda _package: ("default", "repeats itself"))
    assert store.choose(ES_EN) is None
    (model,) = store.look()
    assert model.doubt == "repeats itself"
    store.pin(model.package.name)
    assert store.choose(ES_EN) == model


def test_there_is_a_canary_for_every_language_of_the_engine():
    missing = [code for code, row in TABLE.items() if row.argos and code not in SENTENCES and "-" not in code]
    assert not missing


def repack(archive: Path, place: Path, *, version: str, readme: str = "") -> Path:
    """Pack a model again under another version."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename.endswith("metadata.json"):
                data = json.dumps({**json.loads(data), "package_version": version}).encode()
            if member.filename.endswith("README.md"):
                data += readme.encode()
            new.writestr(member.filename, data)
    return place


def zipped(place: Path, members: dict[str, bytes], *, attributes: int = 0) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = attributes << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return place


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/x", "a/../../b", "a\\..\\b", "C:/x/y", "alone", "a/../b"]
)
def test_an_archive_cannot_write_outside_its_folder(tmp_path, name):
    archive = zipped(tmp_path / "x.zip", {name: b"x"})
    with pytest.raises(ModelDamaged):
        unpack.unpack(archive, tmp_path / "place")
    assert not list(tmp_path.rglob("outside"))


def test_an_archive_may_hold_no_link(tmp_path):
    with pytest.raises(ModelDamaged, match="link"):
        unpack.unpack(zipped(tmp_path / "x.zip", {"a/b": b"/etc"}, attributes=0o120777), tmp_path / "place")


@pytest.mark.parametrize("members", [{"a/x": b"", "b/x": b""}, {"a/X": b"", "a/x": b""}, {}])
def test_an_archive_has_one_folder_and_each_name_once(tmp_path, members):
    with pytest.raises(ModelDamaged):
        unpack.unpack(zipped(tmp_path / "x.zip", members), tmp_path / "place")


def test_an_archive_that_grows_beyond_all_measure_is_refused_before_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(unpack, "_FREE", 1000)
    with pytest.raises(ModelDamaged, match="unpack to"):
        unpack.unpack(zipped(tmp_path / "x.zip", {"a/b": bytes(10_000_000)}), tmp_path / "place")
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize("cut", [10, 1000, 600_000, -10])
def test_half_an_archive_leaves_nothing_behind(archives, tmp_path, cut):
    half = tmp_path / "half.argosmodel"
    half.write_bytes(archives["es"].read_bytes()[:cut])
    store = Store(tmp_path / "models")
    with pytest.raises(ModelDamaged):
        store.install(half, origin="half", trial=untried)
    assert [path for path in store.folder.iterdir() if path.name != ".changing"] == []


def test_an_archive_with_a_flipped_byte_is_refused(archives, tmp_path):
    data = bytearray(archives["es"].read_bytes())
    data[400_000] ^= 0xFF
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(data)
    with pytest.raises(ModelDamaged):
        Store(tmp_path / "models").install(bad, origin="bad", trial=untried)


def test_an_installation_killed_before_its_record_is_named_and_repeated(archives, tmp_path, monkeypatch):
    store = Store(tmp_path / "models")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            store.install(archives["es"], origin="es", trial=untried)
    (found,) = Store(store.folder).look()
    assert found.reason == "is not in the lock file: install it again"
    store.install(archives["es"], origin="es", trial=untried)
    assert isinstance(next(Store(store.folder).look()), Model)


def test_an_address_with_a_strange_end_cannot_choose_its_file(shop, archives, tmp_path):
    shop.files["/..%2F..%2Fx.argosmodel"] = archives["es"].read_bytes()
    store = Store(tmp_path / "models")
    install(Wanted(place=f"{shop.url}/..%2F..%2Fx.argosmodel"), store, trial=untried)
    assert store.pairs() == {ES_EN}
    assert not list(tmp_path.glob("x.argosmodel"))
