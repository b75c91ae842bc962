"""A chat model over LangChain's OpenAI adapter. The only place that imports langchain_openai, and only when built."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from rag.cancellation import Cancellation, Cancelled
from rag.models.loop import StreamLoop
from rag.models.plain import PlainCompletions
from rag.models.trouble import ModelTrouble, classify, expected
from rag.settings import Answers, Model
from rag.types import Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

Message = tuple[str, str]  # role ("system", "human", "ai") and text


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a model's stream: text, or at its end why it ended and how many tokens it was."""

    text: str = ""
    usage: Usage | None = None
    finish: str | None = None  # "stop", "length", "content_filter" or "tool_calls"
    writer: str = ""  # who says it


class ChatModel:
    """Streams one model's answers. Safe to use from many threads."""

    def __init__(self, model: Model, answers: Answers, loop: StreamLoop) -> None:
        import httpx
        from langchain_openai import ChatOpenAI

        self.name = model.name
        self._model = model
        self._loop = loop
        self._client = ChatOpenAI(
            model=model.model,
            base_url=model.base_url,
            api_key=model.api_key,
            temperature=answers.temperature,
            seed=answers.seed,
            max_tokens=model.max_tokens,  # type: ignore[call-arg]
            stream_usage=True,
            use_responses_api=False,
            max_retries=0,  # the chain decides what happens next, in words the reader sees
            # Waiting is limited by our loop, from the outside; here only what it cannot see.
            timeout=httpx.Timeout(None, connect=model.connect_timeout_s),
            # Its wait_for would now and then swallow a Stop that comes together with a chunk (Python 3.11).
            stream_chunk_timeout=None,
        )
        self._client.async_client = PlainCompletions(self._client.root_async_client)
        loop.on_close(self._client.root_async_client.close)

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        schema: Mapping[str, Any] | None = None,
        patience_s: float = inf,
    ) -> Iterator[Piece]:
        """The model's words as they come; `patience_s` shortens its waits. Raises ModelTrouble and Cancelled.

        `schema` is the `response_format` of a JSON schema, asked for in the way this model knows.
        """
        finished = False
        chunks = self._loop.iterate(
            lambda: self._open(messages, self._format(schema)),
            first_s=min(self._model.first_token_timeout_s, patience_s),
            stall_s=min(self._model.stall_timeout_s, patience_s),
            cancellation=cancellation,
        )
        try:
            for chunk in chunks:
                piece = _piece(chunk, self.name)
                finished = finished or bool(piece.finish)
                if piece.text or piece.usage or piece.finish:
                    yield piece
        except Cancelled:
            raise
        except expected() as error:
            raise classify(error) from error
        if not finished:  # a connection that is cut cleanly looks like a normal end
            raise ModelTrouble("model_cut", "the stream ended without a finish_reason")

    def _format(self, schema: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        if schema is None or self._model.structured == "prompt":
            return None
        return schema if self._model.structured == "json_schema" else {"type": "json_object"}

    def _open(
        self, messages: Sequence[Message], response_format: Mapping[str, Any] | None
    ) -> AsyncIterator["AIMessageChunk"]:
        # Handed over in the body: as an argument it makes the client parse the whole JSON anew at every token.
        extra: dict[str, Any] = {"extra_body": {"response_format": response_format}} if response_format else {}
        return self._client.astream(list(messages), **extra)


def _piece(chunk: "AIMessageChunk", writer: str) -> Piece:
    counted = chunk.usage_metadata
    usage = Usage(counted["input_tokens"], counted["output_tokens"]) if counted else None
    finish = chunk.response_metadata.get("finish_reason")
    return Piece(chunk.content if isinstance(chunk.content, str) else "", usage, finish, writer)
