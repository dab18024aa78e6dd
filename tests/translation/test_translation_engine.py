import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import ModelDamaged, ModelMissing
from monitor.languages import TABLE, argos_code, parse_language
from monitor.translation.argos import open_argos
from monitor.translation.ctranslate2_folder import flores_code, frame_of
from monitor.translation.decoder import LONGEST_INPUT, Frame
from monitor.translation.engine import AS_ARGOS, GREEDY, WIDE, Hypothesis, Pair, parse_pair
from monitor.translation.packages import describe_converted, look_at
from monitor.translation.pivot import Pivot
from monitor.translation.routes import find_route, open_route
from monitor.translation.store import Store
from monitor.translation.tokenizers import BytePairs

ES_EN = parse_pair("es:en")


@pytest.mark.parametrize("code", ["es", "de", "zh"])
def test_a_real_model_translates_sentences_of_its_grammar_exactly(models, sentences, code):
    translator = open_route(find_route(parse_pair(f"{code}:en"), models))
    found = translator.translate([source for source, _ in sentences[code]])
    assert [best.text for best, *_ in found] == [target for _, target in sentences[code]]


def test_output_does_not_depend_on_the_company_that_a_sentence_keeps(models, sentences):
    translator = open_route(find_route(ES_EN, models))
    sources = [source for source, _ in sentences["es"][:12]] + [
        "Nada de esto está en la gramática, por cierto."
    ]
    together = translator.translate(sources, WIDE)
    assert together == [translator.translate([source], WIDE)[0] for source in sources]
    assert together[::-1] == translator.translate(sources[::-1], WIDE)


def test_the_score_is_the_mean_log_probability_whatever_the_length_penalty(models, sentences):
    translator = open_route(find_route(ES_EN, models))
    source = sentences["es"][0][0]
    ((greedy,),), ((beam,),) = (
        translator.translate([source], GREEDY),
        translator.translate([source], AS_ARGOS),
    )
    assert greedy.text == beam.text
    assert greedy.score == pytest.approx(beam.score, abs=0.0011)
    assert -0.1 < greedy.score <= 0


def test_wide_decoding_returns_distinct_hypotheses_the_most_probable_first(models):
    (found,) = open_route(find_route(ES_EN, models)).translate(["La bolsa y la vida."], WIDE)
    assert len({hypothesis.text for hypothesis in found}) == WIDE.hypotheses


def test_an_overlong_sentence_is_cut_at_clauses_and_nothing_is_dropped(models, sentences, monkeypatch):
    monkeypatch.setattr(
        "monitor.translation.decoder.LONGEST_INPUT", 45
    )  # the small models know no longer ones
    translator = open_route(find_route(ES_EN, models))
    clauses = [(s.rstrip("."), t) for s, t in sentences["es"] if s.endswith(".") and "«" not in s][:20]
    ((found,),) = translator.translate([", ".join(source for source, _ in clauses) + "."])
    figures = [word.rstrip(".,%") for _, target in clauses for word in target.split() if word[:1].isdigit()]
    lost = [figure for figure in figures if figure not in found.text]
    assert found.complete
    assert len(lost) <= 0.2 * len(figures), lost


def test_no_part_of_an_overlong_sentence_is_longer_than_the_limit_and_no_word_is_lost(models):
    model = models.choose(ES_EN)
    decoder = open_argos(model.package, model.hash)
    sentence = " ".join(
        f"palabra{number}," if number % 9 == 0 else f"palabra{number}" for number in range(300)
    )
    parts = decoder._parts(sentence)
    assert " ".join(decoder._tokenizer.decode(part) for part in parts) == sentence
    assert max(map(len, parts)) <= LONGEST_INPUT


def test_an_underscore_of_the_text_stays_an_underscore(models):
    model = models.choose(ES_EN)
    tokenizer = open_argos(model.package, model.hash)._tokenizer
    assert tokenizer.decode(tokenizer.encode("clave snake_case de hoy")) == "clave snake_case de hoy"


def test_output_that_stops_at_the_limit_is_not_called_complete(models, monkeypatch):
    monkeypatch.setattr("monitor.translation.decoder.LONGEST_OUTPUT", 5)
    ((found,),) = open_route(find_route(ES_EN, models)).translate(
        ["El precio del pan subió un 3 % en Madrid."]
    )
    assert not found.complete


class Echo:
    """An engine that notes through which languages a sentence went."""

    def __init__(self, pair):
        self.pair, self.model = pair, f"model-{pair}"

    def translate(self, sentences, decoding=GREEDY):
        return [
            tuple(Hypothesis(text=f"{s}>{self.pair.target}", score=-0.5) for _ in range(decoding.hypotheses))
            for s in sentences
        ]


def test_a_pivot_goes_through_both_models_and_adds_their_doubt():
    pivot = Pivot(Echo(parse_pair("ko:en")), Echo(parse_pair("en:fr")))
    assert pivot.pair == parse_pair("ko:fr")
    assert pivot.model == "model-ko:en+model-en:fr"
    assert pivot.translate(["x"]) == [(Hypothesis(text="x>en>fr", score=-1.0),)]
    assert len(pivot.translate(["x"], WIDE)[0]) == WIDE.hypotheses


def test_a_missing_model_is_named_with_the_command_that_gets_it(models):
    with pytest.raises(ModelMissing, match="monitor models install ko:en"):
        find_route(parse_pair("ko:en"), models)


def test_a_sister_variety_reads_what_has_no_model_of_its_own(models):
    route = find_route(Pair(parse_language("zh-Hant"), parse_language("en")), models)
    assert str(route) == "zh-Hans→en"


def test_argos_finds_and_we_find_what_its_own_tools_installed(archives, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    script = f"""
from argostranslate import package
package.install_from_path({str(archives["es"])!r})
(package.settings.package_data_dir / "a stray folder").mkdir()
from dataclasses import replace
from pathlib import Path
from monitor.translation.argos import argos_folders
from monitor.translation.engine import parse_pair
from monitor.translation.routes import find_route, open_route
from monitor.translation.store import Store
from monitor.translation.tokenizers import BytePairs
store = Store(Path({str(tmp_path / "ours")!r}), argos_folders)
translator = open_route(find_route(parse_pair("es:en"), store))
print(translator.translate(["Racing Norte gana 5-1 a Estrella Azul"])[0][0].text)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "Racing Norte defeats Estrella Azul 5-1\n"


def test_the_default_installation_needs_no_torch_stanza_or_spacy():
    script = """
import sys
sys.modules.update(dict.fromkeys(("torch", "stanza", "spacy", "minisbd", "onnxruntime")))
import monitor.translation.routes, argostranslate.package
from monitor.translation.routes import open_model
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    for name in ("torch", "stanza", "spacy"):
        found = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False)
        assert found.returncode != 0, f"{name} is installed"


def converted(folder: Path, es: Path, *, vocabulary: list[str]) -> Path:
    folder.mkdir()
    for name in ("model.bin", "config.json"):
        (folder / name).write_bytes((es / "model" / name).read_bytes())
    (folder / "shared_vocabulary.json").write_text(str(vocabulary).replace("'", '"'))
    describe_converted(folder, ES_EN)
    return folder


@pytest.mark.parametrize(
    ("vocabulary", "frame"),
    [
        (["<s>", "</s>", "a"], Frame(after=("</s>",))),
        (["</s>", ">>eng<<"], Frame(before=(">>eng<<",), after=("</s>",))),
        (["spa_Latn", "eng_Latn"], Frame(before=("spa_Latn",), after=("</s>",), target=("eng_Latn",))),
    ],
)
def test_a_converted_model_gets_the_marks_that_its_vocabulary_asks_for(models, tmp_path, vocabulary, frame):
    folder = converted(tmp_path / "opus", models.choose(ES_EN).package.folder, vocabulary=vocabulary)
    assert frame_of(look_at(folder)) == frame


def test_every_language_of_argos_has_a_code_in_nllb():
    codes = [flores_code(language) for language in TABLE if argos_code(language)]
    assert {"kor_Hang", "jpn_Jpan", "zho_Hant", "srp_Cyrl"} <= set(codes)
    assert all(len(code) == len("eng_Latn") for code in codes)


def test_a_converted_model_translates(models, tmp_path):
    es = models.choose(ES_EN).package.folder
    folder = tmp_path / "opus-es-en"
    folder.mkdir()
    for path in (es / "model").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes((es / "sentencepiece.model").read_bytes())
    config = (folder / "config.json").read_text()
    (folder / "config.json").write_text(config.replace('"add_source_eos": false', '"add_source_eos": true'))
    store = Store(tmp_path / "store")
    model = store.install_folder(folder, origin="folder", trial=lambda _package: ("default", ""), pair=ES_EN)
    assert model.package.kind == "ctranslate2"
    ((found,),) = open_route(find_route(ES_EN, store)).translate(["Racing Norte gana 5-1 a Estrella Azul"])
    assert "Racing" in found.text


def test_a_model_file_that_does_not_load_is_called_damaged(own_models):
    model = own_models.choose(ES_EN)
    path = model.package.engine_folder / "model.bin"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ModelDamaged, match="does not load"):
        open_argos(model.package, model.hash)


def test_an_old_package_is_read_in_byte_pairs_as_argos_reads_it(tmp_path):
    model = tmp_path / "bpe.model"
    model.write_text("#version: 0.2\nk a\nka t\nkat ze</w>\nz e</w>\nd i\ndi e</w>\n")
    tokenizer = BytePairs(model, "de", "en")
    tokens = tokenizer.encode("Die Katze, kein Kater.")
    assert tokenizer.decode(tokens) == "Die Katze, kein Kater."
    assert any(token.endswith("@@") for token in tokens)
    assert "," in tokens


def test_a_package_that_wants_a_word_before_its_output_gets_it_and_it_is_taken_away(models):
    package = models.choose(ES_EN).package
    plain = open_argos(package, "m")
    prefixed = open_argos(replace(package, target_prefix="▁The"), "m")
    source = "El precio del pan subió un 3 % en Madrid."
    whole, rest = plain.translate([source])[0][0].text, prefixed.translate([source])[0][0].text
    assert whole.startswith("The ")
    assert not rest.startswith("The")
    assert rest.endswith("of bread rose 3% in Madrid.")
