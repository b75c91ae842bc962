"""The openai SDK against the running app."""

from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.programs.conftest import QUESTION, Serving

ASKED: Any = [{"role": "user", "content": QUESTION}]
TRAVEL: Any = [{"role": "user", "content": "Which class do trains have to be booked in?"}]


def client(serving: Serving, key: str = "none") -> OpenAI:
    return OpenAI(base_url=serving.base_url, api_key=key, max_retries=0, timeout=60)


def test_an_answer_whole(serving: Serving) -> None:
    with client(serving) as asking:
        answer = asking.chat.completions.create(model="footnote", messages=ASKED, user="whole")
    [choice] = answer.choices
    field: Any = answer.model_extra and answer.model_extra["footnote"]

    assert "[1]" in (choice.message.content or "")
    assert (choice.finish_reason, field["status"], field["writer"]) == ("stop", "answered", "first")
    assert field["citations"][0]["quote"]
    assert answer.usage
    assert answer.usage.total_tokens > 0


def test_an_answer_streamed(serving: Serving) -> None:
    with client(serving) as asking:
        stream = asking.chat.completions.create(
            model="footnote", messages=ASKED, user="streamed", stream=True, stream_options={"include_usage": True}
        )
        chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    [field] = [chunk.model_extra["footnote"] for chunk in chunks if "footnote" in (chunk.model_extra or {})]

    assert len(chunks) > 4
    assert (text, field["status"]) == (field["text"], "answered")
    assert chunks[-1].usage


def test_the_streams_helper_gathers_the_same(serving: Serving) -> None:
    """It keeps only what it knows of the whole; its events have every chunk as it came."""
    with (
        client(serving) as asking,
        asking.chat.completions.stream(model="footnote", messages=ASKED, user="helper") as stream,
    ):
        last: Any = [event.chunk for event in stream if event.type == "chunk"][-1]
        text = stream.get_final_completion().choices[0].message.content

    assert "[1]" in (text or "")
    assert last.footnote["text"] == text


def test_a_conversation_goes_on(serving: Serving) -> None:
    with client(serving) as asking:
        first: Any = asking.chat.completions.create(model="footnote", messages=ASKED, user="talk")
        conversation = {"conversation_id": first.footnote["conversation_id"]}
        second: Any = asking.chat.completions.create(
            model="footnote", messages=TRAVEL, user="talk", extra_body={"footnote": conversation}
        )

    assert second.footnote["conversation_id"] == first.footnote["conversation_id"]


def test_the_models_are_listed(serving: Serving) -> None:
    with client(serving) as asking:
        assert [model.id for model in asking.models.list()] == ["footnote"]


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ({"n": 2}, openai.BadRequestError),
        ({"model": "gpt-4o"}, openai.NotFoundError),
        ({"tool_choice": "required"}, openai.BadRequestError),
        ({"messages": []}, openai.BadRequestError),
        ({"extra_body": {"footnote": {"conversation_id": "another's"}}}, openai.NotFoundError),
    ],
)
def test_what_cannot_be_asked_raises(
    serving: Serving, more: dict[str, Any], raised: type[openai.APIStatusError]
) -> None:
    wanted: dict[str, Any] = {"model": "footnote", "messages": ASKED, "user": "errors"} | more
    with client(serving) as asking, pytest.raises(raised) as error:
        asking.chat.completions.create(**wanted)

    assert error.value.code
    assert error.value.message


def test_a_wrong_key_raises(serving: Serving) -> None:
    with client(serving, "fn-guessed") as asking, pytest.raises(openai.AuthenticationError) as error:
        asking.models.list()

    assert error.value.code == "invalid_api_key"


def test_a_key_without_the_scope_raises(serving: Serving) -> None:
    key = add_key(serving, "watcher", "metrics")
    with client(serving, key) as asking, pytest.raises(openai.PermissionDeniedError) as error:
        asking.chat.completions.create(model="footnote", messages=ASKED)

    assert error.value.code == "insufficient_scope"


def test_who_asks_too_often_is_told_when_to_come_back(serving: Serving) -> None:
    empty: Any = [{"role": "user", "content": ""}]  # refused at once, and counted
    with client(serving) as asking:
        for _ in range(20):
            asking.chat.completions.create(model="footnote", messages=empty, user="busy")
        with pytest.raises(openai.RateLimitError) as error:
            asking.chat.completions.create(model="footnote", messages=empty, user="busy")

    assert error.value.code == "too_many_questions"
    assert 1 <= int(error.value.response.headers["retry-after"]) <= 61


def add_key(serving: Serving, name: str, scope: str) -> str:
    """A key made by the command line while the app runs."""
    return serving.command("keys", "add", name, "--scope", scope).strip().splitlines()[-1]
