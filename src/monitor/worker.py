"""The process that reads, extracts, cleans and identifies: one file at a time, apart from everything else.

It takes tasks from standard input and answers with frames on standard output; the parent may kill it at any time.
"""

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from monitor.detection import Detector
from monitor.errors import DocumentError
from monitor.frames import Answer, Begin, ReadFile
from monitor.models import Input, Metadata, Processed, Reject
from monitor.prepare import Tools, prepare
from monitor.readers.fields import DEFAULT_FIELDS, metadata_from, overlaid, with_metadata
from monitor.readers.inputs import Found
from monitor.readers.unpack import unpack, unpack_bytes
from monitor.terminal import one_line
from monitor.walk import sidecar_of
from monitor.wire import read_frame, write_frame

_SIDECAR_BYTES = 1 << 20


def main() -> None:
    """Answer tasks until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up between the frames
    begin = read_frame(sys.stdin.buffer, Begin)
    if begin is None:
        return
    _cap_memory(begin.memory_bytes)
    tools = Tools(
        detector=Detector(begin.detector), cleaning=begin.cleaning, learned=begin.learned, marks=begin.marks
    )
    write_frame(answers, Answer())
    while (task := read_frame(sys.stdin.buffer, ReadFile)) is not None:
        for answer in work(task, begin, tools):
            write_frame(answers, answer)
        write_frame(answers, Answer(done=True))


def work(task: ReadFile, begin: Begin, tools: Tools) -> Iterator[Answer]:
    """Yield, for each input of a file or of our part of it but the first `skip`, that it begins and what it becomes."""
    given, trouble = _given(task)
    if task.document:
        source = (task.document.metadata.source or "").casefold()
        tools = replace(tools, learned={source: task.learned})
    for number, found in enumerate(_unpacked(task, begin)):
        if number % task.parts == task.part and number // task.parts >= task.skip:
            bare = Processed(input=found.input, container=found.container)
            yield Answer(begins=bare)
            yield Answer(processed=_processed(bare, found, given, tools, trouble))


def _unpacked(task: ReadFile, begin: Begin) -> Iterator[Found]:
    if document := task.document:
        return iter([Found(input=Input(uri=task.uri, sha256="", size=0), read=lambda: document)])
    fields = {**DEFAULT_FIELDS, **begin.fields}
    if task.data is not None:
        return unpack_bytes(task.data, task.uri, limits=begin.limits, fields=fields)
    path = Path(os.fsdecode(task.path))
    return unpack(path, task.uri, mtime_ns=task.mtime_ns, limits=begin.limits, fields=fields)


def _processed(
    bare: Processed, found: Found, given: Metadata, tools: Tools, trouble: DocumentError | None
) -> Processed:
    error = found.error or (trouble if found.read else None)
    if found.read and not error:
        try:
            return replace(bare, prepared=prepare(with_metadata(found.read(), given), tools))
        except DocumentError as failed:
            error = failed
        except MemoryError:
            error = DocumentError("extract", "too much memory", "it needs more memory than a worker may use")
        except RecursionError:
            error = DocumentError("extract", "nested too deep", "its structure is nested too deeply")
        except Exception as mistake:  # noqa: BLE001  # the one place that keeps a mistake of ours to one document
            traceback.print_exc()
            error = DocumentError("extract", "internal error", f"{type(mistake).__name__}: {mistake}")
    return replace(bare, reject=_reject(error)) if error else bare


def _reject(error: DocumentError) -> Reject:
    return Reject(stage=error.stage, reason=error.reason, detail=one_line(error.detail))


def _given(task: ReadFile) -> tuple[Metadata, DocumentError | None]:
    """Return what the user and the sidecar say of a file, the user first, or why the sidecar cannot be read."""
    if task.data is not None or task.document:
        return task.given, None
    sidecar = sidecar_of(Path(os.fsdecode(task.path)))
    try:
        with sidecar.open("rb") as file:
            said = msgspec.json.decode(file.read(_SIDECAR_BYTES), type=dict[str, object])
    except FileNotFoundError:
        return task.given, None
    except (OSError, msgspec.MsgspecError) as error:
        return task.given, DocumentError("read", "broken sidecar", f"{sidecar.name}: {error}")
    named = {
        part: next((said[n] for n in names if said.get(n)), None) for part, names in DEFAULT_FIELDS.items()
    }
    return overlaid(metadata_from(named), task.given), None


def _cap_memory(limit: int) -> None:
    try:
        import resource  # noqa: PLC0415  # Unix alone has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
