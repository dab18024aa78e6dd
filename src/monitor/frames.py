"""The records that go between monitor and the processes that read and clean."""

from dataclasses import dataclass, field

from monitor.cleaning.options import CleaningOptions, LineMarks
from monitor.limits import Limits
from monitor.models import DetectionMethod, Document, Metadata, Processed


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """What a worker is told once, before its first task. `memory_bytes` caps its address space where it can be."""

    cleaning: CleaningOptions = field(default_factory=CleaningOptions)
    detector: DetectionMethod = "monitor"
    limits: Limits = field(default_factory=Limits)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    learned: dict[str, frozenset[str]] = field(default_factory=dict)
    marks: dict[str, LineMarks] = field(default_factory=dict)
    memory_bytes: int = 4 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read one file, or the bytes in `data`, and leave out its first `skip` inputs.

    Of a file that several workers read together, each reads every one of `parts` inputs, from number `part` on; then
    `skip` counts those.
    `path` is the file's name in the file system's own bytes; `size` and `mtime_ns` are what they were when it
    was found. `given` is what the user said of it. `problem` says why the file cannot even be opened. In the place of
    a file a `document` that was read before can be prepared once more, with the lines that are known by then to be
    boilerplate of its outlet.
    """

    uri: str
    path: bytes = b""
    size: int = 0
    mtime_ns: int | None = None
    data: bytes | None = None
    skip: int = 0
    part: int = 0
    parts: int = 1
    problem: str | None = None
    given: Metadata = field(default_factory=Metadata)
    document: Document | None = None
    learned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An input that begins, or what became of it; `done` after a file; empty once, when the worker is ready."""

    begins: Processed | None = None
    processed: Processed | None = None
    done: bool = False
