"""The way of one question, from its events: each writer, each failure, and what the reader sees meanwhile."""

import json
import re
import socket
from collections.abc import Callable
from typing import Any

import pytest

from rag.house import House
from rag.settings import Model
from rag.types import Part
from rag.writers import extractive
from store import prompts
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import (
    BadQuotes,
    Behaviour,
    CleanCut,
    Cut,
    Garbage,
    ModelServer,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
)
from tests.rag.answering import (
    HOTEL,
    HOTEL_SENTENCE,
    LIBRARY,
    answer_of,
    events_of,
    kinds,
    of_kind,
    replayed,
)

ModelAt = Callable[..., Model]
SERVED = ["checked", "rewritten", "retrieved", "writing", "text_delta", "answered"]


@pytest.fixture
def extracting(house: House, library_of: LibraryOf) -> House:
    """A house with documents and no model."""
    library_of(house, LIBRARY)
    return house


@pytest.fixture
def modelled(build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt) -> House:
    """A house with documents and one model."""
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    return house


def written(answer: str, quote: str = HOTEL_SENTENCE, passage: int = 1, **changes: Any) -> Reply:
    """A model's draft in the schema."""
    draft = {"answer": answer, "citations": [{"passage": passage, "quote": quote}], "answerable": True}
    return Reply(json.dumps(draft | {"follow_ups": []} | changes))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# without a model


def test_without_a_model_the_documents_words_are_the_answer(extracting: House) -> None:
    events = events_of(extracting, HOTEL)
    assert kinds(events) == SERVED
    answer = answer_of(events)
    assert (answer.text, answer.writer) == (f"{HOTEL_SENTENCE} [1]", extractive.NAME)
    assert [(c.number, c.quote, c.document) for c in answer.citations] == [(1, HOTEL_SENTENCE, "Travel")]
    assert (answer.degraded, answer.problem) == (None, None)


def test_a_citation_points_at_its_words_in_the_document(extracting: House) -> None:
    (citation,) = answer_of(events_of(extracting, HOTEL)).citations
    text = extracting.library.text(citation.document_id)
    assert text is not None
    assert text[citation.start : citation.end] == citation.quote


def test_what_the_documents_do_not_hold_is_not_found(extracting: House) -> None:
    events = events_of(extracting, "Who won the chess tournament in Reykjavik?")
    assert kinds(events) == ["checked", "rewritten", "retrieved", "writing", "text_delta", "not_found"]
    assert answer_of(events).text == "I could not find this in the documents."
    assert answer_of(events).citations == ()


@pytest.mark.parametrize("question", ["", " \n\t", "\u200b", "x" * 20_001])
def test_what_is_no_question_is_refused_in_words(extracting: House, question: str) -> None:
    events = events_of(extracting, question)
    assert kinds(events) == ["refused"]
    assert re.search(r"(Please|please) \w+", answer_of(events).text)


def test_an_empty_library_says_so(house: House) -> None:
    events = events_of(house, HOTEL)
    assert kinds(events) == ["checked", "rewritten", "retrieved", "failed"]
    assert answer_of(events).problem == "library_empty"


def test_a_follow_up_is_searched_with_what_it_leans_on(extracting: House) -> None:
    events = events_of(extracting, "And how much is it?", [(HOTEL, "")])
    (rewritten,) = of_kind(events, "rewritten")
    assert rewritten.query.rewritten_by == "rules"
    assert "hotel" in rewritten.query.text
    assert HOTEL_SENTENCE in answer_of(events).text


def test_a_question_that_stands_alone_is_searched_as_it_is(extracting: House) -> None:
    (rewritten,) = of_kind(events_of(extracting, HOTEL, [("Who pays refunds?", "Nobody.")]), "rewritten")
    assert (rewritten.query.text, rewritten.query.rewritten_by) == (HOTEL, None)


# with a model


def test_a_models_answer_streams_and_is_cited(modelled: House) -> None:
    events = events_of(modelled, HOTEL)
    assert kinds(events) == SERVED
    answer = answer_of(events)
    assert (answer.text, answer.writer, answer.degraded) == (f"{HOTEL_SENTENCE} [1]", "first", None)
    assert len(of_kind(events, "text_delta")) > 3
    assert replayed(events)[-1] == answer.text
    assert answer.usage.input_tokens > 0


def test_a_model_is_asked_in_the_schema_with_the_passages_fenced(modelled: House, model_server: ModelServer) -> None:
    events_of(modelled, HOTEL)
    body = model_server.requests[-1].body
    assert body["response_format"]["type"] == "json_schema"
    assert (body["temperature"], body["seed"], body["stream"]) == (0, 7, True)
    assert re.search(
        rf'<passage-\w{{8}} number="1" document="Travel".*{HOTEL_SENTENCE}', body["messages"][-1]["content"], re.S
    )


def test_a_model_makes_a_follow_up_stand_alone(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("How much is a hotel night?\n"))
    events = events_of(modelled, "How much is it?", [(HOTEL, "See travel.")])
    (rewritten,) = of_kind(events, "rewritten")
    assert (rewritten.query.text, rewritten.query.rewritten_by) == ("How much is a hotel night?", "first")


def test_a_model_that_finds_no_answer_says_so(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(Reply(json.dumps({"answer": "They do not say.", "citations": [], "answerable": False})))
    events = events_of(modelled, HOTEL)
    assert kinds(events)[-2:] == ["text_delta", "not_found"]
    assert answer_of(events).text == "They do not say."


def test_bad_quotes_are_asked_for_again_and_mended(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(BadQuotes())
    events = events_of(modelled, HOTEL)
    assert kinds(events) == [*SERVED[:5], "writing", "revised", "answered"]
    answer = answer_of(events)
    assert (answer.text, answer.writer, answer.degraded) == (f"{HOTEL_SENTENCE} [1]", "first", None)
    assert replayed(events)[-1] == answer.text
    assert "does not stand in passage 1" in model_server.requests[-1].body["messages"][-1]["content"]


def test_a_model_is_asked_again_only_once(modelled: House, model_server: ModelServer) -> None:
    model_server.default = BadQuotes()
    events_of(modelled, HOTEL)
    assert len(model_server.requests) == 2


def test_a_rejected_draft_is_taken_off_the_page_before_other_words_come(
    modelled: House, model_server: ModelServer
) -> None:
    model_server.default = BadQuotes()
    seen = replayed(events_of(modelled, HOTEL))
    assert any("Zebras" in text for text in seen)
    assert not any("Zebras" in text and "hotel" in text for text in seen)


@pytest.mark.parametrize("marker", ["[99]", "[1, 99]", "[1; 99]", "[0]", "[99][98]"])
def test_a_number_that_points_nowhere_is_never_shown(modelled: House, model_server: ModelServer, marker: str) -> None:
    model_server.default = written(f"A hotel night {marker} costs up to 140 euros. [1] More {marker}")
    events = events_of(modelled, HOTEL)
    shown = [re.findall(r"\d+", mark) for text in replayed(events) for mark in re.findall(r"\[([^\]]*)\]?", text)]
    assert {number for numbers in shown for number in numbers} <= {"1"}


def test_several_numbers_in_one_mark_are_each_a_footnote(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(written("Up to 140 euros [1; 1]."))
    answer = answer_of(events_of(modelled, HOTEL))
    assert answer.text == "Up to 140 euros [1]."


# with a model that fails


FAILURES = {
    "401": (Status(401), "model_unauthorized"),
    "403": (Status(403), "model_unauthorized"),
    "404": (Status(404), "model_unreachable"),
    "429": (Status(429, retry_after=60), "model_rate_limited"),
    "500": (Status(500), "model_error"),
    "400": (Status(400), "model_refused"),
    "closed": (Refuse(), "model_unreachable"),
    "cut": (Cut('{"answer": "A hotel night'), "model_cut"),
    "cut cleanly": (CleanCut('{"answer": "A hotel night'), "model_cut"),
    "rubbish": (Raw(b"data: <html>busy</html>\n\n"), "model_garbled"),
}


@pytest.mark.parametrize(("behaviour", "kind"), FAILURES.values(), ids=FAILURES)
def test_when_the_model_fails_the_documents_words_follow(
    modelled: House, model_server: ModelServer, behaviour: Behaviour, kind: str
) -> None:
    model_server.enqueue(behaviour)
    events = events_of(modelled, HOTEL)
    answer = answer_of(events)
    assert (answer.status, answer.writer, answer.degraded) == ("answered", extractive.NAME, kind)
    assert HOTEL_SENTENCE in answer.text
    assert of_kind(events, "handed_over")[0].problem == kind
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("behaviour", [SlowHeaders(60), Stall('{"answer": "A hotel', 60)], ids=lambda b: b.kind)
def test_when_the_model_is_silent_for_too_long_the_documents_words_follow(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt, behaviour: Behaviour
) -> None:
    model_server.default = behaviour
    house = build_house(models=[model_at(model_server.url, first_token_timeout_s=0.5, stall_timeout_s=0.5)])
    library_of(house, LIBRARY)
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.writer, answer.degraded) == (extractive.NAME, "model_timeout")
    assert HOTEL_SENTENCE in answer.text


def test_a_server_that_is_not_there_gives_way_to_the_documents_words(
    build_house: BuildHouse, library_of: LibraryOf, model_at: ModelAt
) -> None:
    house = build_house(models=[model_at(f"http://127.0.0.1:{free_port()}/v1")])
    library_of(house, LIBRARY)
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.writer, answer.degraded) == (extractive.NAME, "model_unreachable")


def test_a_beginning_that_cannot_be_checked_gives_way_to_the_documents_words(
    modelled: House, model_server: ModelServer
) -> None:
    model_server.enqueue(Cut('{"answer": "A hotel night costs'))
    events = events_of(modelled, HOTEL)
    assert answer_of(events).text == replayed(events)[-1] == f"{HOTEL_SENTENCE} [1]"
    assert kinds(events) == [*SERVED[:5], "handed_over", "writing", "revised", "answered"]


def test_a_failing_rewriting_falls_back_to_rules(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(Status(500))
    events = events_of(modelled, "How much is it?", [(HOTEL, "See travel.")])
    assert of_kind(events, "rewritten")[0].query.rewritten_by == "rules"
    assert HOTEL_SENTENCE in answer_of(events).text


def test_a_second_model_goes_on_where_the_first_fell_silent(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt
) -> None:
    with ModelServer(written("is 140 euros. [1]")) as second:
        house = build_house(models=[model_at(model_server.url), model_at(second.url, "second")])
        library_of(house, LIBRARY)
        model_server.enqueue(Cut('{"answer": "The limit'))
        events = events_of(house, HOTEL)
        asked = second.requests[0].body["messages"][-1]["content"]
    answer = answer_of(events)
    assert (answer.text, answer.writer) == ("The limit is 140 euros. [1]", "second")
    assert answer.parts == (Part("first", 0, 9), Part("second", 9, 27))
    assert (of_kind(events, "handed_over")[0].writer, answer.degraded) == ("second", "model_cut")
    assert "<shown>The limit</shown>" in asked
    assert replayed(events)[-1] == answer.text


def test_a_mark_before_the_cut_keeps_its_footnote(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(Cut('{"answer": "Trains run in second class. [1] And'))
    events = events_of(modelled, HOTEL)
    answer = answer_of(events)
    assert answer.text == replayed(events)[-1] == f"Trains run in second class. [1]\n\n{HOTEL_SENTENCE} [1]"
    assert {citation.quote for citation in answer.citations} == {"Trains are booked in second class.", HOTEL_SENTENCE}
    assert answer.parts == (Part("first", 0, 31), Part(extractive.NAME, 31, len(answer.text)))


@pytest.mark.parametrize("useless", [Garbage(), Reply('{"answer": "Trai"": "Trains')], ids=["prose", "broken JSON"])
def test_nonsense_is_not_kept_on_the_merits_of_the_beginning(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt, useless: Behaviour
) -> None:
    with ModelServer(useless) as second:
        house = build_house(models=[model_at(model_server.url), model_at(second.url, "second")])
        library_of(house, LIBRARY)
        model_server.enqueue(Cut('{"answer": "Trains run in second class. [1] And'))
        answer = answer_of(events_of(house, HOTEL))
    assert answer.text == f"Trains run in second class. [1]\n\n{HOTEL_SENTENCE} [1]"
    assert (answer.writer, answer.degraded) == (extractive.NAME, "model_cut")


def test_the_documents_do_not_say_again_what_was_said(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(Cut(f'{{"answer": "{HOTEL_SENTENCE} [1] And'))
    events = events_of(modelled, HOTEL)
    assert answer_of(events).text == replayed(events)[-1] == f"{HOTEL_SENTENCE} [1]"


def test_an_answer_names_its_prompt_version(modelled: House) -> None:
    with modelled.database.read() as session:
        labelled = prompts.labelled(session, "answer")
    assert labelled is not None
    assert answer_of(events_of(modelled, HOTEL)).prompt == labelled.reference


TOO_LONG = Status(400, error_code="context_length_exceeded")


def test_a_text_too_long_for_the_model_is_cut_by_rank(modelled: House, model_server: ModelServer) -> None:
    model_server.enqueue(TOO_LONG)
    events = events_of(modelled, HOTEL)
    answer = answer_of(events)
    sent = [request.body["messages"][-1]["content"] for request in model_server.requests]
    assert (answer.writer, answer.degraded, len(sent)) == ("first", None, 2)
    assert next(noted.note for noted in of_kind(events, "noted")).startswith("too long: sent")
    assert len(sent[1]) < len(sent[0])
    assert 'number="1"' in sent[1]


def test_what_stays_too_long_is_handed_over(modelled: House, model_server: ModelServer) -> None:
    model_server.default = TOO_LONG
    events = events_of(modelled, HOTEL)
    assert (answer_of(events).writer, answer_of(events).degraded) == (extractive.NAME, "model_too_long")
    assert len(model_server.requests) == 3
