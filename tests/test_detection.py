"""Language identification: right, honest about doubt, and unmoved by bad input."""

import pytest

from monitor.detection import Detector
from monitor.languages import UNDETERMINED

DETECTOR = Detector()


@pytest.mark.parametrize("text", ["", " \n", "12 345,67", "😀🎉", "https://example.org/de/nachrichten", "ab"])
def test_too_little_evidence_is_undetermined(text):
    assert DETECTOR.detect(text).language == UNDETERMINED


@pytest.mark.parametrize(
    "text", ["\ud800\udfff", "\x00" * 9, "a" * 100_000, "\u202eabc\u202c \u2067", "\ud83d text here"]
)
def test_bad_input_never_raises(text):
    DETECTOR.detect(text)
    DETECTOR.profile([text, text])
    Detector(method="langdetect").profile([text])
