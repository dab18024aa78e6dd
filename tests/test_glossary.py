"""The user's own terms stand in the translation, or their absence is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigurationError
from monitor.translation.glossary import honoured, read_glossary

TEXT = """
de-en:
  - source: Bundesrat
    target: Bundesrat
    wrong: [Federal Council, federal council of states]
  - source: Ampel
    target: traffic-light coalition
    wrong: [traffic light]
    case: exact
    endings: false
zh-en:
  - source: 人大
    target: National People's Congress
    wrong: [NPC, Renmin University]
"""
GLOSSARY = read_glossary(TEXT)


@pytest.mark.parametrize(
    ("pair", "source", "output", "better", "lost"),
    [
        ("de-en", "Der Bundesrat tagt.", "The Federal Council meets.", "The Bundesrat meets.", ()),
        ("de-en", "Laut Bundesrat.", "Federal council of states says so.", "Bundesrat says so.", ()),
        ("de-en", "Die Sitzung des Bundesrates.", "The Bundesrat's session.", "The Bundesrat's session.", ()),
        ("de-en", "Der Bundesrat tagt.", "The chamber meets.", "The chamber meets.", ("Bundesrat",)),
        ("de-en", "Die Ampel streitet.", "The traffic light argues.", "The traffic-light coalition argues.", ()),
        ("de-en", "Die ampel ist rot.", "The traffic light is red.", "The traffic light is red.", ()),
        ("de-en", "Ein Rat tagt.", "A Federal Council meets.", "A Federal Council meets.", ()),
        ("zh-en", "全国人大开会。", "Renmin University meets.", "National People's Congress meets.", ()),
        ("fr-en", "Le Bundesrat.", "The Federal Council.", "The Federal Council.", ()),
    ],
)  # fmt: skip
def test_a_known_mistranslation_is_put_right_and_a_lost_term_told(pair, source, output, better, lost):
    assert honoured(GLOSSARY, pair, source, output) == (better, lost)


@given(st.text(max_size=60), st.text(max_size=60))
def test_honouring_twice_changes_nothing_more(source, output):
    once, _ = honoured(GLOSSARY, "de-en", source + " Bundesrat", output)
    assert honoured(GLOSSARY, "de-en", source + " Bundesrat", once)[0] == once


def test_the_version_changes_with_the_content_only():
    assert (
        read_glossary(TEXT.replace("\n  - source: Ampel", "\n\n  - source:   Ampel")).version
        == GLOSSARY.version
    )
    assert read_glossary(TEXT.replace("meets", "sits").replace("NPC", "N.P.C.")).version != GLOSSARY.version
    assert read_glossary("").version == ""


@pytest.mark.parametrize(
    "text", ["de-en: 3", "de-en:\n - target: x", "de-en: [{source: a, target: b, colour: c}]", ": ["]
)
def test_a_file_that_is_no_glossary_is_refused_with_what_would_work(text):
    with pytest.raises(ConfigurationError, match="source, target"):
        read_glossary(text)
