"""An OpenAI-compatible model server for tests and benchmarks: it answers well, or misbehaves on command.

    with ModelServer() as server:
        server.enqueue(Status(429, retry_after=1), Cut('{"answer": "The lim'))
        client = OpenAI(base_url=server.url, api_key="none", max_retries=0)

`behaviours` says what it can do, `performance` does it, `passages` and `answers` write the good answer,
`moments` the one whose words tell when they were sent, `frames` knows the API's JSON, `link` the bytes on the
connection, `control` switches a running process.
"""

from .behaviours import (
    AnswerFromPassages,
    BadQuotes,
    Behaviour,
    CleanCut,
    ContentFilter,
    Cut,
    Endless,
    Erring,
    Fenced,
    Garbage,
    HugeLine,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
    Stutter,
    Telling,
    Thinking,
    ToolCall,
    Unstreamed,
    WrongSchema,
)
from .link import ReceivedRequest
from .passages import ParsePassages, find_passages
from .server import ModelServer

__all__ = [
    "AnswerFromPassages",
    "BadQuotes",
    "Behaviour",
    "CleanCut",
    "ContentFilter",
    "Cut",
    "Endless",
    "Erring",
    "Fenced",
    "Garbage",
    "HugeLine",
    "ModelServer",
    "ParsePassages",
    "Raw",
    "ReceivedRequest",
    "Refuse",
    "Reply",
    "SlowHeaders",
    "Stall",
    "Status",
    "Stutter",
    "Telling",
    "Thinking",
    "ToolCall",
    "Unstreamed",
    "WrongSchema",
    "find_passages",
]
