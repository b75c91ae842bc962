"""LangChain's OpenAI adapter, the way we use it. The only place that imports it; import this late, it is heavy."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
from langchain_openai import ChatOpenAI
from openai import DefaultAsyncHttpxClient

from rag.models.bounds import Bounding
from rag.models.chat import Message, Piece
from rag.models.plain import PlainCompletions
from rag.settings import Answers, Model
from rag.types import Usage

if TYPE_CHECKING:
    import ssl

    from langchain_core.messages import AIMessageChunk, BaseMessageChunk
    from langchain_core.outputs import ChatGenerationChunk

REASONING = ("reasoning_content", "reasoning")  # DeepSeek, vLLM, SGLang; OpenRouter, newer vLLM
for name in ("openai", "httpx", "httpcore"):  # they log requests, prompts and all, also when OPENAI_LOG asks for it
    logging.getLogger(name).setLevel(logging.WARNING)


class Client(ChatOpenAI):
    """Gives our pieces, and tells which of them are reasoning: LangChain drops the fields that say so."""

    async def pieces(self, messages: Sequence[Message], writer: str, **extra: Any) -> AsyncIterator[Piece]:
        """One request's answer. Leaving it closes the request."""
        async with aclosing(self.astream(list(messages), **extra)) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                yield _piece(chunk, writer)

    def _convert_chunk_to_generation_chunk(
        self,
        chunk: dict[str, Any],
        default_chunk_class: "type[BaseMessageChunk]",
        base_generation_info: dict[str, Any] | None,
    ) -> "ChatGenerationChunk | None":
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if made:
            made.message.response_metadata |= _untold(chunk)
        return made


def connect(model: Model, answers: Answers) -> Client:
    """The client of one model. Its connections are closed by `root_async_client.close`."""
    client = Client(
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
        # Uncompressed, so that what is bounded is what there is.
        default_headers={"accept-encoding": "identity"},
        http_async_client=DefaultAsyncHttpxClient(
            verify=_certificates(), event_hooks={"response": [Bounding(model.max_tokens)]}
        ),
    )
    client.async_client = PlainCompletions(client.root_async_client)
    return client


@cache
def _certificates() -> "ssl.SSLContext":
    return httpx.create_ssl_context()


def _piece(chunk: "AIMessageChunk", writer: str) -> Piece:
    told = chunk.response_metadata
    return Piece(
        text=_words(chunk.content, "text"),
        usage=_usage(chunk),
        finish="content_filter" if told.get("refused") else told.get("finish_reason"),
        writer=writer,
        thought=told.get("thought", "") + _words(chunk.content, "thinking"),
        call="".join(call["args"] or "" for call in chunk.tool_call_chunks),
    )


def _words(content: object, kind: str) -> str:
    """What a message says, or what it thinks: it may be a list of parts that tell their kind, as Mistral's are."""
    if isinstance(content, str):
        return content if kind == "text" else ""
    parts = content if isinstance(content, list) else []
    found = [part.get(kind) for part in parts if isinstance(part, dict) and part.get("type") == kind]
    return "".join(_words(part, "text") for part in found)


def _usage(chunk: "AIMessageChunk") -> Usage | None:
    counted = chunk.usage_metadata
    if not counted:
        return None
    cached = counted.get("input_token_details", {}).get("cache_read", 0)
    return Usage(counted["input_tokens"], counted["output_tokens"], cached_tokens=cached)


def _untold(chunk: dict[str, Any]) -> dict[str, Any]:
    """What LangChain leaves out of a chunk: reasoning, and whether the model refuses."""
    choices = chunk.get("choices") or chunk.get("chunk", {}).get("choices") or [{}]
    delta = choices[0].get("delta") or {}
    thoughts = (delta.get(field) for field in REASONING)
    thought = next((one for one in thoughts if one and isinstance(one, str)), "")
    return {"thought": thought, "refused": bool(delta.get("refusal"))}
