"""Sentences, rows and listings' lines as pieces, and pieces packed into groups of like length."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.ingest.content import Block
from rag.ingest.sentences import sentences

# In squares of shares of the target: a group of half the target costs 0.25.
INSIDE_PARAGRAPH = 0.3
HEADING_LEFT = 10.0
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A span that is not cut any more."""

    start: int
    end: int
    page: int | None
    is_heading: bool


def pieces(text: str, blocks: Sequence[Block], maximum: int) -> Iterator[Piece]:
    """The pieces of the blocks in order. A sentence, row or heading longer than `maximum` is cut between words."""
    for block in blocks:
        for start, end in _spans(text, block):
            for first, last in _cut(text, start, end, maximum):
                yield Piece(first, last, block.page, is_heading=block.kind == "heading")


def _spans(text: str, block: Block) -> list[tuple[int, int]]:
    words = text[block.start : block.end]
    if block.kind == "text":
        return [(block.start + start, block.start + end) for start, end in sentences(words)]
    if block.kind == "code":
        return [_trimmed(text, block.start + line.start(), block.start + line.end()) for line in _LINE.finditer(words)]
    return [(block.start, block.end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _cut(text: str, start: int, end: int, maximum: int) -> Iterator[tuple[int, int]]:
    """The span in parts of at most `maximum`, cut at the last space that leaves half of it, else in a word."""
    while end - start > maximum:
        space = next((at for at in range(start + maximum, start + maximum // 2, -1) if text[at].isspace()), None)
        stop = start + maximum if space is None else space
        yield _trimmed(text, start, stop)
        start, _ = _trimmed(text, stop, end)
    yield start, end


def pack(text: str, parts: Sequence[Piece], target: int, maximum: int) -> Iterator[list[Piece]]:
    """Groups of about `target` and at most `maximum` characters, cut between paragraphs where that costs little.

    The cheapest of all ways to cut, found as a paragraph's lines are in typesetting (Knuth and Plass, 1981): a group
    costs the square of its distance from `target`, a cut inside a paragraph and a heading left behind cost extra.
    """
    items = list(_with_room_for_headings(text, parts, maximum))
    costs, starts = [0.0], [0]
    for stop in range(1, len(items) + 1):
        best, chosen = math.inf, stop - 1
        for start in range(stop - 1, -1, -1):
            length = items[stop - 1].end - items[start].start
            if length > maximum and start < stop - 1:
                break
            cost = costs[start] + ((length - target) / target) ** 2 + _cut_cost(text, items, stop)
            if cost < best:
                best, chosen = cost, start
        costs.append(best)
        starts.append(chosen)
    yield from _groups(items, starts)


def _groups(items: Sequence[Piece], starts: Sequence[int]) -> list[list[Piece]]:
    groups, stop = [], len(items)
    while stop:
        groups.append(list(items[starts[stop] : stop]))
        stop = starts[stop]
    return groups[::-1]


def _cut_cost(text: str, items: Sequence[Piece], stop: int) -> float:
    """What it costs to end a group before the item `stop`."""
    if stop == len(items):
        return 0.0
    if items[stop - 1].is_heading:
        return HEADING_LEFT
    return 0.0 if "\n" in text[items[stop - 1].end : items[stop].start] else INSIDE_PARAGRAPH


def _with_room_for_headings(text: str, parts: Sequence[Piece], maximum: int) -> Iterator[Piece]:
    """The pieces, the ones that are too long to stand under their headings cut so that a beginning does."""
    headings: list[Piece] = []
    for piece in parts:
        room = headings[0].start + maximum - piece.start if headings else maximum
        if piece.is_heading or piece.end - piece.start <= room or room < maximum // 4:
            yield piece
        else:
            head, *rest = _cut(text, piece.start, piece.end, room)
            for span in (head, *_cut(text, rest[0][0], rest[-1][1], maximum)):
                yield Piece(*span, piece.page, is_heading=False)
        headings = [*headings, piece] if piece.is_heading else []
