"""What reading a file gives: its text, the blocks the text is made of, or a reason for people why there is none.

Exception
└── Unreadable      kind: unsupported · empty · encrypted · damaged · too_large
"""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "text", "row", "code"]
FindingKind = Literal["hidden_text", "no_text_layer", "read_by_ocr", "left_out"]
UnreadableKind = Literal["unsupported", "empty", "encrypted", "damaged", "too_large"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `Extracted.text`, from `start` up to `end`; `path` holds the headings it stands under.

    A heading's own path includes itself. `page` counts from 1 and is None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    path: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What people should know about how a file was read.

    `words` is what was hidden, cut to 200 characters, for `hidden_text`, and one plain sentence for every other kind.
    """

    kind: FindingKind
    words: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class InnerFile:
    """A file inside another one: a member of an archive, or what is attached to a mail.

    `path` is relative and clean, and no more than a label: nothing may be written under it.
    """

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as plain text; `blocks` are in order and never overlap, `files` are documents of their own."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None
    findings: tuple[Finding, ...] = ()
    files: tuple[InnerFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive gives: no text of its own, but files to read one by one."""

    files: tuple[InnerFile, ...]
    findings: tuple[Finding, ...] = ()


class Unreadable(Exception):
    """A file gives no text; the message names the file, says what is wrong and what to do about it."""

    def __init__(self, kind: UnreadableKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
