"""Mails as `.eml` files, read with Python's own parser, which takes every defect; so do broken encodings here."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import cast

from rag.ingest.content import Extracted, InnerFile
from rag.ingest.inner import clean_name
from rag.ingest.mail import Mail, composed, encrypted
from rag.ingest.plain import decoded

_HEAD = ("From", "To", "Cc", "Date")
_ODD = (LookupError, ValueError, AttributeError, TypeError, AssertionError, MessageError)  # seen for defective parts
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))


def read(data: bytes, name: str) -> Extracted:
    """Text of a mail; its attachments are `files`. Raises `Unreadable` for an encrypted or an empty one."""
    message = message_from_bytes(data, policy=default)
    kind = message.get_content_type()
    if kind == "multipart/encrypted" or (kind in _SEALED and message.get_param("smime-type") != "signed-data"):
        raise encrypted(name)
    bodies = {"text/plain": "", "text/html": ""}
    files: list[InnerFile] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() != "attachment" and bodies.get(kind) == "" and not part.get_filename():
            bodies[kind] = _text(part)
        elif (file := _file(part, len(files) + 1)) is not None:
            files.append(file)
    head = [
        (label, shown_date(_header(message, label)) if label == "Date" else _header(message, label)) for label in _HEAD
    ]
    return composed(Mail(_header(message, "Subject"), head, bodies["text/plain"], bodies["text/html"], files), name)


def shown_date(written: str) -> str:
    """A header's date as `2024-03-01 12:05`; as it was written if it is none."""
    try:
        return shown_moment(parsedate_to_datetime(written))
    except (ValueError, TypeError, IndexError):
        return written


def shown_moment(moment: datetime) -> str:
    """Date and time by the clock of whoever wrote it."""
    return moment.replace(tzinfo=None).isoformat(" ", "minutes")


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, outermost first; a forwarded mail is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            waiting += reversed(cast(list[EmailMessage], part.get_payload()))
        else:
            yield part


def _header(message: EmailMessage, label: str) -> str:
    """A header in words, also one that breaks the rules."""
    try:
        return str(message.get(label, ""))
    except _ODD:
        raw = next((value for key, value in message.raw_items() if key.lower() == label.lower()), "")
        return decoded(str(raw).encode("utf-8", "surrogateescape"))


def _text(part: EmailMessage) -> str:
    """The part's words, by the encoding it declares if that fits them."""
    payload = _payload(part)
    declared = part.get_content_charset() or "utf-8"
    try:
        return payload.decode(declared)
    except (LookupError, ValueError):
        return decoded(payload)


def _payload(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _ODD:
        payload = None
    return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def _file(part: EmailMessage, number: int) -> InnerFile | None:
    """What is attached; a forwarded mail becomes a file of its own. None for a part that holds nothing."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = cast(list[EmailMessage], part.get_payload())[0]
        subject = clean_name(_header(inner, "Subject").replace("/", "-"), f"mail-{number}")
        return InnerFile(f"{subject}.eml", inner.as_bytes())
    data = _payload(part)
    ending = {"text/plain": ".txt", "text/html": ".html"}.get(part.get_content_type(), "")
    return InnerFile(clean_name(_filename(part), f"attachment-{number}{ending}"), data) if data.strip() else None


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename("")
    except _ODD:
        return ""
