"""How each behaviour is played on a connection."""

import asyncio
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from . import frames
from .answers import Call, speech, told
from .behaviours import (
    Behaviour,
    Broken,
    CleanCut,
    ContentFilter,
    Cut,
    Endless,
    Erring,
    HugeLine,
    Paced,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Speech,
    Stall,
    Status,
    Stutter,
    Telling,
    Thinking,
    ToolCall,
    Unstreamed,
)
from .link import Link

# A reset may overtake bytes the client has not read yet: leave it this long to read them.
READING_TIME_S = 0.05

reply_ids = (f"chatcmpl-{number}" for number in itertools.count(1))


async def play(behaviour: Behaviour, call: Call, link: Link) -> None:
    """Answer one chat request as told."""
    match behaviour:
        case Refuse():
            link.close()
        case Status():
            fail(behaviour, link)
        case Raw(body, content_type):
            link.begin_stream(content_type)
            link.finish(body)
        case ToolCall():
            call_tool(behaviour, call, link)
        case Endless():
            texts = itertools.chain(['{"answer": "'], itertools.repeat("and on "))
            await stream(texts, behaviour, call, link)
        case Telling():
            await tell(behaviour, call, link)
        case HugeLine(size):
            await send_line(size, link)
        case Stall() | Cut() | CleanCut() | Erring():
            await break_off(behaviour, call, link)
        case SlowHeaders():
            if behaviour.half:
                link.begin_half()
            await asyncio.sleep(behaviour.seconds)
            await speak(behaviour, call, link)
        case Unstreamed(inner):
            await play(inner, replace(call, stream=False), link)
        case _:
            await speak(behaviour, call, link)


def fail(status: Status, link: Link) -> None:
    wanted = status.retry_after
    headers = {} if wanted is None else {"retry-after": wanted if isinstance(wanted, str) else f"{wanted:g}"}
    link.send_json(status.code, frames.error(status.code, status.message, status.error_code), headers=headers)


def call_tool(behaviour: ToolCall, call: Call, link: Link) -> None:
    reply_id = next(reply_ids)
    message = frames.tool_message(behaviour.name, behaviour.arguments)
    usage = call.usage(behaviour.arguments)
    if not call.stream:
        reply = frames.completion(reply_id, call.model, message, finish_reason="tool_calls", usage=usage)
        return link.send_json(200, reply)
    chunks = frames.Frames(reply_id, call.model)
    link.begin_stream()
    link.send(chunks.delta(message))
    last = chunks.usage(usage) if call.include_usage else b""
    return link.finish(chunks.delta({}, "tool_calls") + last + frames.DONE)


async def speak(behaviour: Speech, call: Call, link: Link) -> None:
    """Say the behaviour's text and end as the API ends: finish reason, usage if asked for, `[DONE]`."""
    text = speech(behaviour, call)
    finish = finish_reason(behaviour)
    usage = None if isinstance(behaviour, Reply | Thinking) and not behaviour.usage else call.usage(text)
    thoughts: list[dict[str, Any]] = []
    if isinstance(behaviour, Thinking):
        thoughts = [{behaviour.reasoning_field: behaviour.word}] * behaviour.words
    if not call.stream:
        await asyncio.sleep(behaviour.first_delay_s)
        reply = whole(text, call, finish=finish, usage=usage)
        if isinstance(behaviour, Thinking):
            reply["choices"][0]["message"][behaviour.reasoning_field] = behaviour.word * behaviour.words
        return link.send_json(200, reply)
    said = list(pieces(text, behaviour.chunk_size))
    if isinstance(behaviour, Stutter):
        said.insert(1, said[1])
    chunks = await stream(said, behaviour, call, link, thoughts=thoughts)
    last = chunks.usage(usage) if usage and call.include_usage else b""
    return link.finish(chunks.delta({}, finish) + last + frames.DONE)


async def tell(behaviour: Telling, call: Call, link: Link) -> None:
    """As `speak`, but the words are made while they are sent."""
    said = told(behaviour, call)
    usage = call.usage("word " * behaviour.words)
    if not call.stream:
        return link.send_json(200, whole("".join(said), call, finish="stop", usage=usage))
    chunks = await stream(said, behaviour, call, link)
    last = chunks.usage(usage) if call.include_usage else b""
    return link.finish(chunks.delta({}, "stop") + last + frames.DONE)


def finish_reason(behaviour: Speech) -> str:
    match behaviour:
        case Reply():
            return behaviour.finish_reason
        case ContentFilter():
            return "content_filter"
        case _:
            return "stop"


async def break_off(behaviour: Broken, call: Call, link: Link) -> None:
    """Say part of an answer and end in the behaviour's way; without `stream`, half of the JSON is sent."""
    text = behaviour.after_text
    if call.stream:
        chunks = await stream(pieces(text, behaviour.chunk_size), behaviour, call, link)
    else:
        link.send_json(200, whole(text, call, finish="stop", usage=None), part=0.5)
    if isinstance(behaviour, Cut):
        if call.stream:
            link.send_half(chunks.text("never read to its end"))
        await asyncio.sleep(READING_TIME_S)
        return link.reset()
    if isinstance(behaviour, Erring):
        problem = frames.error(500, behaviour.message, behaviour.error_code)
        link.send(f"data: {frames.encode(problem)}\n\n".encode())
    if isinstance(behaviour, Stall):
        await asyncio.sleep(behaviour.seconds)
    if call.stream:
        link.finish()
    return link.close()


async def send_line(size: int, link: Link) -> None:
    """One line without an end, for as long as the client reads."""
    block = b"x" * 65_536
    link.begin_stream()
    link.send(b'data: {"choices": "')
    for _ in range(size // len(block)):
        link.send(block)
        await link.drain()
    link.finish()


async def stream(
    texts: Iterable[str], pace: Paced, call: Call, link: Link, *, thoughts: Iterable[dict[str, Any]] = ()
) -> frames.Frames:
    """Send the head, the chunk with the role and a chunk for each text, on a schedule that does not drift."""
    loop = asyncio.get_running_loop()
    chunks = frames.Frames(next(reply_ids), call.model)
    link.begin_stream()
    await asyncio.sleep(pace.first_delay_s)
    link.send(chunks.delta({"role": "assistant", "content": ""}))
    due = loop.time()
    for sent in itertools.chain(map(chunks.delta, thoughts), map(chunks.text, texts)):
        link.send(sent)
        due += pace.delay_s
        await asyncio.sleep(due - loop.time() if pace.delay_s else 0)
        await link.drain()
    return chunks


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def whole(text: str, call: Call, *, finish: str, usage: dict[str, int] | None) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return frames.completion(next(reply_ids), call.model, message, finish_reason=finish, usage=usage)
