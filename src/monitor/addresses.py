"""Tell what an address on the web leads to: the outlet, and the page whatever way leads there.

Libraries that clean addresses also drop parameters by which older sites tell their articles apart (`?cid=12`, `?12`):
then several articles would be one. Here only parameters go that are known to count visitors and nothing else.
"""

import re
from urllib.parse import SplitResult, unquote, urlsplit

_NO_SCHEME = re.compile(r"(?:[\w-]{1,63}\.){1,9}[a-z]{2,24}(?=[:/?#]|$)", re.IGNORECASE)
_NAMES_ITSELF = re.compile(
    r"(?!(?:about|blob|data|javascript|mailto):)[a-z][a-z0-9+.-]{1,30}:(?=[^\s/]|//[^\s/])", re.IGNORECASE
)
_COUNTS_VISITORS = re.compile(
    r"""
    (?:utm|mtm|matomo|piwik|hsa|oly|vero|itm)_\w+=
    | pk_(?:campaign|kwd|keyword|source|medium|content|cid)= | ns_(?:source|mchannel|campaign|linkname|fee)=
    | at_(?:medium|campaign|custom\d|link\w*|ptr\w*|bbc\w*)= | mc_[ce]id= | _hs(?:enc|mi)= | _g[al]=
    | (?:fbclid|gclid|dclid|msclkid|twclid|yclid|ttclid|wbraid|gbraid|igshid|igsh)=
    | (?:xtor|cmpid|ocid|wt\.?mc(?:_id)?|__twitter_impression)=
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WWW = re.compile(
    r"^www\d?\.(?=[^.]+\.)"
)  # numbers name machines: one outlet, though not surely the same pages
_USUAL_PORTS = {80, 443, None}


def outlet_of(url: str | None) -> str | None:
    """Return the domain of an address without `www.` or `www2.`; None where there is none.

    >>> outlet_of("https://www.example.org/news/1"), outlet_of("www2.example.org/news/1")
    ('example.org', 'example.org')
    """
    parts = _parts(url)
    return _WWW.sub("", parts.hostname or "") if parts else None


def page_of(url: str | None) -> str | None:
    """Return what all addresses of one page have in common; None for a site's front page and where there is none.

    Scheme, `www.`, a slash at the end, a fragment, and parameters that count visitors lead to no other page. What has
    another scheme names itself (`urn:`, `tag:`); what has none, such as "N/A" or a path, leads nowhere: it would be the
    same for many articles.

    >>> page_of("http://www.example.org/news/?id=1&utm_source=feed#top")
    'example.org/news?id=1'
    """
    parts = _parts(url)
    if parts is None:
        name = (url or "").strip()
        return name if _NAMES_ITSELF.match(name) else None
    query = "&".join(part for part in parts.query.split("&") if part and not _COUNTS_VISITORS.match(part))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # of a page made by a script
    path = unquote(parts.path, errors="surrogateescape").rstrip("/")
    if not (path or query or fragment):
        return None
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in _USUAL_PORTS else ""
    return f"{host}{port}{path}{query and '?' + query}{fragment and '#' + fragment}"


def _parts(url: str | None) -> SplitResult | None:
    """Take the address of a web page apart, with or without its scheme; None for anything else."""
    text = (url or "").strip()
    if _NO_SCHEME.match(text.removeprefix("//")):
        text = f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if is_address else None
