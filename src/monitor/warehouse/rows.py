"""Turn records into the rows of the tables."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from monitor import identity
from monitor.languages import TABLE
from monitor.models import Input, Prepared, Reject

if TYPE_CHECKING:
    from monitor.warehouse.known import Known

Row = dict[str, Any]


def ledger_row(
    seen: Input, container: str | None, outcome: str, article_id: str | None, run_id: str, now: datetime
) -> Row:
    """Return the ledger's row of an input."""
    return {
        "uri": seen.uri, "container_uri": container, "sha256": seen.sha256, "size_bytes": seen.size,
        "mtime_ns": seen.mtime_ns, "media_type": seen.media_type, "outcome": outcome, "article_id": article_id,
        "run_id": run_id, "seen_at": now,
    }  # fmt: skip


def reject(seen: Input, why: Reject, run_id: str, now: datetime) -> Row:
    """Return the row of an input that did not become an article."""
    return {
        "uri": seen.uri, "stage": why.stage, "reason": why.reason, "detail": why.detail,
        "run_id": run_id, "rejected_at": now,
    }  # fmt: skip


def article(
    prepared: Prepared, article_id: str, known: "Known", run_id: str, now: datetime
) -> Iterator[tuple[str, object, Row]]:
    """Yield (table, key, row) for a new revision of an article."""
    metadata, languages, text = prepared.document.metadata, prepared.languages, prepared.cleaned.text
    source_id = metadata.source.casefold() if metadata.source else None
    key = (article_id, known.revision)
    shared = {"article_id": article_id, "revision": known.revision}
    versioned = {
        "title": prepared.title, "published_at": metadata.published_at, "text": text,
        "language": languages.main.language, "content_sha256": known.content_sha256, "indexed_at": now,
        "run_id": run_id,
    }  # fmt: skip
    yield "article_revisions", key, shared | versioned
    yield "articles", article_id, shared | versioned | {
        "source_id": source_id, "url": metadata.url, "canonical_url": metadata.canonical_url,
        "authors": list(metadata.authors), "published_at_precision": metadata.published_at_precision,
        "published_at_source": metadata.published_at_source, "first_seen_at": known.first_seen_at,
        "language_confidence": languages.main.confidence, "language_method": languages.main.method,
        "language_share": languages.share,
        "other_languages": msgspec.json.encode(dict(languages.others)).decode(),
        "language_hint": metadata.language_hint, "language_second_opinion": languages.second_opinion,
        "word_count": word_count(text, languages.main.language),
        "text_extraction_method": prepared.document.extraction_method,
        "partial_reason": prepared.document.partial_reason, "text_sha256": identity.text_sha256(text),
        "input_uri": known.input_uri,
    }  # fmt: skip
    if source_id:
        domain = source_id if "." in source_id and " " not in source_id else None
        yield (
            "sources",
            source_id,
            {"source_id": source_id, "name": metadata.source, "canonical_domain": domain},
        )
    for segment in prepared.segments:
        yield "segments", (*key, segment.ordinal), shared | {
            "ordinal": segment.ordinal, "kind": segment.kind, "start_offset": segment.start,
            "end_offset": segment.end, "language": segment.detection.language,
            "language_confidence": segment.detection.confidence, "language_method": segment.detection.method,
        }  # fmt: skip
    for ordinal, edit in enumerate(prepared.cleaned.edits):
        yield "edits", (*key, ordinal), shared | {
            "ordinal": ordinal, "start_offset": edit.start, "end_offset": edit.end, "removed": edit.removed,
            "inserted": edit.inserted, "rule": edit.rule, "confidence": edit.confidence,
        }  # fmt: skip


def word_count(text: str, language: str) -> int:
    """Count words; characters that are not space where the script has no spaces."""
    entry = TABLE.get(language)  # type: ignore[call-overload]
    words = text.split()
    return len(words) if entry is None or entry.spaced else sum(map(len, words))
