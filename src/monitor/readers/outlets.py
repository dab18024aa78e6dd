"""Name the outlet that an address belongs to."""

from urllib.parse import urlsplit


def outlet_of(url: str | None) -> str | None:
    """Return the domain of an address without `www.`; None where there is none.

    >>> outlet_of("https://www.example.org/news/1")
    'example.org'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
