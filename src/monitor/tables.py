"""Write rows as CSV, JSON, JSON lines or Markdown that other programs read without being harmed."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

Rows = Iterable[Sequence[Any]]

# What a spreadsheet would take for a formula, also after white space or in full width (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CELL_ENDS = ("\t", "\r")


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """Return RFC 4180 text; cells that a spreadsheet would run as formulas get a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in columns])
    writer.writerows([[_harmless(plain(value)) for value in row] for row in rows])
    return out.getvalue()


def as_json(columns: Sequence[str], rows: Rows) -> str:
    """Return a JSON array of objects."""
    return msgspec.json.format(msgspec.json.encode([*_objects(columns, rows)]), indent=2).decode() + "\n"


def as_json_lines(columns: Sequence[str], rows: Rows) -> str:
    """Return one JSON object a line."""
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in _objects(columns, rows))


def as_markdown(columns: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table; newlines and bars within cells are escaped."""
    lines = [columns, ["---"] * len(columns), *([plain(value) for value in row] for row in rows)]
    return "".join("| " + " | ".join(_cell(value) for value in line) + " |\n" for line in lines)


FORMATS: dict[str, Callable[[Sequence[str], Rows], str]] = {
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_json_lines,
    "markdown": as_markdown,
}


def plain(value: object) -> object:
    """Return a value as text and JSON have it: times in ISO 8601, nothing else changed."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def _objects(columns: Sequence[str], rows: Rows) -> Iterable[dict[str, Any]]:
    return (dict(zip(columns, map(_json_value, row), strict=True)) for row in rows)


def _json_value(value: Any) -> Any:
    try:
        msgspec.json.encode(value)
    except (TypeError, ValueError):
        return str(value)
    return value


def _harmless(value: object) -> object:
    if isinstance(value, str) and (
        value.lstrip().startswith(_FORMULA_STARTS) or value.startswith(_CELL_ENDS)
    ):
        return "'" + value
    return value


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")
