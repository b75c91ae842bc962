"""A model that runs outside sees masks, and who asked it sees values."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from guards.personal.masks import WORDS
from guards.schema import response_format
from rag.cancellation import Cancellation
from rag.models.chat import ChatModel, Message, Piece
from rag.models.loop import StreamLoop
from rag.models.whereabouts import is_own
from rag.settings import Answers, Model
from tests.model_server import ModelServer, Raw, Reply

MAIL = "jo@x.example"
MESSAGES: list[Message] = [("system", "Be brief."), ("human", f"Is it {MAIL}?"), ("ai", "Yes."), ("human", MAIL)]
MASK = re.compile(rf"(?:{'|'.join(WORDS.values())})[A-Z2-9]{{6}}")
BuildModel = Callable[..., ChatModel]


@pytest.fixture
def model_of(model_at: Callable[..., Model], model_server: ModelServer, loop: StreamLoop) -> BuildModel:
    def build(kept: Any = frozenset({"e-mail", "phone"}), **changes: object) -> ChatModel:
        described = model_at(model_server.url, **{"outside": "yes"} | changes)
        return ChatModel(described, Answers(), loop, kept=kept)

    return build


def sent(server: ModelServer) -> list[str]:
    return [message["content"] for message in server.requests[-1].body["messages"]]


def said(model: ChatModel, **how: Any) -> list[Piece]:
    return list(model.stream(MESSAGES, Cancellation(), **how))


def test_all_messages_are_masked_alike(model_of: BuildModel, model_server: ModelServer) -> None:
    said(model_of())
    _, first, _, last = sent(model_server)
    assert MASK.fullmatch(last)
    assert first == f"Is it {last}?"


def test_one_answer_has_the_same_masks_in_all_its_requests(model_of: BuildModel, model_server: ModelServer) -> None:
    model, one, other = model_of(), Cancellation(), Cancellation()
    asked = [[list(model.stream(MESSAGES, answer)), sent(model_server)[-1]][1] for answer in (one, one, other)]
    assert (asked[0] == asked[1], asked[0] == asked[2]) == (True, False)


def test_the_first_message_tells_what_masks_are(model_of: BuildModel, model_server: ModelServer) -> None:
    said(model_of())
    assert sent(model_server)[0].startswith("Be brief.\n\nSome values are kept from you")


def test_nothing_is_told_where_nothing_is_masked(model_of: BuildModel, model_server: ModelServer) -> None:
    said(model_of(kept={"card"}))
    assert sent(model_server) == [text for _, text in MESSAGES]


@pytest.mark.parametrize(("changes", "plain"), [({"outside": "no"}, True), ({"outside": "auto"}, True), ({}, False)])
def test_a_model_inside_is_sent_everything(
    model_of: BuildModel,
    model_server: ModelServer,
    changes: dict[str, str],
    plain: bool,  # noqa: FBT001
) -> None:
    """The server of tests runs on this machine: by its address it is inside."""
    said(model_of(**changes))
    assert (sent(model_server)[-1] == MAIL) == plain


def test_the_first_piece_tells_how_many_values_were_masked(model_of: BuildModel) -> None:
    first, *others = said(model_of())
    assert first.masked == {"e-mail": 1}
    assert not any(piece.masked for piece in others)


def test_what_is_held_back_is_said_at_the_end(model_of: BuildModel, model_server: ModelServer) -> None:
    model_server.enqueue(Raw(b'data: {"choices": [{"delta": {"content": "Maybe E"}, "finish_reason": "stop"}]}\n\n'))
    assert "".join(piece.text for piece in said(model_of())) == "Maybe E"


def test_words_that_look_like_masks_stay(model_of: BuildModel, model_server: ModelServer) -> None:
    text = json.dumps({"answer": "EMAIL and EMAILBCDFGH", "answerable": True})
    model_server.enqueue(Reply(text))
    assert "".join(piece.text for piece in said(model_of(), schema=response_format())) == text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/v1",
        "http://localhost/v1",
        "http://[::1]:8000/v1",
        "http://10.1.2.3/v1",
        "http://192.168.0.9:11434/v1",
        "http://172.20.0.2/v1",
        "http://[fd00::1]/v1",
        "http://[::ffff:10.0.0.1]/v1",
        "http://ollama:11434/v1",
        "http://models.local/v1",
        "http://MODELS.LOCAL./v1",
        "https://llm.corp.internal/v1",
    ],
)
def test_own_machines_are_inside(url: str) -> None:
    assert is_own(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "http://8.8.8.8/v1",
        "http://[2001:4860:4860::8888]/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "https://10.0.0.1.example.com/v1",
        "https://localhost.example.com/v1",
        "https://local.example.com/v1",
        "http://user@127.0.0.1:pw@evil.example.com/v1",
        "http://134744072/v1",
        "http://0x8080808/v1",
        "http://172.32.0.1/v1",
        "http://100.64.0.1/v1",
        "nonsense",
        "http://[broken/v1",
        "",
    ],
)
def test_all_others_are_outside(url: str) -> None:
    assert not is_own(url)
