"""Hashes that name things, so that the same thing always has the same name."""

import hashlib
from datetime import datetime

_ID_DIGITS = 20  # 80 bits: a clash among a hundred million articles is less likely than one in ten million


def article_id(page: str | None, uri: str) -> str:
    """Name an article by the page that it is (see `addresses.page_of`) where known, else by the URI of its input."""
    return sha256_text(page or uri)[:_ID_DIGITS]


def content_sha256(title: str | None, published_at: datetime | None, text: str) -> str:
    """Hash what makes a new revision when it changes: title, date and clean text."""
    stamp = published_at.isoformat() if published_at else ""
    return sha256_text("\x1f".join((title or "", stamp, text)))


def text_sha256(text: str) -> str:
    """Hash a text with case and space folded: equal for exact copies however they are laid out."""
    return sha256_text(" ".join(text.split()).casefold())


def sha256_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
