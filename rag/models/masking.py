"""Personal data on its way to a model that runs outside, and back. Every request goes through here, whatever it is for.

What the model says is plain again before anybody judges, cites or shows it. Its reasoning stays masked: nobody sees it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from guards.personal.masks import Masks
from guards.personal.seen import Kind
from guards.personal.unmasking import UnmaskingStream
from rag.models.chat import Message, Piece

_TOLD = Path(__file__).parents[1] / "prompts" / "masked.md"


class Masking:
    """The masks of one request."""

    def __init__(self, kinds: Collection[Kind]) -> None:
        self._masks = Masks(kinds)

    def messages(self, messages: Sequence[Message]) -> list[Message]:
        """The messages as they may leave; where something is masked, the first one tells what masks are."""
        self._masks.learn([text for _, text in messages])
        masked = [(role, self._masks.mask(text)) for role, text in messages]
        if not self._masks.count:
            return masked
        (role, first), *others = masked
        return [(role, f"{first}\n\n{_told()}"), *others]

    def pieces(self, pieces: Iterator[Piece], *, in_json: bool) -> Iterator[Piece]:
        """What the model says, in plain words; the first piece tells how many values of which kind were masked."""
        if not self._masks.count:
            yield from pieces
            return
        text = UnmaskingStream(self._masks, in_json=in_json)
        call = UnmaskingStream(self._masks, in_json=True)
        told = dict(self._masks.count)
        for piece in pieces:
            said, called = text.feed(piece.text), call.feed(piece.call)
            if piece.finish:
                said, called = said + text.rest(), called + call.rest()
            yield replace(piece, text=said, call=called, masked=told)
            told = {}
        if rest := text.rest():  # nobody said that it was the end
            yield Piece(rest)


@cache
def _told() -> str:
    return _TOLD.read_text(encoding="utf-8").strip()
