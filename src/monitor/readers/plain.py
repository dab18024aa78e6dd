"""Read plain text."""

from monitor.errors import DocumentError
from monitor.models import Document
from monitor.readers.encoding import damage_of, decode


def read_text(data: bytes) -> Document:
    """Return the text as it is; raises DocumentError when there is none."""
    text = decode(data)
    if not text.strip("\ufeff \t\n\f\v\x00"):
        raise DocumentError("read", "empty", "no text in it")
    return Document(text=text, extraction_method="plain", partial_reason=damage_of(text, data))
