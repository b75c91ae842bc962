"""What reading a file gives: its text, the blocks the text is made of, or a reason for people why there is none.

Exception
└── Unreadable      kind: unsupported · empty · encrypted · damaged · too_large
"""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "text", "row", "code"]
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
class Extracted:
    """A document as plain text; `blocks` are in order and never overlap."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None


class Unreadable(Exception):
    """A file gives no text; the message names the file, says what is wrong and what to do about it."""

    def __init__(self, kind: UnreadableKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
