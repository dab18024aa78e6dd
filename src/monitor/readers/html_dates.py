"""Read a date as web pages write it: ISO 8601, mail style, numbers of seconds, or words in many languages."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

from monitor.models import Precision

Moment = tuple[datetime, Precision]

_YEARS = range(1990, 2101)
_CLOCK = r"(\d{1,2})\s?[:.h時시點点]\s?(\d{2})(?::(\d{2}))?"
_ISO = re.compile(
    r"(?<!\d)(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)(?:[T\s,]{1,3}" + _CLOCK + ")?", re.IGNORECASE
)
_CJK = re.compile(r"(\d{4})(\s?)[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?(?:\D{0,9}" + _CLOCK + ")?")
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?")
_MONTH = re.compile(r"(?<!\d)(\d{4})-(\d{2})")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)(?:\D{0,9}" + _CLOCK + ")?")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_WORD = re.compile(r"[^\W\d_]{3,12}")
_BEFORE = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]{0,2}(?:de\s|of\s)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"\.?,?[\s-]{1,2}(?:(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2})?(?:de\s|del\s|at\s)?(\d{4})(?!\d)(?:\D{1,12}?"
    + _CLOCK
    + ")?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\d\s?(?:[AaPp]\.?[Mm]\.?\s?)?(?:(Z|UTC|GMT|[ECMP][SD]T|CES?T|BST|JST|IST|MSK)\b|([+-])(\d{2}):?(\d{2})?(?![\d:]))"
)
_HOURS = {
    "EST": -5.0,
    "EDT": -4.0,
    "CST": -6.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
}
_HOURS |= {"CET": 1.0, "CEST": 2.0, "BST": 1.0, "JST": 9.0, "IST": 5.5, "MSK": 3.0}
_HALF_DAY = re.compile(r"\d\s?([ap])\.?m\b", re.IGNORECASE)
_LONGEST = 200


def read_moment(text: str) -> Moment | None:
    """Return the moment that a date names, as aware UTC, with how precisely; None where it names none.

    A time without a zone counts as UTC. 03/04/2020 is read day first, as everywhere but in the United States.

    >>> read_moment("2019-11-19T23:30:00-05:00")
    (datetime.datetime(2019, 11, 20, 4, 30, tzinfo=datetime.timezone.utc), 'second')
    """
    text = text.strip()[:_LONGEST]
    if _SECONDS.fullmatch(text):
        return _checked(datetime.fromtimestamp(int(text[:10]), UTC), "second")
    if match := _COMPACT.fullmatch(text):
        return _moment(text, *_numbers(match, (1, 3, 4, 5, 6, 7)))
    if match := _ISO.search(text) or _CJK.search(text):
        return _moment(text, *_numbers(match, (1, 3, 4, 5, 6, 7)))
    return _worded(text) or _day_first(text) or _month_only(text)


def _numbers(match: re.Match[str], groups: tuple[int, ...]) -> list[int | None]:
    return [int(match[group]) if match[group] else None for group in groups]


def _day_first(text: str) -> Moment | None:
    match = _DAY_FIRST.search(text)
    if match is None:
        return None
    day, month, *rest = _numbers(match, (1, 3, 4, 5, 6, 7))
    if month and day and month > 12 >= day:  # noqa: PLR2004 - months in a year
        day, month = month, day
    return _moment(text, rest[0], month, day, *rest[1:])


def _month_only(text: str) -> Moment | None:
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - months in a year
        return None
    return _checked(datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC), "month")


def _worded(text: str) -> Moment | None:
    for word in _WORD.finditer(text):
        month = month_names().get(word[0].lower())
        after = _AFTER.match(text, word.end()) if month else None
        before = _BEFORE.search(text[max(0, word.start() - 9) : word.start()])
        if after is None or not (before or after[1]):
            continue
        day = int(before[1] if before else after[1])
        return _moment(text, int(after[2]), month, day, *_numbers(after, (3, 4, 5)))
    return None


@cache
def month_names() -> dict[str, int]:
    """Return the number of each month's name, in small letters, in all languages together."""
    lines = files("monitor.readers").joinpath("months.txt").read_text(encoding="utf-8").splitlines()
    months = enumerate((line for line in lines if not line.startswith("#")), start=1)
    return {name: number for number, names in months for name in names.split()}


def _moment(
    text: str, year: int | None, month: int | None, day: int | None, *clock: int | None
) -> Moment | None:
    hour, minute, second = (*clock, None, None, None)[:3]
    half = _HALF_DAY.search(text) if hour is not None else None
    if half and hour is not None:
        hour = hour % 12 + (12 if half[1] in "pP" else 0)
    precision: Precision = "day" if hour is None else "minute" if second is None else "second"
    try:
        local = datetime(
            year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0, tzinfo=_zone(text)
        )
        return _checked(local.astimezone(UTC) if hour is not None else local.replace(tzinfo=UTC), precision)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    match = _ZONE.search(text, min(len(text), 10))
    if match is None:
        return UTC
    if match[1]:
        return timezone(timedelta(hours=_HOURS.get(match[1], 0.0)))
    shift = timedelta(hours=int(match[3]), minutes=int(match[4] or 0))
    return timezone(-shift if match[2] == "-" else shift)


def _checked(moment: datetime, precision: Precision) -> Moment | None:
    return (moment, precision) if moment.year in _YEARS else None
