"""One model of the chain, as writers use it: its requests, and what they spend."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from rag.cancellation import Cancellation
from rag.models.chat import ChatModel, Message, Piece
from rag.models.prices import price, typical
from rag.settings import Model
from rag.types import Spend, Usage, unpaid
from store.records import Purpose


class Line:
    """Streams one model's answers. Safe to use from many threads."""

    def __init__(self, model: Model, chat: ChatModel) -> None:
        self.name = model.name
        self._model = model
        self._chat = chat

    @property
    def typical_usd(self) -> float | None:
        """What a usual answer costs; None: no price is known."""
        return typical(self._model)

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        schema: Mapping[str, Any] | None = None,
        purpose: Purpose = "answer",  # noqa: ARG002
        patience_s: float = inf,
        spend: Spend = unpaid,
    ) -> Iterator[Piece]:
        """The model's words as they come; the last piece says why it ended.

        `schema` is the JSON schema to answer by, asked for in the way the model knows. `patience_s` shortens its
        waits. `spend` is told once what the request cost, however it ended. Raises ModelTrouble and Cancelled.
        """
        usage, said = Usage(), list[str]()
        try:
            for piece in self._chat.stream(messages, cancellation, schema=schema, patience_s=patience_s):
                usage += piece.usage or Usage()
                said.append(piece.text)
                yield piece
        finally:
            spend(price(self._model, usage, messages, "".join(said)))
