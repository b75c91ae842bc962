"""What can be asked of the server over HTTP, one entry a route: what the OpenAPI document is made from."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from api import troubles
from api.answers import Chunk, Completion, FeedbackGiven, ModelList
from api.forms import MODEL, ChatRequest, FeedbackRequest, Form
from api.health import Alive, Ready
from api.signals import SignalRequest, SignalTaken
from store.records import ClientScope

Who = Literal["everybody", "clients"] | ClientScope  # clients: with a key of any scope, or on this machine
JSON, EVENTS, PLAIN, HTML = "application/json", "text/event-stream", "text/plain", "text/html"
QUESTION = "How many days of annual leave do staff get?"
ASKED = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}


class Document(Form):
    """An OpenAPI document."""

    openapi: str = Field(description="The version of OpenAPI.")
    info: dict[str, Any]
    servers: list[dict[str, Any]]
    paths: dict[str, Any]
    components: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One route. `gives` holds a form, or for a text none, by its media type."""

    method: Literal["GET", "POST"]
    path: str
    summary: str
    about: str
    who: Who
    gives: dict[str, type[Form] | None]
    takes: type[Form] | None = None
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)  # bodies, by what they show
    errors: tuple[str, ...] = ()
    down: type[Form] | None = None  # what comes with 503 in place of an error

    @property
    def troubles(self) -> dict[int, tuple[troubles.Trouble, ...]]:
        return troubles.by_status(self.errors, broken_off="interrupted" in self.errors)


CHAT = Operation(
    "POST",
    "/v1/chat/completions",
    "Ask a question",
    "An answer from the documents, with its citations. With `stream` it comes piece by piece, as server-sent events. "
    "Closing the request stops the answer. A stream cannot take words back: where `footnote.revised` is true, "
    "`footnote.text` stands in place of what came before.",
    "ask",
    {JSON: Completion, EVENTS: Chunk},
    takes=ChatRequest,
    examples={"whole": ASKED, "streamed": {**ASKED, "stream": True}},
    errors=(*troubles.ACCESS, *troubles.BODY, *troubles.ANSWER, "model_not_found", "not_found", "out_of_time"),
)
MODELS = Operation(
    "GET",
    "/v1/models",
    "List the models",
    "One name, which stands for the whole app: its operator chooses the models behind it.",
    "clients",
    {JSON: ModelList},
    errors=(*troubles.ACCESS, "not_found"),
)
FEEDBACK = Operation(
    "POST",
    "/v1/feedback",
    "Rate or correct an answer",
    "Only one's own answers can be rated: the same program, the same `user`.",
    "feedback",
    {JSON: FeedbackGiven},
    takes=FeedbackRequest,
    examples={"rated": {"answer_id": 2, "rating": -1, "reasons": ["Out of date"], "comment": "It is 30 days now."}},
    errors=(*troubles.ACCESS, *troubles.BODY, "missing_value", "not_found", "feedback_off"),
)
SIGNALS = Operation(
    "POST",
    "/api/signals",
    "What a reader did",
    "For the app's own pages, which send it with the visitor's cookie: words of an answer were copied, or the page was "
    "left at once. Nothing is noted of readers who did not let it be noted, nor of other people's answers.",
    "everybody",
    {JSON: SignalTaken},
    takes=SignalRequest,
    errors=(*troubles.HEAD, *troubles.BODY, "foreign_page", "bug"),
)
HEALTH = Operation(
    "GET",
    "/api/health",
    "Is it alive?",
    "The process answers. Nothing is looked at.",
    "everybody",
    {JSON: Alive},
    errors=troubles.HEAD,
)
READY = Operation(
    "GET",
    "/api/ready",
    "Can it answer?",
    "200 as soon as questions are answered, 503 without its database and while it ends.",
    "everybody",
    {JSON: Ready},
    errors=troubles.HEAD,
    down=Ready,
)
METRICS = Operation(
    "GET",
    "/metrics",
    "Read the counters",
    "For Prometheus: answers, tokens, cost, times, hand-overs, findings, requests, what is under way.",
    "metrics",
    {PLAIN: None},
    errors=troubles.ACCESS,
)
DOCUMENT = Operation(
    "GET",
    "/api/openapi.json",
    "This description for programs",
    "An OpenAPI document.",
    "clients",
    {JSON: Document},
    errors=(*troubles.ACCESS, "not_found"),
)
PAGE = Operation(
    "GET",
    "/api/docs",
    "This description for people",
    "One page that loads nothing else.",
    "clients",
    {HTML: None},
    errors=(*troubles.ACCESS, "not_found"),
)
OPERATIONS = (CHAT, MODELS, FEEDBACK, SIGNALS, HEALTH, READY, METRICS, DOCUMENT, PAGE)
