"""What a mail gives, whichever program kept it: subject, the lines of its head, the best body, attachments."""

from dataclasses import dataclass, field

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, InnerFile, Unreadable
from rag.ingest.html import add_fragment
from rag.ingest.plain import add_paragraphs

_PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail; `head` holds labels and values such as From and Date, `left_out` what could not be taken along."""

    subject: str
    head: list[tuple[str, str]]
    plain: str
    html: str
    files: list[InnerFile] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def composed(mail: Mail, name: str) -> Extracted:
    """The mail as a document: its subject is the heading and the title. Raises `Unreadable` (encrypted, empty)."""
    if mail.plain.lstrip().startswith(_PGP):
        raise encrypted(name)
    composer = Composer(name)
    composer.heading(1, mail.subject)
    composer.text("\n".join(f"{label}: {value}" for label, value in mail.head if value.strip()))
    if mail.plain.strip():
        add_paragraphs(composer, mail.plain)
    elif mail.html.strip():
        add_fragment(composer, mail.html)
    for sentence in mail.left_out:
        composer.find("left_out", sentence)
    return composer.finish(mail.subject, files=mail.files)


def encrypted(name: str) -> Unreadable:
    """The reason for people why an encrypted mail gives nothing."""
    return Unreadable("encrypted", f"{name} is an encrypted mail; open it in your mail program and save it decrypted.")
