"""Sentences, rows and listings' lines as pieces, and pieces packed into groups of even length."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.ingest.content import Block
from rag.ingest.sentences import sentences

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
    """Groups of about `target` characters and of like length, so that no short rest is left at the end."""
    total = parts[-1].end - parts[0].start
    goal = total / max(1, round(total / target))
    group: list[Piece] = []
    waiting = list(reversed(parts))
    while waiting:
        piece = waiting.pop()
        if group and not _fits(group, piece, goal, maximum):
            room = group[0].start + maximum - piece.start
            if not all(item.is_heading for item in group):
                yield group
                group = []
            elif not piece.is_heading and room >= maximum // 4:
                head, *rest = _cut(text, piece.start, piece.end, room)  # a heading never stands alone
                waiting += [Piece(*span, piece.page, is_heading=False) for span in reversed(rest)]
                piece = Piece(*head, piece.page, is_heading=False)
            else:
                yield group
                group = []
        group.append(piece)
    if group:
        yield group


def _fits(group: Sequence[Piece], piece: Piece, goal: float, maximum: int) -> bool:
    """Whether the group is nearer to its goal with the piece than without."""
    start = group[0].start
    with_piece, without = piece.end - start, group[-1].end - start
    if with_piece > maximum:
        return False
    return with_piece - goal <= goal - without or all(item.is_heading for item in group)
