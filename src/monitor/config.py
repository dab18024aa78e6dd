"""Make the ready parts of a run out of the settings."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import msgspec

from monitor.cleaning.line_rules import parse_rules
from monitor.cleaning.options import CleaningOptions
from monitor.corpus.watchlist import parse_watchlist
from monitor.corpus_steps import update_corpus
from monitor.errors import ConfigurationError
from monitor.frames import Begin
from monitor.languages import UNDETERMINED, Language, parse_language
from monitor.models import Metadata
from monitor.pipeline import Phase, Plan
from monitor.reading_phase import ReadingPhase, default_watchlist
from monitor.settings import Settings
from monitor.translation.argos import argos_folders
from monitor.translation.glossary import read_glossary
from monitor.translation.store import Store, default_folder
from monitor.translation_phase import TranslationPhase
from monitor.warehouse.files import Generations


def make_plan(
    settings: Settings,
    *,
    given: Metadata | None = None,
    phases: tuple[Phase, ...] | None = None,
    again: bool = False,
    wait_s: float = 0.0,
) -> Plan:
    """Return the ready parts that a run works with; `phases` other than the usual ones where they are given."""
    return Plan(
        warehouse=Generations(Path(settings.warehouse)),
        begin=Begin(
            cleaning=make_cleaning(settings),
            detector=settings.detector,
            limits=settings.limits,
            fields=settings.fields,
            memory_bytes=settings.workers.memory_mb << 20,
        ),
        workers=settings.workers.count or _processors(),
        deadline_s=settings.workers.deadline_s,
        wait_s=max(wait_s, settings.wait_s),
        given=given or Metadata(),
        configuration_sha256=hashlib.sha256(msgspec.json.encode(settings, order="sorted")).hexdigest(),
        phases=usual_phases(settings) if phases is None else phases,
        again=again,
    )


def make_cleaning(settings: Settings) -> CleaningOptions:
    """Return the options of cleaning with the phrases of the user's own rules file, if there is one.

    Raises ConfigurationError for a file that is not there or has a mistake in it.
    """
    if settings.line_rules is None:
        return settings.cleaning
    try:
        phrases = parse_rules(Path(settings.line_rules).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"line rules {settings.line_rules!r} cannot be read: {error}") from error
    return replace(settings.cleaning, phrases=(*settings.cleaning.phrases, *phrases))


def usual_phases(settings: Settings) -> tuple[Phase, ...]:
    """Return what works on the whole warehouse after loading, in order."""
    return (make_translation(settings), *(corpus_phases(settings) if settings.corpus else ()))


def corpus_phases(settings: Settings) -> tuple[Phase, ...]:
    """Return what looks at many articles, in order: it can run again at any time."""
    return (update_corpus, make_reading(settings))


def make_reading(settings: Settings) -> ReadingPhase:
    """Return the phase that reads for the watchlist; its file is the one given, else the one beside the warehouse.

    Raises ConfigurationError for a file that is not there or has a mistake in it, before a run begins.
    """
    given = settings.watchlist
    path = Path(given) if given else default_watchlist(Path(settings.warehouse))
    if path is None:
        return ReadingPhase(measures=settings.measures)
    try:
        watchlist = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"watchlist {str(path)!r} cannot be read: {error.strerror}") from error
    parse_watchlist(watchlist, name=str(path))
    return ReadingPhase(watchlist=watchlist, file=path, is_default=not given, measures=settings.measures)


def make_translation(settings: Settings, *, again: bool = False) -> TranslationPhase:
    """Return the phase that translates."""
    wanted = settings.translation
    return TranslationPhase(
        targets=tuple(map(_language, wanted.targets)),
        pivots=tuple(map(_language, wanted.pivots)),
        store=make_store(settings),
        workers=settings.workers.count or _processors(),
        max_time_s=wanted.max_time_s,
        again=again,
        glossary=_glossary(wanted.glossary),
    )


def _glossary(name: str | None) -> str:
    """Return the text of the glossary, after seeing that it is one."""
    try:
        text = Path(name).read_text("utf-8") if name else ""
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the glossary {name!r} cannot be read: {error}") from error
    read_glossary(text)
    return text


def make_store(settings: Settings) -> Store:
    """Return the models: those in our own folder, and those that Argos's tools installed."""
    folder = settings.translation.models
    return Store(Path(folder) if folder else default_folder(), argos_folders)


def _language(tag: str) -> Language:
    language = parse_language(tag)
    if language == UNDETERMINED:
        raise ConfigurationError(
            f"{tag!r} names no language that monitor knows; write it like 'en' or 'pt-BR'"
        )
    return language


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
