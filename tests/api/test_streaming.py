"""`POST /v1/chat/completions`, answered as a stream."""

import threading

import pytest
from starlette.testclient import TestClient

from rag.house import House
from rag.settings import Api
from tests.api.asking import CHAT, body, chunks, error, text_of
from tests.api.conftest import ClientOf, HouseWith
from tests.model_server import AnswerFromPassages, BadQuotes, Endless, ModelServer
from tests.rag.answering import HOTEL_SENTENCE

TEXT = f"{HOTEL_SENTENCE} [1]"


def test_chunks_have_openais_form(client: TestClient) -> None:
    found = chunks(client.post(CHAT, json=body(stream=True)))

    assert {chunk["object"] for chunk in found} == {"chat.completion.chunk"}
    assert len({(chunk["id"], chunk["created"], chunk["model"]) for chunk in found}) == 1
    assert found[0]["choices"] == [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]
    assert found[-1]["choices"] == [{"index": 0, "delta": {}, "finish_reason": "stop"}]
    assert text_of(found) == TEXT


def test_the_last_chunk_carries_the_footnote_field(client: TestClient) -> None:
    *before, last = chunks(client.post(CHAT, json=body(stream=True)))

    assert [chunk for chunk in before if "footnote" in chunk] == []
    assert (last["footnote"]["status"], last["footnote"]["text"], last["footnote"]["revised"]) == (
        "answered",
        TEXT,
        False,
    )


def test_usage_comes_in_a_chunk_of_its_own_where_it_is_asked_for(client_of: ClientOf, modelled: House) -> None:
    wanted = body(stream=True, stream_options={"include_usage": True})
    *before, last = chunks(client_of(modelled).post(CHAT, json=wanted))

    assert {chunk["usage"] for chunk in before} == {None}
    assert (last["choices"], last["usage"]["total_tokens"] > 0) == ([], True)


def test_no_usage_comes_unasked(client: TestClient) -> None:
    assert [chunk for chunk in chunks(client.post(CHAT, json=body(stream=True))) if "usage" in chunk] == []


def test_text_comes_while_it_is_written(client_of: ClientOf, modelled: House, model_server: ModelServer) -> None:
    model_server.default = AnswerFromPassages(chunk_size=4, delay_s=0.04)
    found = chunks(client_of(modelled).post(CHAT, json=body(stream=True)))

    assert len([chunk for chunk in found if chunk["choices"][0]["delta"].get("content")]) > 3
    assert text_of(found) == TEXT


def test_words_that_were_taken_back_are_told_in_the_last_chunk(
    client_of: ClientOf, modelled: House, model_server: ModelServer
) -> None:
    model_server.default = BadQuotes(chunk_size=4, delay_s=0.02)
    found = chunks(client_of(modelled).post(CHAT, json=body(stream=True)))
    field = found[-1]["footnote"]

    assert (field["revised"], field["degraded"], field["writer"]) == (True, "unverified", "extractive")
    assert field["text"] == TEXT
    assert TEXT not in text_of(found)


def test_what_fails_before_a_word_has_its_status(client_of: ClientOf, house: House) -> None:
    assert error(client_of(house).post(CHAT, json=body(stream=True))) == (503, "library_empty")


def test_a_stream_that_takes_too_long_ends_with_what_there_is(
    client_of: ClientOf, modelled_with: HouseWith, model_server: ModelServer
) -> None:
    model_server.default = Endless()
    found = chunks(client_of(modelled_with(api=Api(seconds=1))).post(CHAT, json=body(stream=True)))

    assert found[-1]["choices"][0]["finish_reason"] == "length"
    assert found[-1]["footnote"]["status"] == "stopped"
    assert model_server.requests[0].wait_closed(20)


def test_a_bug_after_the_first_words_ends_the_stream_with_an_error(
    client_of: ClientOf, modelled: House, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug with a secret in it")

    model_server.default = AnswerFromPassages(chunk_size=4, delay_s=0.04)
    monkeypatch.setattr("rag.writing.asking.judge", broken)
    response = client_of(modelled).post(CHAT, json=body(stream=True))

    assert response.text.count('"error"') == 1
    assert '"code": "bug"' in response.text
    assert "secret" not in response.text
    assert "[DONE]" not in response.text


def test_sixty_streams_at_once_need_no_thread_each(
    client_of: ClientOf, modelled: House, model_server: ModelServer
) -> None:
    model_server.default = AnswerFromPassages(chunk_size=4, delay_s=0.05)
    client = client_of(modelled)
    ended: list[str] = []

    def one(user: str) -> None:
        ended.append(text_of(chunks(client.post(CHAT, json=body(stream=True, user=user)))))

    with client:  # one event loop for all of them
        threads = [threading.Thread(target=one, args=(f"user {n}",)) for n in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    assert ended == [TEXT] * 60
