"""Mails as .eml files."""

from email.message import EmailMessage

import pytest

from rag.ingest.content import Unreadable
from rag.ingest.eml import read
from tests.rag.ingest.reading import path_of, texts


def _mail(plain: str = "The pump is delivered in week 12.") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Delivery of the Müller pump"
    message["From"] = "Ann Lee <ann@example.org>"
    message["To"] = "Bo <bo@example.org>"
    message["Date"] = "Fri, 01 Mar 2024 12:05:00 +0100"
    message.set_content(plain)
    return message


def test_subject_head_and_body_are_read() -> None:
    found = read(_mail().as_bytes(), "a.eml")
    head = "From: Ann Lee <ann@example.org>\nTo: Bo <bo@example.org>\nDate: 2024-03-01 12:05"
    assert texts(found) == ["Delivery of the Müller pump", head, "The pump is delivered in week 12."]
    assert (found.title, path_of(found, "week 12")) == ("Delivery of the Müller pump", ("Delivery of the Müller pump",))


def test_the_web_page_is_read_only_where_there_is_no_plain_text() -> None:
    message = _mail()
    message.add_alternative("<p>From the page</p>", subtype="html")
    assert "From the page" not in read(message.as_bytes(), "a.eml").text
    message = _mail()
    message.set_content("<p>From the <b>page</b></p>", subtype="html")
    assert "From the page" in read(message.as_bytes(), "a.eml").text


def test_attachments_are_files() -> None:
    message = _mail()
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="../offer.pdf")
    files = read(message.as_bytes(), "a.eml").files
    assert [(file.path, file.data) for file in files] == [("offer.pdf", b"%PDF-")]


def test_a_forwarded_mail_is_a_file() -> None:
    message = EmailMessage()
    message["Subject"] = "Fwd"
    message.set_content("See below.")
    message.add_attachment(_mail())
    files = read(message.as_bytes(), "a.eml").files
    assert (files[0].path, read(files[0].data, "b.eml").title) == (
        "Delivery of the Müller pump.eml",
        "Delivery of the Müller pump",
    )


@pytest.mark.parametrize("charset", ["no-such-charset", "ascii", 'utf-8"Content-Transfer-Encoding: 8bit'])
def test_broken_encodings_survive(charset: str) -> None:
    data = f"Subject: Caf\xe9\nContent-Type: text/plain; charset={charset}\n\nCr\xe8me for the caf\xe9.".encode(
        "latin-1"
    )
    assert "Crème for the café." in read(data, "a.eml").text


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: a\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\na\n--x--",
        b"Subject: a\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nabc",
        b"Subject: a\n\n-----BEGIN PGP MESSAGE-----\nabc\n",
    ],
)
def test_an_encrypted_mail_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^a\.eml is an encrypted mail") as caught:
        read(data, "a.eml")
    assert caught.value.kind == "encrypted"


def test_a_parcel_of_parcels_ends_soon() -> None:
    opening = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(60))
    assert "words" in read(b"Subject: words\n" + opening + b"\ntext", "a.eml").text
