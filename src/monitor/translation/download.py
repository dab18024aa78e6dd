"""Fetches a file over the network, and goes on where an earlier attempt stopped. The only place that does."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import cast

from monitor.errors import TranslationError

Progress = Callable[[int, int | None], None]

TIMEOUT = 30  # seconds without a byte
LARGEST = 2_000_000_000  # bytes; the largest real package has 300 MB
_CHUNK = 1 << 18
_ATTEMPTS = 4
_RANGE_NOT_SATISFIABLE = 416
_PARTIAL = 206


def read_url(url: str, limit: int = 50_000_000) -> bytes:
    """Return what a URL holds, up to `limit` bytes."""
    try:
        with _open(url) as response:
            data: bytes = response.read(limit + 1)
    except (OSError, HTTPException) as error:
        raise TranslationError(f"{url!r} cannot be read: {error}") from error
    if len(data) > limit:
        raise TranslationError(f"{url!r} holds more than {limit} bytes")
    return data


def size_of(url: str) -> int | None:
    """Return how many bytes a URL holds, without fetching them; None where the server does not say."""
    try:
        with _open(url, method="HEAD") as response:
            return _length(response)
    except (OSError, HTTPException):
        return None


def fetch(url: str, place: Path, progress: Progress = lambda _done, _total: None) -> Path:
    """Fetch a URL into a file; what an earlier attempt left behind beside it is continued, if unchanged."""
    part = place.with_name(place.name + ".part")
    error: Exception | None = None
    for _ in range(_ATTEMPTS):
        try:
            _continue(url, part, progress)
        except (OSError, HTTPException) as failure:
            error = failure
            if isinstance(failure, urllib.error.HTTPError) and failure.code < 500:  # noqa: PLR2004  no server fault
                break
        else:
            _tag(part).unlink(missing_ok=True)
            return part.replace(place)
    raise TranslationError(f"{url!r} could not be fetched: {error}") from error


def _continue(url: str, part: Path, progress: Progress) -> None:
    """Append what is missing, if the server's tag says that it is still the same file."""
    have = part.stat().st_size if part.exists() and _tag(part).exists() else 0
    headers = {"Range": f"bytes={have}-", "If-Range": _tag(part).read_text("ascii")} if have else {}
    try:
        response = _open(url, headers=headers)
    except urllib.error.HTTPError as error:
        if error.code != _RANGE_NOT_SATISFIABLE:
            raise
        have, response = 0, _open(url)
    with response:
        have = have if response.status == _PARTIAL else 0
        rest = _length(response)
        total = None if rest is None else have + rest
        _remember_tag(response, part)
        with part.open("ab" if have else "wb") as file:
            while chunk := response.read(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                if have > LARGEST:
                    raise TranslationError(f"{url!r} holds more than {LARGEST} bytes")
                progress(have, total)
    if total is not None and have < total:
        raise ConnectionError(f"the connection ended after {have} of {total} bytes")


def _remember_tag(response: HTTPResponse, part: Path) -> None:
    tag = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
    if tag and not tag.startswith("W/"):
        _tag(part).write_text(tag, "ascii", "replace")
    else:
        _tag(part).unlink(missing_ok=True)


def _tag(part: Path) -> Path:
    return part.with_name(part.name + ".tag")


def _length(response: HTTPResponse) -> int | None:
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _open(url: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
    """Open a URL; plain HTTP only on this machine, since an index gives no hash to check against."""
    parsed = urllib.parse.urlsplit(url)
    local = parsed.hostname in ("localhost", "127.0.0.1", "::1")
    if parsed.scheme != "https" and not (parsed.scheme == "http" and local):
        raise TranslationError(f"{url!r} is not fetched: models come over https, from a file or a folder")
    request = urllib.request.Request(url, method=method, headers=headers or {})  # noqa: S310  checked above
    try:
        return cast("HTTPResponse", urllib.request.urlopen(request, timeout=TIMEOUT))  # noqa: S310  checked above
    except urllib.error.HTTPError as error:
        error.close()  # it holds the connection as long as it lives
        raise
