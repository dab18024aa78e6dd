"""The language identifiers that are compared: monitor's and others', each from text to a BCP 47 tag."""

import importlib
from collections.abc import Callable, Iterator

from bench.language.labelled import language_of_label
from monitor.detection import Detector
from monitor.detection.langdetect_table import sampled_answer
from monitor.languages import UNDETERMINED, Language, from_langdetect, parse_language

Identify = Callable[[str], Language]


def systems(*, slow: bool) -> Iterator[tuple[str, Identify]]:
    """Yield the name and the function of every system that is installed; lingua only when `slow`."""
    yield "monitor", monitor_article
    yield "langdetect", _langdetect
    yield "py3langid", _py3langid()
    for module, make in (("pycld2", _pycld2), *((("lingua", _lingua),) if slow else ())):
        try:
            importlib.import_module(module)
        except ImportError:
            continue
        yield module, make()


_DETECTOR = Detector()


def monitor_article(text: str) -> Language:
    """Return the main language that monitor's profile of an article names; the function that ingest uses."""
    main = _DETECTOR.profile([line for line in text.split("\n") if line.strip()])[1].main.language
    return language_of_label(main)


def monitor_text(text: str) -> Language:
    """Return the language that monitor names for one text."""
    return _DETECTOR.detect(text).language


def _langdetect(text: str) -> Language:
    """Return langdetect's own answer, with seed 0."""
    return from_langdetect(sampled_answer(text)[0]) or UNDETERMINED


def _py3langid() -> Identify:
    """Return py3langid as it comes; it does not tell the two kinds of Chinese characters apart."""
    identifier = importlib.import_module("py3langid.langid")
    return lambda text: parse_language(identifier.classify(text)[0])


def _pycld2() -> Identify:
    """Return pycld2 as it comes."""
    library = importlib.import_module("pycld2")

    def identify(text: str) -> Language:
        try:
            return parse_language(library.detect(text)[2][0][1])
        except library.error:
            return UNDETERMINED

    return identify


def _lingua() -> Identify:
    """Return lingua with all its languages."""
    library = importlib.import_module("lingua")
    detector = library.LanguageDetectorBuilder.from_all_languages().build()

    def identify(text: str) -> Language:
        found = detector.detect_language_of(text)
        return parse_language(found.iso_code_639_1.name.lower()) if found else UNDETERMINED

    return identify
