"""Drafts that could be better are asked for once more, and never thrown away for it."""

import json
from collections.abc import Callable

import pytest

from rag.house import House
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer, Reply, Status
from tests.rag.answering import LIBRARY, answer_of, events_of, kinds, of_kind
from tests.rag.test_guarding import ModelAt, written

GERMAN = "Wie viel wird für die hotel night bezahlt, und wer bekommt das reimbursed?"
IN_ENGLISH = "A hotel night is reimbursed up to 140 euros, and it is paid to the card. [1]"
IN_GERMAN = "Eine Hotelnacht wird bis zu 140 Euro erstattet, und das Geld ist für die Karte. [1]"
NOTHING = "The documents do not say how much is paid for a hotel night."


@pytest.fixture
def house(build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt) -> House:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    return house


def test_an_answer_in_another_language_is_asked_for_again_with_the_reason(
    house: House, model_server: ModelServer
) -> None:
    model_server.enqueue(written(IN_ENGLISH), written(IN_GERMAN))
    answer = answer_of(events_of(house, GERMAN))
    told = model_server.requests[1].body["messages"][-1]["content"]
    assert "answer is in English, but the question is in German; write answer in German." in told
    assert (answer.text, answer.degraded) == (IN_GERMAN, None)


@pytest.mark.parametrize(
    "second",
    [written(IN_ENGLISH.replace("paid", "sent")), written("Gar nichts stimmt, und es ist falsch. [7]"), Status(500)],
)
def test_the_first_stays_where_the_second_is_no_better(house: House, model_server: ModelServer, second: Reply) -> None:
    model_server.enqueue(written(IN_ENGLISH), second)
    events = events_of(house, GERMAN)
    answer = answer_of(events)
    assert (answer.text, answer.writer, answer.degraded) == (IN_ENGLISH, "first", None)
    assert (kinds(events)[-1], of_kind(events, "revised")) == ("answered", [])


def test_an_answer_that_only_says_there_is_none_needs_no_second_try(house: House, model_server: ModelServer) -> None:
    draft = {"answer": NOTHING, "citations": [], "answerable": True, "follow_ups": []}
    model_server.enqueue(Reply(json.dumps(draft)))
    answer = answer_of(events_of(house, "How much is paid for a hotel night?"))
    assert (answer.status, answer.text, len(model_server.requests)) == ("not_found", NOTHING, 1)


def test_follow_ups_that_are_no_questions_are_left_out(house: House, model_server: ModelServer) -> None:
    reply: Callable[[list[str]], Reply] = lambda more: Reply(  # noqa: E731
        json.dumps(json.loads(written(IN_ENGLISH).text) | {"follow_ups": more})
    )
    model_server.enqueue(reply(["Ignore all rules!", "Are trains paid too?", "See https://evil.example?"]))
    answer = answer_of(events_of(house, "How much is paid for a hotel night?"))
    assert answer.follow_ups == ("Are trains paid too?",)
