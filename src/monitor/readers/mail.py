"""Read a mail, such as a newsletter, and a page that a browser saved as one file: both are MIME messages."""

import codecs
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import AddressHeader
from email.message import EmailMessage

from monitor.errors import DocumentError
from monitor.models import Document, Metadata
from monitor.readers.encoding import damage_of, decode, scrubbed
from monitor.readers.fields import metadata_from, with_metadata
from monitor.readers.html import read_html

# What the library raises over headers and parts that are not as they should be.
_DAMAGE = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_message(data: bytes, *, url: str | None = None) -> Document:
    """Return the text of a message: what its writer made for reading as plain text, else its page.

    What is attached is not read. Raises DocumentError where there is neither.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        is_page = message.get_content_type() == "multipart/related"
        part = message.get_body(("html", "plain") if is_page else ("plain", "html"))
        content = part.get_payload(decode=True) if part else None
        if part is None or not isinstance(content, bytes):
            raise DocumentError("read", "no text", "a message without a text or a page in it")
        address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or url
        document = _document(content, part.get_content_type(), part.get_content_charset())
        return with_metadata(
            document, Metadata(url=str(address or "") or None) if is_page else _mail(message)
        )
    except _DAMAGE as error:
        raise DocumentError("read", "damaged message", type(error).__name__) from error


def _document(content: bytes, media_type: str, charset: str | None) -> Document:
    """Read a part in the encoding that it says, or, where it says none, in the likeliest one."""
    try:
        said = content.decode(charset, "replace") if charset else None
    except LookupError:
        said = None
    if media_type == "text/html":
        return read_html(codecs.BOM_UTF8 + scrubbed(said).encode() if said else content)
    text = decode(content) if said is None else scrubbed(said).replace("\r\n", "\n")
    if not text.strip():
        raise DocumentError("read", "empty", "no text in the message")
    return Document(text=text, extraction_method="mail", partial_reason=damage_of(text, content))


def _mail(message: EmailMessage) -> Metadata:
    """Return what the headers say: the sender is the author, the outlet the domain that it writes from."""
    sender = message["From"].addresses[0] if isinstance(message["From"], AddressHeader) else None
    return metadata_from(
        {
            "title": str(message["Subject"] or ""),
            "author": sender.display_name if sender else None,
            "date": str(message["Date"] or ""),
            "source": sender.domain if sender else None,
        }
    )
