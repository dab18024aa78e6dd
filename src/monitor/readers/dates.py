"""Turn the dates that feeds and records write, as text or as numbers, into aware UTC times with their precision."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from monitor.models import Precision
from monitor.readers.html_dates import read_moment

_EARLIEST, _LATEST = 1600, 2200
_NO_TIME = 60  # seconds; programs write 0 or -1 where they know none
_MILLISECONDS = 1e11  # larger numbers cannot be seconds: that would be after the year 5000
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")


class When(NamedTuple):
    """A moment in UTC and how exactly it is known."""

    at: datetime
    precision: Precision


def parse_date(value: object) -> When | None:
    """Return the moment that a date means; None for what is no date. A time without a zone is taken as UTC.

    >>> parse_date("2025-02-12T10:30:00+08:00")
    When(at=datetime.datetime(2025, 2, 12, 2, 30, tzinfo=datetime.timezone.utc), precision='second')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None
    return _exact(text) or _year_or_month(text) or _in_words(text)


def _from_epoch(number: float) -> When | None:
    try:
        at = datetime.fromtimestamp(number / 1000 if abs(number) > _MILLISECONDS else number, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return _plausible(When(at, "second"))


def _exact(text: str) -> When | None:
    """Read ISO 8601."""
    try:
        at = datetime.fromisoformat(text)
        aware = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    clock = text[10:].count(":") if ":" in text[10:] else 2 * (len(text) > len("20250212T1030"))
    return _plausible(When(aware, ("day", "minute", "second")[min(clock, 2)]))


def _year_or_month(text: str) -> When | None:
    found = _YEAR_OR_MONTH.fullmatch(text)
    try:
        at = datetime(int(found[1]), int(found[2] or 1), 1, tzinfo=UTC) if found else None
    except ValueError:
        return None
    return _plausible(When(at, "month" if found and found[2] else "year")) if at else None


def _in_words(text: str) -> When | None:
    found = read_moment(text)
    return _plausible(When(*found)) if found else None


def _plausible(when: When) -> When | None:
    """Return a moment that news can come from; the first seconds of 1970 stand for none."""
    is_left_out = when.precision == "second" and abs(when.at.timestamp()) < _NO_TIME
    return when if _EARLIEST <= when.at.year < _LATEST and not is_left_out else None
