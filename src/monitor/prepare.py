"""Turn a document into an article that is ready to load: clean it, cut it into segments, name their languages."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from monitor.cleaning.cleaner import clean
from monitor.cleaning.options import CleaningOptions, LineMarks
from monitor.detection import Detector, language_of
from monitor.errors import DocumentError
from monitor.languages import parse_language
from monitor.models import Document, Metadata, Prepared, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What preparing needs, made once a process."""

    detector: Detector
    cleaning: CleaningOptions
    learned: Mapping[str, Collection[str]] = field(default_factory=dict)
    marks: Mapping[str, LineMarks] = field(default_factory=dict)

    def cleaning_of(self, source: str | None) -> CleaningOptions:
        """Return the options for an outlet, with the lines that people have marked."""
        marks = self.marks.get(source or "")
        if marks is None:
            return self.cleaning
        return replace(
            self.cleaning, keep=self.cleaning.keep | marks.keep, drop=self.cleaning.drop | marks.drop
        )


def prepare(document: Document, tools: Tools) -> Prepared:
    """Return the cleaned and identified article; raises DocumentError when cleaning leaves nothing."""
    metadata = replace(document.metadata, title=_one_line(document.metadata.title))
    source = metadata.source.casefold() if metadata.source else None
    cleaned = clean(
        document.text,
        options=tools.cleaning_of(source),
        language_of=language_of,
        learned=tools.learned.get(source or "", ()),
        source=source,
    )
    if not cleaned.text.strip():
        raise DocumentError("clean", "nothing left", "every line of it is boilerplate")
    segments = [*_title(metadata), *_paragraphs(cleaned.text, first=1 if metadata.title else 0)]
    found, profile = tools.detector.profile([s.text for s in segments], hint=_hint(metadata))
    return Prepared(
        document=replace(document, text="", metadata=metadata),
        title=metadata.title,
        cleaned=cleaned,
        segments=tuple(replace(s, detection=d) for s, d in zip(segments, found, strict=True)),
        languages=profile,
    )


def _one_line(title: str | None) -> str | None:
    return " ".join(title.split()) or None if title else None


def _hint(metadata: Metadata) -> str | None:
    language = parse_language(metadata.language_hint)
    return None if language == "und" else language


def _title(metadata: Metadata) -> Iterator[Segment]:
    if metadata.title:
        yield Segment(kind="title", ordinal=0, start=0, end=len(metadata.title), text=metadata.title)


def _paragraphs(text: str, first: int) -> Iterator[Segment]:
    """Yield the lines that are not blank, without the space around them."""
    at, ordinal = 0, first
    for line in text.split("\n"):
        content = line.strip()
        if content:
            start = at + line.index(content)
            yield Segment(
                kind="paragraph", ordinal=ordinal, start=start, end=start + len(content), text=content
            )
            ordinal += 1
        at += len(line) + 1
