"""Chunks of a document: whole sentences and rows of one section, about as long as a paragraph.

`langchain`'s splitters cut at characters and lose where in the document a chunk stands; these chunks are spans of
it, so that a citation still points at the same words after the index is built anew. No overlap: a passage's
neighbours can be read from the document when it is retrieved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.ingest.content import Block, Extracted
from rag.ingest.packing import Piece, pack, pieces

_TINY = 200  # characters; smaller sections share a chunk with their siblings


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of the document's text; `section` is its heading path, `page` where it begins."""

    ordinal: int
    start: int
    end: int
    section: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Section:
    """Neighbouring blocks under the same headings, and the headings above them that have no words of their own."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def length(self) -> int:
        return self.blocks[-1].end - self.blocks[0].start


def split(extracted: Extracted, *, target: int = 800, maximum: int = 1200) -> list[Chunk]:
    """Chunks of about `target` and at most `maximum` characters; together they cover every block once."""
    chunks: list[Chunk] = []
    for sections in _gathered(_sections(extracted.blocks), target):
        section = " › ".join(sections[0].path if len(sections) == 1 else (*sections[0].path[:-1], "…"))
        parts = [part for item in sections for part in pieces(extracted.text, item.blocks, maximum)]
        for run in _pages(parts):
            for group in pack(extracted.text, run, target, maximum):
                chunks.append(Chunk(len(chunks), group[0].start, group[-1].end, section, _page(group)))
    return chunks


def _pages(parts: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each page, so that a quote is cited with its own; headings at the foot of one go with the next."""
    runs: list[list[Piece]] = [[]]
    for piece in parts:
        words = [item for item in runs[-1] if not item.is_heading]
        if words and piece.page != words[-1].page:
            foot = len(runs[-1])
            while runs[-1][foot - 1].is_heading:
                foot -= 1
            runs[-1:] = [runs[-1][:foot], runs[-1][foot:]]
        runs[-1].append(piece)
    return runs


def _page(group: Sequence[Piece]) -> int | None:
    """Where the words begin; a heading at the foot of the page before does not count."""
    return next((piece.page for piece in group if not piece.is_heading), group[0].page)


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    """The document's sections in order; a heading right above a lower one begins with it."""
    sections: list[_Section] = []
    bare: tuple[Block, ...] = ()
    for path, run in groupby(blocks, key=lambda block: block.path):
        for part in _parted_at_headings(tuple(run)):
            if bare and path[: len(bare[-1].path)] != bare[-1].path:
                sections.append(_Section(bare[-1].path, bare))
                bare = ()
            if all(block.kind == "heading" for block in part):
                bare += part
            else:
                sections.append(_Section(path, bare + part))
                bare = ()
    return [*sections, _Section(bare[-1].path, bare)] if bare else sections


def _parted_at_headings(run: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Sections that follow each other under headings of the same words are still different ones."""
    starts = [place for place, block in enumerate(run) if block.kind == "heading" or place == 0]
    return [run[start:end] for start, end in zip(starts, [*starts[1:], len(run)], strict=True)]


def _gathered(sections: Sequence[_Section], target: int) -> list[list[_Section]]:
    """Each section alone, but tiny neighbours under one parent together, up to `target` characters."""
    gathered: list[list[_Section]] = []
    for section in sections:
        if gathered and _may_share(gathered[-1], section, target):
            gathered[-1].append(section)
        else:
            gathered.append([section])
    return gathered


def _may_share(together: Sequence[_Section], section: _Section, target: int) -> bool:
    before = together[-1]
    parent = section.path[:-1]
    siblings = bool(parent) and before.path[:-1] == parent and section.blocks[0].path == section.path
    tiny = before.length < _TINY and section.length < _TINY
    return siblings and tiny and section.blocks[-1].end - together[0].blocks[0].start <= target
