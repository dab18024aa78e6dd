"""Take an article's parts from a mapping, whatever its fields are called."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from itertools import chain
from typing import Any

from monitor.addresses import outlet_of, page_of
from monitor.errors import DocumentError
from monitor.models import Document, Metadata
from monitor.readers.bylines import names_in, persons
from monitor.readers.dates import parse_date
from monitor.readers.encoding import scrubbed
from monitor.readers.fragments import is_markup, plain_text
from monitor.readers.html import read_html

FieldNames = Mapping[str, tuple[str, ...]]
Read = Callable[[], Document]
Records = list[tuple[str, Read]]  # each with the SHA-256 of its content

# part of an article -> the names under which scrapers and feeds deliver it, the first that is filled wins
DEFAULT_FIELDS: FieldNames = {
    "url": ("url", "link", "uri", "source_url", "canonical_url"),
    "title": ("title", "headline", "name"),
    "text": ("text", "body", "content", "maintext", "article_text", "articleBody", "raw_text"),
    "html": ("html", "raw_html", "content_html", "filehtml"),
    "author": ("author", "authors", "byline"),
    "date": (
        "date",
        "published_at",
        "published",
        "date_publish",
        "publishedAt",
        "datePublished",
        "publish_date",
        "pubDate",
        "date_published",
    ),
    "language": ("language", "lang", "inLanguage"),
    "source": ("source", "outlet", "source_domain", "site_name", "sitename", "publisher", "domain"),
}


def document_from(record: object, fields: FieldNames) -> Document:
    """Return the document in a record; raises DocumentError when it holds no article text."""
    if not isinstance(record, Mapping):
        raise DocumentError(
            "read", "not an article record", f"a JSON {type(record).__name__}, expected an object"
        )
    found = {part: _rendered(_first(record, names)) for part, names in fields.items()}
    document = _body(_string(found.get("text")), _string(found.get("html")), _string(found.get("url")))
    return with_metadata(document, metadata_from(found))


def metadata_from(found: Mapping[str, Any]) -> Metadata:
    """Return the metadata in a mapping from part to value."""
    when = parse_date(found.get("date"))
    url, source = _string(found.get("url")), _name(found.get("source"))
    if source and "://" in source:  # an address: of the article where it is of a page, and of the outlet
        url, source = url or (source if page_of(source) else None), outlet_of(source)
    return Metadata(
        url=url,
        title=_string(unescape(title)) if isinstance(title := found.get("title"), str) else None,
        authors=_names(found.get("author")),
        source=source,
        published_at=when.at if when else None,
        published_at_precision=when.precision if when else None,
        published_at_source="record" if when else None,
        language_hint=_string(found.get("language")),
    )


def with_metadata(document: Document, given: Metadata) -> Document:
    """Return the document with what `given` says put over what was found in the text itself.

    An outlet that nobody names is the one that the address belongs to.
    """
    metadata = overlaid(document.metadata, given)
    if metadata.source is None:
        metadata = replace(metadata, source=outlet_of(metadata.canonical_url or metadata.url))
    return replace(document, metadata=metadata)


def overlaid(found: Metadata, given: Metadata) -> Metadata:
    """Return metadata in which what `given` says stands before what was found."""
    said = {name: getattr(given, name) for name in Metadata.__dataclass_fields__}
    return replace(found, **{name: value for name, value in said.items() if value not in (None, ())})


def _body(text: str | None, html: str | None, url: str | None) -> Document:
    if text and (shown := plain_text(text) if is_markup(text) else text):
        return Document(text=shown, extraction_method="record")
    if html:
        return read_html(html.encode("utf-8", "replace"), url=url)
    raise DocumentError(
        "read", "no text field", "the record has none of the fields that hold an article's text"
    )


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[name] for name in names if record.get(name) not in (None, "", [], {})), None)


def _rendered(value: Any) -> Any:
    """Return what is shown of a value, where it comes as WordPress gives it."""
    return value["rendered"] if isinstance(value, Mapping) and "rendered" in value else value


def _string(value: object) -> str | None:
    return scrubbed(value).strip() or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or value.get("domain")
    return _string(value)


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a byline or several; what holds none that can be told apart stays as it is."""
    several = value if isinstance(value, list | tuple) else [value]
    given = [name for item in several if (name := _name(item))]
    return persons([*chain.from_iterable(map(names_in, given))]) or tuple(given)
