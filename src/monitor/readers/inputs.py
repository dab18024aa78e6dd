"""One input within a file: where it lies, and how to read it or why it cannot be."""

import hashlib
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import IO

from monitor.errors import DocumentError
from monitor.limits import Limits
from monitor.models import Input
from monitor.readers.fields import FieldNames, Read

# What the libraries raise over damaged archives; NotImplementedError and RuntimeError are zipfile's.
DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One input of a file: how to read it, or the error; neither for the archive or list itself."""

    input: Input
    container: str | None = None
    read: Read | None = None
    error: DocumentError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where we are: the URI, name and bytes of what is being read, the file around it, and how deep.

    `packed` is the input where its bytes lie compressed: `size` counts those, and `name` is the one unpacked. `url`
    is the address that it was fetched from, where that is known.
    """

    uri: str
    name: str
    size: int
    limits: Limits
    fields: FieldNames
    container: str | None = None
    depth: int = 0
    packed: Input | None = None
    url: str | None = None

    def member(self, name: str, size: int) -> "Place":
        """Return the place of a member, in the outermost container."""
        return replace(
            self,
            uri=f"{self.uri}!/{name}",
            name=name,
            size=size,
            container=self.container or self.uri,
            depth=self.depth + 1,
            packed=None,
            url=None,
        )

    def own(self, file: IO[bytes], media_type: str) -> Input:
        """Return the input that this place itself is; reads a file that can be wound back, and winds it back."""
        if self.packed:
            return replace(self.packed, media_type=media_type)
        return Input(uri=self.uri, sha256=_sha_of(file), size=self.size, media_type=media_type)

    def found(self, own: Input, *, read: Read | None = None, error: DocumentError | None = None) -> Found:
        """Return this place itself as an input."""
        return Found(input=own, container=self.container, read=read, error=error)

    def refused(self, reason: str, detail: str) -> Found:
        """Return this place as an input that is not opened."""
        error = DocumentError("read", reason, detail)
        return self.found(Input(uri=self.uri, sha256="", size=0), error=error)

    def too_deep(self) -> DocumentError | None:
        """Return what is wrong with opening one more archive here."""
        if self.depth < self.limits.depth:
            return None
        detail = f"archives within archives, more than {self.limits.depth} deep"
        return DocumentError("read", "nested too deep", detail)


# What hands out the inputs of an open file; what opens archives is given it for their members.
Unpack = Callable[[IO[bytes], Place], Iterator[Found]]
Opening = Callable[[IO[bytes], Place, Unpack], Iterator[Found]]


def with_itself(
    place: Place,
    own: Input,
    members: Iterator[Found],
    *,
    empty: DocumentError | None = None,
    damage: tuple[type[Exception], ...] = DAMAGE,
    what: str = "damaged archive",
) -> Iterator[Found]:
    """Yield what a file holds and then the file itself, with what ended it early; or `empty` where it holds nothing."""
    error = empty
    try:
        for found in members:
            error = None
            yield found
    except DocumentError as stopped:
        error = stopped
    except damage as broken:
        error = damaged(broken, what)
    yield place.found(own, error=error)


def damaged(error: Exception, what: str = "damaged archive") -> DocumentError:
    """Return in one line what a library has said of a damaged file."""
    return DocumentError("read", what, " ".join(str(error).split())[:300] or type(error).__name__)


def _sha_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest
