"""What the tests of every format ask of a document."""

from rag.ingest.content import Extracted


def texts(document: Extracted, kind: str | None = None) -> list[str]:
    """The words of the blocks, of one kind or of all."""
    return [document.text[block.start : block.end] for block in document.blocks if kind in (None, block.kind)]


def path_of(document: Extracted, words: str) -> tuple[str, ...]:
    """The headings over the block that holds `words`."""
    return next(block.path for block in document.blocks if words in document.text[block.start : block.end])
