"""`POST /v1/chat/completions`, answered whole."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from rag.assistant import QueueFull, TooManyQuestions
from rag.house import House
from rag.settings import Api
from tests.api.asking import CHAT, ask, body, error
from tests.api.conftest import ClientOf, HouseWith
from tests.conftest import BuildHouse
from tests.model_server import ModelServer, Reply, Status
from tests.rag.answering import HOTEL, HOTEL_SENTENCE

PART = {"type": "text", "text": HOTEL}


def test_a_question_is_answered_in_openais_form(client: TestClient) -> None:
    answer = ask(client)

    assert (answer["object"], answer["model"]) == ("chat.completion", "footnote")
    [choice] = answer["choices"]
    assert (choice["index"], choice["finish_reason"]) == (0, "stop")
    assert choice["message"] == {"role": "assistant", "content": f"{HOTEL_SENTENCE} [1]"}
    assert answer["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def test_the_footnote_field_says_what_it_rests_on(client: TestClient, stocked: House) -> None:
    field = ask(client)["footnote"]

    [citation] = field["citations"]
    assert set(citation) == {"number", "quote", "document", "section", "page", "start", "end"}
    assert (citation["number"], citation["quote"], citation["document"]) == (1, HOTEL_SENTENCE, "Travel")
    assert (field["status"], field["writer"], field["degraded"]) == ("answered", "extractive", None)
    assert (field["text"], field["revised"]) == (f"{HOTEL_SENTENCE} [1]", False)
    assert len(field["trace_id"]) == 32


def test_each_sentence_tells_whether_the_passages_say_it(client: TestClient, stocked: House) -> None:
    field = ask(client)["footnote"]
    assert field["support"]
    assert {one["verdict"] for one in field["support"]} == {"supported"}
    assert field["support"][0] | {"start": 0, "why": ""} == field["support"][0]


def test_a_models_tokens_are_told(client_of: ClientOf, modelled: House) -> None:
    answer = ask(client_of(modelled))

    assert answer["footnote"]["writer"] == "first"
    assert answer["usage"]["prompt_tokens"] > 0
    assert answer["usage"]["total_tokens"] == answer["usage"]["prompt_tokens"] + answer["usage"]["completion_tokens"]


def test_what_is_not_in_the_documents_is_an_answer_too(client: TestClient) -> None:
    answer = ask(client, "Who won the chess tournament in Reykjavik?")

    assert answer["footnote"]["status"] == "not_found"
    assert answer["choices"][0]["message"]["content"] == "I could not find this in the documents."


@pytest.mark.parametrize("question", ["", " \n", "x" * 20_001])
def test_what_cannot_be_asked_is_refused_in_words(client: TestClient, question: str) -> None:
    answer = ask(client, question)

    assert answer["footnote"]["status"] == "refused"
    assert "Please" in answer["choices"][0]["message"]["content"]


@pytest.mark.parametrize("content", [HOTEL, [PART], [{"type": "text", "text": "About travel."}, PART]])
def test_content_may_come_in_parts(client: TestClient, content: Any) -> None:
    answer = ask(client, messages=[{"role": "user", "content": content}])

    assert HOTEL_SENTENCE in answer["footnote"]["text"]


def test_the_talk_before_it_makes_a_follow_up_stand_alone(client: TestClient, stocked: House) -> None:
    before = [{"role": "user", "content": HOTEL}, {"role": "assistant", "content": HOTEL_SENTENCE}]
    follow_up = {"role": "user", "content": "And for that, who decides?"}
    field = ask(client, messages=[{"role": "system", "content": "Be brief."}, *before, follow_up])["footnote"]
    with stocked.database.connect() as connection:
        [[query]] = connection.exec_driver_sql("SELECT query FROM traces WHERE id = ?", (field["trace_id"],)).all()

    assert "hotel" in query


def test_a_conversation_goes_on_where_it_is_named(client: TestClient) -> None:
    first = ask(client)["footnote"]["conversation_id"]

    assert ask(client)["footnote"]["conversation_id"] != first
    assert ask(client, footnote={"conversation_id": first})["footnote"]["conversation_id"] == first


@pytest.mark.parametrize("elses", [{"user": "ana"}, {}])
def test_somebody_elses_conversation_is_not_there(client: TestClient, elses: dict[str, str]) -> None:
    own = ask(client, **elses)["footnote"]["conversation_id"] if elses else "guessed"
    answer = client.post(CHAT, json=body(footnote={"conversation_id": own}, user="ben"))

    assert error(answer) == (404, "not_found")


def test_only_documents_with_a_tag_answer_where_tags_are_named(client: TestClient) -> None:
    assert ask(client, footnote={"tags": ["nowhere"]})["footnote"]["status"] == "not_found"


def test_no_documents_is_an_error_in_words_that_need_no_page(client_of: ClientOf, house: House) -> None:
    answer = client_of(house).post(CHAT, json=body())

    assert error(answer) == (503, "library_empty")
    assert answer.json()["error"]["message"].startswith("There are no documents yet")
    assert answer.headers["x-should-retry"] == "false"
    assert answer.json()["footnote"]["status"] == "failed"


def test_another_writers_answer_says_so_beside_the_text(
    client_of: ClientOf, modelled: House, model_server: ModelServer
) -> None:
    model_server.default = Status(401)
    answer = ask(client_of(modelled))

    assert (answer["footnote"]["writer"], answer["footnote"]["degraded"]) == ("extractive", "model_unauthorized")
    assert answer["choices"][0]["message"]["content"] == f"{HOTEL_SENTENCE} [1]"


def test_another_model_is_not_there(client: TestClient) -> None:
    answer = client.post(CHAT, json=body(model="gpt-4o"))

    assert error(answer) == (404, "model_not_found")
    assert answer.json()["error"]["param"] == "model"


def test_the_models_are_listed(client: TestClient) -> None:
    listed = client.get("/v1/models").json()

    assert (listed["object"], [model["id"] for model in listed["data"]]) == ("list", ["footnote"])


def test_an_answer_that_takes_too_long_is_stopped_and_kept(
    client_of: ClientOf, modelled_with: HouseWith, model_server: ModelServer
) -> None:
    modelled = modelled_with(api=Api(seconds=0.5))
    model_server.default = Reply('{"answer": "A hotel night', chunk_size=2, delay_s=0.5)
    answer = client_of(modelled).post(CHAT, json=body())

    assert error(answer) == (504, "out_of_time")
    with modelled.database.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM messages WHERE role = 'answer'").all() == [("stopped",)]


def test_the_api_can_be_switched_off(client_of: ClientOf, build_house: BuildHouse) -> None:
    client = client_of(build_house(api=Api(enabled=False)))

    assert error(client.post(CHAT, json=body())) == (404, "not_found")
    assert error(client.get("/v1/models")) == (404, "not_found")


def test_what_is_not_there_has_openais_form(client: TestClient) -> None:
    assert error(client.post("/v1/embeddings", json={})) == (404, "not_found")
    assert error(client.get(CHAT)) == (405, "method_not_allowed")
    assert client.get(CHAT).headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(TooManyQuestions(20), (429, "too_many_questions", "20")), (QueueFull(), (503, "queue_full", None))],
)
def test_a_program_that_asks_too_much_is_told_when_to_come_back(
    client: TestClient, stocked: House, monkeypatch: pytest.MonkeyPatch, trouble: Exception, told: tuple
) -> None:
    def refuse(_: str) -> None:
        raise trouble

    monkeypatch.setattr(stocked.jobs, "check", refuse)
    answer = client.post(CHAT, json=body())
    after = answer.headers["retry-after"]

    assert (*error(answer), told[2] or after) == (*told[:2], after)


def test_while_closing_a_program_is_asked_to_come_back(client: TestClient, stocked: House) -> None:
    stocked.jobs.close(0)
    answer = client.post(CHAT, json=body())

    assert error(answer) == (503, "shutting_down")
    assert int(answer.headers["retry-after"]) > 0
    assert "box" not in answer.json()["error"]["message"]


def test_programs_are_told_what_guards_found(client: TestClient, stocked: House) -> None:
    messages = [{"role": "user", "content": f"{HOTEL} My key is sk-proj-{'aB3' * 10}."}]
    found = ask(client, messages=messages)["footnote"]["findings"]
    assert [(one["guard"], one["stand"], one["what"], one["action"]) for one in found] == [
        ("secrets", "question", "secret key", "mask")
    ]
