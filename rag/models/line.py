"""One model of the chain, as writers use it: its requests, and what they spend."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from rag.cancellation import Cancellation
from rag.models.chat import ChatModel, Message, Piece
from rag.settings import Model
from rag.types import Usage
from store.records import Purpose

Spend = Callable[[Usage], None]


def _unpaid(_: Usage) -> None:
    """Nobody keeps account."""


class Line:
    """Streams one model's answers. Safe to use from many threads."""

    def __init__(self, model: Model, chat: ChatModel) -> None:
        self.name = model.name
        self._model = model
        self._chat = chat

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        schema: Mapping[str, Any] | None = None,
        purpose: Purpose = "answer",  # noqa: ARG002
        patience_s: float = inf,
        spend: Spend = _unpaid,
    ) -> Iterator[Piece]:
        """The model's words as they come; the last piece says why it ended.

        `schema` is the JSON schema to answer by, asked for in the way the model knows. `patience_s` shortens its
        waits. `spend` is told once what the request cost, however it ended. Raises ModelTrouble and Cancelled.
        """
        usage = Usage()
        try:
            for piece in self._chat.stream(messages, cancellation, schema=schema, patience_s=patience_s):
                usage += piece.usage or Usage()
                yield piece
        finally:
            spend(self._priced(usage))

    def _priced(self, usage: Usage) -> Usage:
        given, taken = self._model.usd_per_million_input, self._model.usd_per_million_output
        if given is None or taken is None:
            return Usage(usage.input_tokens, usage.output_tokens, None if usage.input_tokens else 0.0)
        cost = (usage.input_tokens * given + usage.output_tokens * taken) / 1e6
        return Usage(usage.input_tokens, usage.output_tokens, cost)
