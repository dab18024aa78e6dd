"""What monitor answers on texts of documents that its model has not seen: each fold by the model made without it."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.language.labelled import FOLDS, Text, fold_of, language_of_label
from monitor.detection import Detector, gram_model
from monitor.languages import TARGETS, Language
from monitor.models import LanguageProfile

_SURE = 0.9


def profiles_of(texts: Sequence[Text], folds: Path | None) -> list[LanguageProfile]:
    """Return the profile of each text, by the models in `folds` (or by the shipped one, without)."""
    found: dict[int, LanguageProfile] = {}
    detector, shipped = Detector(), gram_model.models
    for fold in range(FOLDS):
        if folds:
            gram_model.models = partial(gram_model.read_models, folds / f"fold{fold}.npz")
        for place, text in enumerate(texts):
            if fold_of(text) == fold:
                lines = [line for line in text.text.split("\n") if line.strip()]
                found[place] = detector.profile(lines)[1]
    gram_model.models = shipped
    return [found[place] for place in range(len(texts))]


def is_right(text: Text, answer: Language) -> bool:
    """Return whether an answer is right; the two Portuguese count as one."""
    return language_of_label(answer) == text.language


def print_by_kind(texts: Sequence[Text], profiles: Sequence[LanguageProfile]) -> None:
    """Print macro accuracy over the target languages, the worst of them, and who else is taken for one."""
    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    taken: dict[str, list[bool]] = defaultdict(list)
    for text, profile in zip(texts, profiles, strict=True):
        answer = profile.main.language
        if text.language not in TARGETS or text.language == "sr-Latn":
            taken[text.kind].append(answer in TARGETS - {"sr-Latn"} and profile.main.confidence >= _SURE)
        elif text.language.startswith("zh"):
            hits[text.kind]["zh"].append(answer.startswith("zh"))
            hits[text.kind + ", zh by characters"][str(text.language)].append(answer == text.language)
        else:
            hits[text.kind][text.language].append(is_right(text, answer))
    for kind, languages in hits.items():
        rates = {language: 100 * sum(found) / len(found) for language, found in languages.items()}
        worst = " ".join(
            f"{code} {rate:.0f}" for code, rate in sorted(rates.items(), key=lambda item: item[1])[:7]
        )
        others = f"  others taken {100 * sum(taken[kind]) / len(taken[kind]):.2f}" if taken[kind] else ""
        print(f"{kind:34} {sum(rates.values()) / len(rates):6.2f}  worst: {worst}{others}", flush=True)
