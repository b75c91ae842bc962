"""Where the footnotes of a verified answer stand in the documents as they are now, and whether they still do.

A footnote is tied to the chunks it stands in, by their ids and by a hash of their words. A chunk keeps its id over
versions of its document as long as title, section and words stay the same; where only the id is another one, its words
are looked for among the others.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guards.quotes import locate
from store.records import ChunkRecord, CitationRecord, GroundRecord, VerifiedRecord

GONE = "A document it cites is not there any more."
Grounds = Mapping[int, GroundRecord]


class Moved(Exception):
    """A footnote does not stand in the documents as they are now; the message says which one, and why."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Footnotes in the documents as they are now, and the chunks they stand in."""

    citations: tuple[CitationRecord, ...]
    sources: tuple[dict[str, Any], ...]  # document_id, chunk_id, hash


def unchanged(record: VerifiedRecord, known: Mapping[int, ChunkRecord], allowed: Collection[int]) -> bool:
    """Whether everything is as it was, footnotes' places included; `known` are its chunks that are there by id."""
    pieces = [known.get(source["chunk_id"]) for source in record.sources]
    versions = {piece.document_id: piece.version for piece in pieces if piece}
    return (
        bool(pieces)
        and all(
            piece and piece.id in allowed and fingerprint(piece.text) == source["hash"]
            for piece, source in zip(pieces, record.sources, strict=True)
        )
        and all(one.version == versions.get(one.document_id or 0) for one in record.citations)
    )


def still(record: VerifiedRecord, grounds: Grounds) -> Placed:
    """The footnotes as they stand now, as long as their chunks say the same as before. Raises Moved."""
    if not record.sources:
        raise Moved(GONE)
    for source in record.sources:
        ground = grounds.get(source["document_id"])
        if ground is None:
            raise Moved(GONE)
        same = [piece for piece in ground.chunks if fingerprint(piece.text) == source["hash"]]
        if not same:
            titles = (one.document for one in record.citations if one.document_id == source["document_id"])
            raise Moved(f"“{next(titles, 'A document')}” has changed where it is cited.")
    return placed(record.citations, grounds)


def placed(citations: Sequence[CitationRecord], grounds: Grounds) -> Placed:
    """These footnotes where their words stand now, in the version that there is. Raises Moved."""
    found: list[CitationRecord] = []
    pieces: dict[int, ChunkRecord] = {}
    for citation in citations:
        ground = grounds.get(citation.document_id or 0)
        if ground is None:
            raise Moved(GONE)
        moved = _now(citation, ground)
        own = [one for one in ground.chunks if one.start < moved.end and moved.start < one.end]
        if not own:
            raise Moved(f"The piece of “{citation.document}” with footnote [{citation.number}] was taken out.")
        _require_open(own, ground)
        found.append(replace(moved, section=own[0].section, page=own[0].page))
        pieces |= {piece.id: piece for piece in own}
    sources = tuple(
        {"document_id": piece.document_id, "chunk_id": piece.id, "hash": fingerprint(piece.text)}
        for piece in pieces.values()
    )
    return Placed(tuple(found), sources)


def fingerprint(text: str) -> str:
    """Tells the words of a chunk from others."""
    return hashlib.sha256(text.encode()).hexdigest()


def _now(citation: CitationRecord, ground: GroundRecord) -> CitationRecord:
    if citation.version == ground.version:
        return citation
    span = locate(citation.quote, ground.text)
    if span is None:
        raise Moved(f"“{citation.document}” does not say any more what footnote [{citation.number}] quotes.")
    return replace(citation, start=span[0], end=span[1], quote=ground.text[slice(*span)], version=ground.version)


def _require_open(pieces: Sequence[ChunkRecord], ground: GroundRecord) -> None:
    for piece in pieces:
        if piece.id not in ground.allowed:
            why = "is held back by a guard" if piece.held else "is switched off"
            raise Moved(f"A piece of “{piece.title}” that it cites {why}.")
