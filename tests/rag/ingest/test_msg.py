"""Outlook's mails."""

import struct

import pytest

from rag.ingest.content import Extracted, Unreadable
from rag.ingest.extract import extract
from tests.rag.ingest.compound import compound
from tests.rag.ingest.reading import texts

_SUBJECT, _BODY, _HEADERS, _CLASS = 0x0037, 0x1000, 0x007D, 0x001A


def _mail(values: dict[int, str]) -> bytes:
    """A mail with those properties, as text in UTF-16."""
    rows = b"".join(struct.pack("<HHIQ", 0x1F, number, 6, 2 * len(text) + 2) for number, text in values.items())
    streams = {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in values.items()}
    return compound({"__properties_version1.0": bytes(32) + rows} | streams)


def test_subject_head_and_body_are_read() -> None:
    headers = "From: Ann <ann@example.org>\r\nTo: Bo <bo@example.org>\r\nDate: Fri, 01 Mar 2024 12:05:00 +0100\r\n"
    found = extract("a.msg", _mail({_SUBJECT: "Pump", _BODY: "It comes in week 12.", _HEADERS: headers}))
    assert isinstance(found, Extracted)
    head = "From: Ann <ann@example.org>\nTo: Bo <bo@example.org>\nDate: 2024-03-01 12:05"
    assert (found.title, texts(found)) == ("Pump", ["Pump", head, "It comes in week 12."])


@pytest.mark.parametrize(
    "values", [{_CLASS: "IPM.Note.SMIME"}, {_HEADERS: "Content-Type: multipart/encrypted; boundary=x\r\n"}]
)
def test_an_encrypted_mail_says_so(values: dict[int, str]) -> None:
    with pytest.raises(Unreadable, match=r"^a\.msg is an encrypted mail") as caught:
        extract("a.msg", _mail({_SUBJECT: "Pump"} | values))
    assert caught.value.kind == "encrypted"
