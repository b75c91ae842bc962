"""What the server can do with a chat request. `kind` names a behaviour to the command line and `/control`.

A behaviour with a pace streams its text piece by piece; asked without `stream`, it sends one JSON completion.
"""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Discriminator

EVENT_STREAM = "text/event-stream; charset=utf-8"
STRICT = ConfigDict(extra="forbid", val_json_bytes="base64")

FinishReason = Literal["stop", "length", "content_filter", "tool_calls"]


@dataclass(frozen=True, kw_only=True)
class Paced:
    """How text is streamed: characters a chunk, seconds between chunks and from headers to first chunk."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    chunk_size: int = 8
    delay_s: float = 0
    first_delay_s: float = 0

    def __post_init__(self) -> None:
        if self.chunk_size < 1:
            raise ValueError("chunk_size is the number of characters a chunk and must be 1 or more")


@dataclass(frozen=True)
class Reply(Paced):
    """Says exactly `text`. Without `usage` it ignores `stream_options.include_usage`, as some servers do."""

    text: str
    finish_reason: FinishReason = field(default="stop", kw_only=True)
    usage: bool = field(default=True, kw_only=True)
    kind: Literal["reply"] = field(default="reply", kw_only=True)


@dataclass(frozen=True)
class AnswerFromPassages(Paced):
    """The good model: a valid structured answer, quoting the passage sentence closest to the question."""

    kind: Literal["answer"] = field(default="answer", kw_only=True)


@dataclass(frozen=True)
class Telling(Paced):
    """A valid answer of so many words, a chunk each: every word tells when it was sent, see `moments`."""

    words: int = 200
    kind: Literal["telling"] = field(default="telling", kw_only=True)


@dataclass(frozen=True)
class Garbage(Paced):
    """Plain prose where JSON was asked for."""

    kind: Literal["garbage"] = field(default="garbage", kw_only=True)


@dataclass(frozen=True)
class WrongSchema(Paced):
    """Valid JSON of another shape."""

    kind: Literal["wrong_schema"] = field(default="wrong_schema", kw_only=True)


@dataclass(frozen=True)
class BadQuotes(Paced):
    """The right schema, with quotes that stand in no passage and citations of passage 99."""

    kind: Literal["bad_quotes"] = field(default="bad_quotes", kw_only=True)


@dataclass(frozen=True)
class ContentFilter(Paced):
    """A beginning of an answer, then `finish_reason` is `content_filter`."""

    kind: Literal["content_filter"] = field(default="content_filter", kw_only=True)


@dataclass(frozen=True)
class SlowHeaders(Paced):
    """Waits `seconds` before the headers, after a first line of them if `half`; then the good answer."""

    seconds: float
    half: bool = field(default=False, kw_only=True)
    kind: Literal["slow_headers"] = field(default="slow_headers", kw_only=True)


@dataclass(frozen=True)
class Stall(Paced):
    """Streams `after_text`, is silent for `seconds`, then ends as `CleanCut`."""

    after_text: str
    seconds: float
    kind: Literal["stall"] = field(default="stall", kw_only=True)


@dataclass(frozen=True)
class Cut(Paced):
    """Streams `after_text`, then half of a chunk, then resets the connection."""

    after_text: str
    kind: Literal["cut"] = field(default="cut", kw_only=True)


@dataclass(frozen=True)
class CleanCut(Paced):
    """Streams `after_text` and ends the response properly, with neither `finish_reason` nor `[DONE]`."""

    after_text: str
    kind: Literal["clean_cut"] = field(default="clean_cut", kw_only=True)


@dataclass(frozen=True)
class Endless(Paced):
    """An answer that never stops; `stream` or not, it streams."""

    delay_s: float = 0.01
    kind: Literal["endless"] = field(default="endless", kw_only=True)


@dataclass(frozen=True)
class Erring(Paced):
    """Streams `after_text`, then an error object, as servers do that fail when they have begun."""

    after_text: str
    message: str = "The test model server was told to fail."
    error_code: str | None = None
    kind: Literal["erring"] = field(default="erring", kw_only=True)


@dataclass(frozen=True)
class Stutter(Paced):
    """The good answer, with its second chunk sent twice."""

    kind: Literal["stutter"] = field(default="stutter", kw_only=True)


@dataclass(frozen=True)
class Thinking(Paced):
    """Reasons in a field of its own, a word every `delay_s`, then gives the good answer."""

    words: int = 5
    reasoning_field: Literal["reasoning_content", "reasoning"] = "reasoning_content"
    word: str = field(default="hm ", kw_only=True)
    usage: bool = field(default=True, kw_only=True)
    kind: Literal["thinking"] = field(default="thinking", kw_only=True)


@dataclass(frozen=True)
class HugeLine:
    """One line of an event stream that never ends: so many bytes of it, if the client takes them."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    size: int = 50_000_000
    kind: Literal["huge_line"] = field(default="huge_line", kw_only=True)


@dataclass(frozen=True)
class Status:
    """An error in OpenAI's form. `error_code` is its `code`, such as `insufficient_quota`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: int
    retry_after: float | str | None = None  # seconds, or what stands in the header
    message: str = "The test model server was told to fail."
    error_code: str | None = None
    kind: Literal["status"] = field(default="status", kw_only=True)


@dataclass(frozen=True)
class Refuse:
    """Closes the connection without a byte of response."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: Literal["refuse"] = field(default="refuse", kw_only=True)


@dataclass(frozen=True)
class Raw:
    """Sends `body` as it is, as an event stream or what else it is called. In `POST /control` the body is base64."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    body: bytes
    content_type: str = EVENT_STREAM
    kind: Literal["raw"] = field(default="raw", kw_only=True)


@dataclass(frozen=True)
class ToolCall:
    """Calls a tool instead of answering."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str = "search"
    arguments: str = '{"query": "travel"}'
    kind: Literal["tool_call"] = field(default="tool_call", kw_only=True)


GOOD = AnswerFromPassages()
Unfenced = Annotated[Reply | AnswerFromPassages | WrongSchema | BadQuotes, Discriminator("kind")]


@dataclass(frozen=True)
class Fenced(Paced):
    """What `inner` says, inside a Markdown fence; the pace is that of `Fenced`."""

    inner: Unfenced = GOOD
    kind: Literal["fenced"] = field(default="fenced", kw_only=True)


@dataclass(frozen=True)
class Unstreamed:
    """What `inner` says in one JSON completion though a stream was asked for, as some gateways do."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    inner: Annotated[Reply | AnswerFromPassages | Thinking | ToolCall, Discriminator("kind")] = GOOD
    kind: Literal["unstreamed"] = field(default="unstreamed", kw_only=True)


Broken = Stall | Cut | CleanCut | Erring
Speech = (
    Reply
    | AnswerFromPassages
    | Garbage
    | WrongSchema
    | BadQuotes
    | ContentFilter
    | SlowHeaders
    | Fenced
    | Stutter
    | Thinking
)
Behaviour = Annotated[
    Speech | Telling | Broken | Endless | HugeLine | Status | Refuse | Raw | ToolCall | Unstreamed,
    Discriminator("kind"),
]
