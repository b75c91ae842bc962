"""A chat model: its words as a stream of pieces, its troubles in our kinds."""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from guards.finding import is_whole
from guards.personal.seen import KINDS, Kind
from rag.cancellation import Cancellation, Cancelled
from rag.models.limits import Limits
from rag.models.loop import StreamLoop
from rag.models.masking import Masking, masked, unmasked
from rag.models.trouble import ModelTrouble, classify, expected
from rag.models.whereabouts import is_outside
from rag.settings import Answers, Model
from rag.types import Usage

Message = tuple[str, str]  # role ("system", "human", "ai") and text
CHARACTERS_A_TOKEN = 12  # three times the usual four: what is longer is no answer of max_tokens


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a model's stream: text, or at its end why it ended and how many tokens it was."""

    text: str = ""
    usage: Usage | None = None
    finish: str | None = None  # "stop", "length", "content_filter" or "tool_calls"
    writer: str = ""  # who says it
    thought: str = ""  # reasoning, which is paid for and not shown
    call: str = ""  # of the arguments of a tool that nobody offered
    masked: Mapping[Kind, int] = field(default_factory=dict)  # how many values the model did not see, told once


class ChatModel:
    """Streams one model's answers. Safe to use from many threads.

    Nothing else sends anything to a model. One that runs outside is sent no personal data of the kinds to be `kept`.
    """

    def __init__(self, model: Model, answers: Answers, loop: StreamLoop, *, kept: Collection[Kind] = KINDS) -> None:
        from rag.models.client import connect

        self.name = model.name
        self._masking = Masking(kept) if kept and is_outside(model) else None
        self._model = model
        self._loop = loop
        self._client = connect(model, answers)
        loop.on_close(self._client.root_async_client.close)

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        schema: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
    ) -> Iterator[Piece]:
        """The words of one request as they come, within these limits or the model's own.

        `schema` is the `response_format` of a JSON schema, asked for in the way this model knows.
        Raises ModelTrouble and Cancelled.
        """
        if self._masking is None:
            yield from self._said(messages, cancellation, schema, limits)
            return
        masks = self._masking.masks(cancellation)
        said = self._said(masked(messages, masks), cancellation, schema, limits)
        yield from unmasked(said, masks, in_json=schema is not None)

    def _said(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        schema: Mapping[str, Any] | None,
        limits: Limits | None,
    ) -> Iterator[Piece]:
        """What the model says to these very messages."""
        limits = limits or Limits.of(self._model, inf)
        finished, left, said = False, CHARACTERS_A_TOKEN * self._model.max_tokens, []
        pieces = self._loop.iterate(
            lambda: self._open(messages, self._format(schema)), limits, cancellation=cancellation, is_life=_is_life
        )
        try:
            for piece in pieces:
                finished, left = finished or bool(piece.finish), left - len(piece.text)
                if left < 0:
                    raise ModelTrouble("model_garbled", "far more text than max_tokens allows")
                if _is_life(piece) or piece.usage:
                    said.append(piece.text)
                    yield piece
        except (Cancelled, ModelTrouble):
            raise
        except expected() as error:
            if not (finished or _is_whole(said, schema)):  # afterwards all words are there
                # Without its cause: the server's words may repeat the prompt, and a traceback would print them.
                raise classify(error, counts=not limits.impatient) from None
        if not finished:  # a connection that is cut cleanly looks like a normal end
            if not _is_whole(said, schema):
                raise ModelTrouble("model_cut", "the stream ended without a finish_reason", passing=True)
            yield Piece(finish="stop", writer=self.name)

    def _format(self, schema: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        if schema is None or self._model.structured == "prompt":
            return None
        return schema if self._model.structured == "json_schema" else {"type": "json_object"}

    def _open(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None) -> AsyncIterator[Piece]:
        # Handed over in the body: as an argument it makes the client parse the whole JSON anew at every token.
        extra: dict[str, Any] = {"extra_body": {"response_format": response_format}} if response_format else {}
        return self._client.pieces(messages, self.name, **extra)


def _is_whole(said: Sequence[str], schema: Mapping[str, Any] | None) -> bool:
    """Whether what was to be JSON is all there, although nobody said that it is the end: some servers never do."""
    return schema is not None and is_whole("".join(said))


def _is_life(piece: Piece) -> bool:
    """Whether the model says or thinks something. An empty chunk can come from a proxy."""
    return bool(piece.text or piece.finish or piece.thought or piece.call)
