"""The composer puts clean blocks one after the other and keeps their spans, heading paths and pages."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from rag.ingest.clean import one_line, prose, verbatim
from rag.ingest.content import Block, BlockKind, Extracted, Finding, FindingKind, InnerFile, Unreadable
from rag.ingest.invisible import invisible_words
from rag.ingest.tables import row_text

MAX_CHARACTERS = 5_000_000
_MOST_HIDDEN = 20  # findings of hidden text a file; more tell people nothing new
_LONGEST_HIDDEN = 200
_SAYS_SOMETHING = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-])")  # programs hide marks and numbers of their own
_LONGEST_HEADING = 300  # a longer one is a paragraph in a heading's clothes


class Composer:
    """Collects the blocks of one file, in reading order, and keeps `Block` and text in step."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.page: int | None = None
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._length = 0
        self._in_table = False
        self._findings: dict[Finding, None] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added yet."""
        return not self._blocks

    @property
    def first_heading(self) -> str:
        """The first heading if the document opens with one, else nothing: what most documents are called."""
        first = self._blocks[0] if self._blocks else None
        return first.path[-1] if first is not None and first.kind == "heading" else ""

    def heading(self, level: int, text: str) -> None:
        """Open a section; it ends at the next heading of the same or a higher level (1 is the highest)."""
        self._note_invisible(text)
        title = one_line(text)
        if len(title) > _LONGEST_HEADING or not any(map(str.isalnum, title)):
            self.text(title)
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, title))
        self._add("heading", title)

    def text(self, text: str) -> None:
        """Add a paragraph or a list item."""
        self._note_invisible(text)
        self._add("text", prose(text))

    def code(self, text: str) -> None:
        """Add a listing, with its indentation."""
        self._note_invisible(text)
        self._add("code", verbatim(text))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add one row block a row; see `row_text` for the form."""
        self._in_table = False
        labels = [one_line(cell) for cell in header]
        for row in rows:
            for cell in row:
                self._note_invisible(cell)
            self._add("row", row_text(labels, [one_line(cell) if cell else "" for cell in row]))

    def hide(self, text: str) -> None:
        """Note words that nobody can see in the document, which therefore are no part of its text."""
        words = one_line(text)
        hidden = sum(finding.kind == "hidden_text" for finding in self._findings)
        if hidden < _MOST_HIDDEN and _SAYS_SOMETHING.search(words):
            self.find("hidden_text", words[:_LONGEST_HIDDEN])

    def find(self, kind: FindingKind, words: str) -> None:
        """Note a finding, on the page at hand; the same one twice is noted once."""
        self._findings[Finding(kind, words, self.page)] = None

    def finish(self, title: str = "", *, pages: int | None = None, files: Sequence[InnerFile] = ()) -> Extracted:
        """The document; its title is `title`, else the heading it opens with, else the file's name.

        Raises `Unreadable` (empty) when nothing was added.
        """
        if not self._blocks:
            raise Unreadable("empty", f"{self.name} has no text in it; add a version with text.")
        called = one_line(title) or self.first_heading or PurePath(self.name).stem
        return Extracted(called, "".join(self._parts), tuple(self._blocks), pages, tuple(self._findings), tuple(files))

    def _note_invisible(self, text: str) -> None:
        if text and not text.isascii() and (words := invisible_words(text)):
            self.hide(words)

    def _add(self, kind: BlockKind, text: str) -> None:
        if not text:
            return
        if self._blocks:
            separator = "\n" if kind == "row" and self._in_table else "\n\n"
            self._parts.append(separator)
            self._length += len(separator)
        start, self._length = self._length, self._length + len(text)
        if self._length > MAX_CHARACTERS:
            limit = f"{MAX_CHARACTERS:,} characters of text, the most one file may have"
            raise Unreadable("too_large", f"{self.name} has more than {limit}; split it into smaller files.")
        self._parts.append(text)
        path = tuple(title for _, title in self._headings)
        self._blocks.append(Block(kind, start, self._length, path, self.page))
        self._in_table = kind == "row"
