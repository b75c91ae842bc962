"""Personal data on its way to a model that runs outside, and back. Every request goes through here, whatever it is for.

What the model says is plain again before anybody judges, cites or shows it. Its reasoning stays masked: nobody sees it.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from guards.personal.masks import Masks
from guards.personal.seen import Kind
from guards.personal.unmasking import UnmaskingStream
from rag.cancellation import Cancellation

if TYPE_CHECKING:
    from rag.models.chat import Message, Piece

_TOLD = Path(__file__).parents[1] / "prompts" / "masked.md"


class Masking:
    """The masks of one model's requests. Safe to use from many threads.

    The requests for one answer, which is known by its cancellation, share their masks: what a server has read before
    comes back word for word, and can be sold cheaper.
    """

    def __init__(self, kinds: Collection[Kind]) -> None:
        self._kinds = frozenset(kinds)
        self._lock = threading.Lock()
        self._masks: WeakKeyDictionary[Cancellation, Masks] = WeakKeyDictionary()

    def masks(self, cancellation: Cancellation) -> Masks:
        """Those of one answer. Its requests come one after the other."""
        with self._lock:
            return self._masks.setdefault(cancellation, Masks(self._kinds))


def masked(messages: "Sequence[Message]", masks: Masks) -> "list[Message]":
    """The messages as they may leave; where something is masked, the first one tells what masks are."""
    masks.learn([text for _, text in messages])
    hidden = [(role, masks.mask(text)) for role, text in messages]
    if not masks.count:
        return hidden
    (role, first), *others = hidden
    return [(role, f"{first}\n\n{_told()}"), *others]


def unmasked(pieces: "Iterator[Piece]", masks: Masks, *, in_json: bool) -> "Iterator[Piece]":
    """What the model says, in plain words; the first piece tells how many values of which kind were masked."""
    if not masks.count:
        yield from pieces
        return
    text = UnmaskingStream(masks, in_json=in_json)
    call = UnmaskingStream(masks, in_json=True)
    told, ended = dict(masks.count), False
    for piece in pieces:
        said, called = text.feed(piece.text), call.feed(piece.call)
        ended = ended or bool(piece.finish)
        if ended:
            said, called = said + text.rest(), called + call.rest()
        yield replace(piece, text=said, call=called, masked=told)
        told = {}


@cache
def _told() -> str:
    return _TOLD.read_text(encoding="utf-8").strip()
