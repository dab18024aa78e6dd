"""Read the options once.

They come from `monitor.toml` in the working directory (or --config), environment variables `MONITOR_…`, and the
command line; the later stand before the earlier.
"""

import os
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import msgspec

from monitor.cleaning.options import CleaningOptions
from monitor.corpus.measures import Measures
from monitor.errors import ConfigurationError
from monitor.limits import Limits
from monitor.models import DetectionMethod

FILE = "monitor.toml"
DEFAULT_WAREHOUSE = Path("warehouse") / "monitor.duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """How many processes read and clean (0: one a processor), how long one input may take, how much memory."""

    count: int = 0
    deadline_s: float = 60.0
    memory_mb: int = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Into which languages, with which folder of models; off with an empty list of targets.

    Where no model knows a pair, two with one of the `pivots` between them do. `glossary` is a YAML file of terms.
    """

    targets: tuple[str, ...] = ("en",)
    models: str | None = None
    pivots: tuple[str, ...] = ("en",)
    glossary: str | None = None
    max_time_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All options; the names are those of the tables and keys in `monitor.toml`."""

    warehouse: str = str(DEFAULT_WAREHOUSE)
    wait_s: float = 0.0
    detector: DetectionMethod = "monitor"
    cleaning: CleaningOptions = field(default_factory=CleaningOptions)
    line_rules: str | None = None
    workers: Workers = field(default_factory=Workers)
    limits: Limits = field(default_factory=Limits)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    translation: Translation = field(default_factory=Translation)
    corpus: bool = True
    watchlist: str | None = None
    measures: Measures = field(default_factory=Measures)


_ENVIRONMENT = {"warehouse": "MONITOR_WAREHOUSE", "wait_s": "MONITOR_WAIT_S", "detector": "MONITOR_DETECTOR"}


def read_settings(path: Path | None = None, **given: object) -> Settings:
    """Return the settings from file, environment and arguments that are not None.

    Raises ConfigurationError naming the key that is unknown or wrong.
    """
    values = _from_file(path)
    values |= {name: os.environ[key] for name, key in _ENVIRONMENT.items() if os.environ.get(key)}
    if models := os.environ.get("MONITOR_MODELS"):
        values["translation"] = {**values.get("translation", {}), "models": models}
    values |= {name: value for name, value in given.items() if value is not None}
    _refuse_unknown(values, Settings, "")
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"configuration: {error}") from error


def _from_file(path: Path | None) -> dict[str, Any]:
    """Return the values in a configuration file; none when the default one is not there."""
    place = path or Path(FILE)
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if path is None:
            return {}
        raise ConfigurationError(f"no configuration file at {str(place)!r}") from error
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{str(place)!r} cannot be read: {error}") from error


def _refuse_unknown(values: dict[str, Any], kind: Any, where: str) -> None:
    """Raise for a key that no option has; the library would pass over it in silence."""
    options = {option.name: option for option in fields(kind)}
    for name, value in values.items():
        if name not in options:
            known = ", ".join(sorted(options))
            raise ConfigurationError(f"unknown option {where + name!r}; known here: {known}")
        if isinstance(value, dict) and is_dataclass(options[name].type):
            _refuse_unknown(value, options[name].type, f"{where}{name}.")
