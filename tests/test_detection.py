"""Language identification: right, honest about doubt, and unmoved by bad input."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect import DetectorFactory  # noqa: TID251
from langdetect.detector_factory import PROFILES_DIRECTORY  # noqa: TID251

from monitor.detection import Detector, language_of
from monitor.detection.langdetect_table import full_scores, load_table
from monitor.languages import TARGETS, UNDETERMINED, from_langdetect
from monitor.models import Detection

CASES = Path(__file__).parent / "cases" / "detection"
SENTENCES = dict(
    line.split("\t") for line in (CASES / "sentences.tsv").read_text(encoding="utf-8").splitlines()
)
DETECTOR = Detector()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_of_news_is_recognised(language):
    found = DETECTOR.detect(SENTENCES[language])
    assert found.language == language
    assert found.confidence > 0.7


@pytest.mark.parametrize(
    "language", [code for code in SENTENCES if SENTENCES[code].upper() != SENTENCES[code]]
)
def test_capitals_change_no_language(language):
    assert language_of(SENTENCES[language].upper()) == language


def test_the_cases_hold_every_target_language():
    assert set(SENTENCES) >= TARGETS - {"sr-Latn", "pt-BR"}


@pytest.mark.parametrize(
    "text", ["", " \n", "12 345,67", "😀🎉", "https://example.org/de/nachrichten", "ab", "и", "?!"]
)
def test_too_little_evidence_is_undetermined(text):
    assert DETECTOR.detect(text).language == UNDETERMINED
    assert DETECTOR.profile([text])[1].main.language == UNDETERMINED


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udfff",
        "\x00" * 9,
        "a" * 10_000_000,
        "\u202eabc\u202c \u2067",
        "\ud83d text",
        "İ" * 999,
        "\u0301" * 500,
    ],
)
def test_bad_input_never_raises(text):
    for detector in (DETECTOR, Detector(method="langdetect")):
        detector.detect(text)
        detector.profile([text, text])


@given(st.lists(st.text(st.characters(), max_size=60), max_size=9), st.none() | st.text(max_size=8))
def test_no_text_and_no_hint_ever_raises(segments, hint):
    found, profile = DETECTOR.profile(segments, hint)
    assert len(found) == len(segments)
    assert all(0 <= one.confidence <= 1 for one in (*found, profile.main))
    assert profile.share + sum(part for _, part in profile.others) <= 1.000001


def test_paragraphs_read_together_are_read_as_if_alone():
    together = DETECTOR.profile(list(SENTENCES.values()))[0]
    alone = [DETECTOR.detect(text).language for text in SENTENCES.values()]
    assert [found.language for found in together] == alone


def test_an_article_in_two_languages_names_both():
    segments = [SENTENCES["de"], SENTENCES["fr"], SENTENCES["de"].replace("Brücke", "Schule")]
    found, profile = DETECTOR.profile(segments)
    assert [one.language for one in found] == ["de", "fr", "de"]
    assert profile.main.language == "de"
    assert [language for language, _ in profile.others] == ["fr"]


def test_english_menus_around_it_do_not_outvote_the_article():
    menus = [
        "Subscribe now",
        "Read more: related stories",
        "Follow us on social media",
        "Terms and conditions",
    ]
    assert DETECTOR.profile([*menus, SENTENCES["cs"], *menus])[1].main.language == "cs"


def test_a_short_line_follows_its_article_and_a_foreign_sentence_does_not():
    found, _ = DETECTOR.profile([SENTENCES["nb"], SENTENCES["nb"], "Store problemer", SENTENCES["en"]])
    assert [one.language for one in found] == ["nb", "nb", "nb", "en"]


def test_a_hint_is_evidence_and_not_truth():
    assert DETECTOR.detect(SENTENCES["es"], hint="en").language == "es"
    unsure = "Problema internacional"
    assert DETECTOR.detect(unsure, hint="pt").confidence != DETECTOR.detect(unsure).confidence


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Жители города проголосовали в воскресенье за сохранение старого маяка.", "cp1251"),
        ("Жители города проголосовали в воскресенье за сохранение старого маяка.", "koi8-r"),
        ("Οι κάτοικοι της πόλης ψήφισαν την Κυριακή να παραμείνει ανοιχτός ο φάρος.", "cp1253"),
        ("תושבי עיר הנמל הצביעו ביום ראשון להשאיר את המגדלור הישן פתוח.", "cp1255"),
        ("قال رئيس البلدية يوم الأحد إن المنارة القديمة ستبقى مفتوحة للزوار.", "cp1256"),
    ],
)
def test_a_text_that_was_read_in_the_wrong_encoding_is_in_no_language(text, encoding):
    misread = text.encode(encoding).decode("latin-1")
    assert Detector().detect(misread).language == "und"
    found, profile = Detector().profile([misread, misread])
    assert {one.language for one in (*found, profile.main)} == {"und"}


def test_a_short_line_full_of_accents_is_not_taken_for_one():
    assert Detector().detect("Où ça ? À Évry, l’été à été gêné", hint="fr").language == "fr"


def test_the_portuguese_of_brazil_is_told_by_the_whole_article():
    text = "O time está treinando no gramado, e o goleiro registrou a ocorrência no ônibus."
    assert DETECTOR.profile([text])[1].main.language == "pt-BR"
    assert DETECTOR.profile([SENTENCES["pt"]])[1].main.language == "pt"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Polisi menahan tersangka korupsi proyek stadion", "id"),
        ("Polis tahan suspek kes rasuah projek stadium", "ms"),
        ("Penyanyi itu mengaku isterinya enggan berkahwin semula", "ms"),
        ("Penyanyi itu mengaku istrinya enggan menikah lagi", "id"),
        ("Sykehuset mangler penger til nye leger", "nb"),
        ("Sygehuset mangler penge til nye læger", "da"),
        ("Sjukehuset manglar pengar til nye legar", "nn"),
        ("A policía detivo onte ao autor do roubo", "gl"),
        ("Polícia zadržala páchateľa lúpeže v Nitre", "sk"),
        ("Policie zadržela pachatele loupeže v Brně", "cs"),
    ],
)
def test_words_that_one_neighbour_writes_tell_it_from_the_other(text, language):
    assert language_of(text) == language
    assert language_of(text.upper()) == language


def test_shared_characters_are_read_by_how_names_are_joined_and_speech_is_quoted():
    assert language_of("「世界之心」今日上演") == "zh-Hant"
    assert language_of("“世界之心”今日上演") == "zh-Hans"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Nazir dedi ki, yeni yollarin tikintisi gelen il basa catacaq ve sehere gelenlerin isi asanlasacaq.",
            "az",
        ),
        (
            "Bakan dedi ki yeni yollarin yapimi gelecek yil bitecek ve sehre gelenlerin isi kolaylasacak.",
            "tr",
        ),
    ],
)
def test_azerbaijani_without_its_own_letters_is_not_taken_for_turkish(text, language):
    assert language_of(text) == language


def test_cantonese_is_told_from_written_chinese_by_its_words():
    assert language_of("呢種做法每年都要檢討") == "yue"
    assert language_of("這種做法每年都要檢討") == "zh-Hant"


@pytest.mark.parametrize(
    "text",
    [
        "Mehr dazu: https://example.org/a?b=c oder an@example.org",
        "Tie\u0302\u0301ng Vie\u0323\u0302t la\u0300 nga\u0301n ngữ",
        "NASA startet Rakete; die ESA wartet",
        "Președintele și miniștrii țării",
        "Новости BBC и CNN сегодня",
        "国际新闻 2024",
    ],
)
def test_langdetects_table_counts_every_n_gram_that_langdetect_would_draw_from(text):
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    own = factory.create()
    own.append(text)
    own.cleaning_text()
    drawn = np.array([factory.word_lang_prob_map[gram] for gram in own._extract_ngrams()])
    expected = np.log(drawn + own.ALPHA_DEFAULT / own.BASE_FREQ).sum(axis=0)
    order = [factory.langlist.index(code) for code in load_table().codes]
    assert full_scores(text) == pytest.approx(expected[order], abs=len(drawn) / 256)


@pytest.mark.parametrize("phrase", ["Haus ", "12 x ", "la ", "buy now ", "lorem "])
def test_saying_a_thing_again_makes_its_language_no_surer(phrase):
    few, many = DETECTOR.detect(phrase * 40), DETECTOR.detect(phrase * 4000)
    assert many.confidence <= max(few.confidence, 0.9)
    assert max(few.confidence, many.confidence) < 0.95


def test_langdetects_label_is_kept_as_second_opinion():
    assert DETECTOR.profile([SENTENCES["nb"]])[1].second_opinion == "nb"
    assert DETECTOR.profile([SENTENCES["zh-Hans"]])[1].second_opinion == "zh-Hans"
    assert DETECTOR.profile(["12"])[1].second_opinion is None


def test_disagreement_of_langdetect_lowers_the_confidence():
    from monitor.detection.second_opinion import confirmed  # noqa: PLC0415

    main = Detection(language="de", confidence=0.9, method="n-grams")
    assert confirmed(main, "nl").confidence < 0.9 < confirmed(main, "de").confidence
    assert confirmed(main, None) == main


def test_the_method_langdetect_gives_exactly_its_answer():
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0
    detector = Detector(method="langdetect")
    for text in SENTENCES.values():
        own = factory.create()
        own.append(text)
        best = own.get_probabilities()[0]
        found = detector.detect(text)
        assert found.language == from_langdetect(best.lang)
        assert found.confidence == pytest.approx(best.prob, abs=1e-9)
        assert found.method == "langdetect"
        assert detector.profile([text])[1].main.language == found.language


def _profiles(_=None):
    return [Detector().profile([text, SENTENCES["en"]]) for text in SENTENCES.values()]


def test_many_threads_and_processes_say_the_same():
    expected = _profiles()
    with ThreadPoolExecutor(8) as threads:
        assert all(result == expected for result in threads.map(_profiles, range(3)))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert all(result == expected for result in processes.map(_profiles, range(2)))


def test_the_first_call_may_come_from_many_threads():
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from monitor.detection import Detector\n"
        "texts = ['Das ist ein kurzer Satz.', 'Ceci est une phrase.'] * 8\n"
        "with ThreadPoolExecutor(16) as pool:\n"
        "    own = pool.map(Detector().detect, texts)\n"
        "    other = pool.map(Detector(method='langdetect').detect, texts)\n"
        "    print(sorted({f.language for f in own} | {f.language for f in other}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['de', 'fr']"
