"""The records that pass between the stages, in the order in which they come to exist."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.languages import UNDETERMINED, Language

Precision = Literal["second", "minute", "day", "month", "year"]
SegmentKind = Literal["title", "paragraph"]
DetectionMethod = Literal["monitor", "langdetect"]

SUMMARY = "summary"  # extraction method of what only tells of an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing seen: a file, or a member of an archive; `size` in bytes, `mtime_ns` since the epoch.

    `is_listed` says that it is a record of a list, where its place may be another one's tomorrow.
    """

    uri: str
    sha256: str
    size: int
    mtime_ns: int | None = None
    media_type: str | None = None
    is_listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about an article besides its text; None where nothing is known."""

    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    published_at: datetime | None = None
    published_at_precision: Precision | None = None
    published_at_source: str | None = None
    language_hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader produced from an input: raw text and metadata, not yet cleaned.

    `partial_reason` says why the extraction may be incomplete.
    """

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    extraction_method: str = "plain"
    partial_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change that cleaning made: `raw[start:end] == removed` was replaced by `inserted`.

    Offsets count code points of the raw text. `rule` names the reason, `confidence` is in [0, 1].
    """

    start: int
    end: int
    removed: str
    inserted: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A text after cleaning; `edits` are in order, do not overlap and lead from `raw` to `text`."""

    raw: str
    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """Which language a text is in, how sure in [0, 1], and which evidence decided."""

    language: Language = UNDETERMINED
    confidence: float = 0.0
    method: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The title or one paragraph of an article; offsets into the clean text, or into the title."""

    kind: SegmentKind
    ordinal: int
    start: int
    end: int
    text: str
    detection: Detection = field(default_factory=Detection)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageProfile:
    """The languages of a whole article.

    `share` is the main language's part of the letters; `others` are the languages at or above 12 %, with
    their parts, the largest first; `second_opinion` is langdetect's label, None where it has none.
    """

    main: Detection
    share: float = 0.0
    others: tuple[tuple[Language, float], ...] = ()
    second_opinion: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article on its way to the warehouse: read, extracted, cleaned and identified, not yet translated."""

    document: Document
    title: str | None
    cleaned: Cleaned
    segments: tuple[Segment, ...]
    languages: LanguageProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """An input, or a record of it, that did not become an article: where, why (groupable), details."""

    stage: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What became of one input before the warehouse saw it: exactly one of `prepared` and `reject` is set.

    `container` is the URI of the file that the input is a member or record of.
    """

    input: Input
    container: str | None = None
    prepared: Prepared | None = None
    reject: Reject | None = None
