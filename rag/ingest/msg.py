"""Mails as Outlook's `.msg` files."""

from io import BytesIO

from oxmsg import Message

from rag.ingest.content import Extracted, InnerFile
from rag.ingest.eml import shown_date, shown_moment
from rag.ingest.inner import clean_name
from rag.ingest.mail import Mail, composed, encrypted

_ODD = (AttributeError, AssertionError, KeyError, LookupError, TypeError, ValueError)  # seen for damaged properties


def read(data: bytes, name: str) -> Extracted:
    """Text of a mail; its attachments are `files`. Raises `Unreadable` for an encrypted or an empty one."""
    message = Message.load(BytesIO(data))
    headers = {key.lower(): str(value) for key, value in message.message_headers.items()}
    kind = message.message_class.strip("\0 ").lower()
    if "multipart/encrypted" in headers.get("content-type", "") or kind == "ipm.note.smime":
        raise encrypted(name)
    files, unnamed = _files(message)
    left_out = [f"{unnamed} of the mail's attachments have no bytes of their own and were left out."] if unnamed else []
    head = [("From", message.sender or ""), ("To", headers.get("to") or _recipients(message))]
    head += [("Cc", headers.get("cc", "")), ("Date", _date(message, headers))]
    return composed(Mail(message.subject, head, _plain(message), _html(message), files, left_out), name)


def _files(message: Message) -> tuple[list[InnerFile], int]:
    """The attached files, and how many attachments are none: links and mails within the mail."""
    files: list[InnerFile] = []
    without = 0
    for attachment in message.attachments:
        try:
            data, name = attachment.file_bytes, attachment.file_name
        except _ODD:
            data, name = None, None
        if data:
            files.append(InnerFile(clean_name(name or "", f"attachment-{len(files) + 1}"), data))
        else:
            without += 1
    return files, without


def _recipients(message: Message) -> str:
    found = [(one.name or "", one.email_address or "") for one in message.recipients]
    return ", ".join(f"{name} <{address}>" if address and address != name else name for name, address in found)


def _date(message: Message, headers: dict[str, str]) -> str:
    sent = message.sent_date
    return shown_date(headers["date"]) if "date" in headers else "" if sent is None else shown_moment(sent)


def _plain(message: Message) -> str:
    try:
        return message.body or ""
    except _ODD:
        return ""


def _html(message: Message) -> str:
    try:
        return message.html_body or ""
    except _ODD:
        return ""
