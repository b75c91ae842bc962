"""Replies that look like success and are none, through the whole pipeline: repaired, asked for again, handed over."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag.house import House
from rag.settings import Model
from rag.writers import extractive
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import (
    BadQuotes,
    Behaviour,
    ContentFilter,
    Fenced,
    Garbage,
    ModelServer,
    Reply,
    Status,
    Stutter,
    Thinking,
    ToolCall,
    Unstreamed,
    WrongSchema,
)
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, answer_of, events_of, of_kind, replayed

ANSWER = f"{HOTEL_SENTENCE} [1]"
ModelAt = Callable[..., Model]


@pytest.fixture
def house(build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt) -> House:
    """With documents and one model."""
    house = build_house(models=[model_at(model_server.url, failures_to_rest=2)])
    library_of(house, LIBRARY)
    return house


@pytest.fixture
def second_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def pair(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    second_server: ModelServer,
    model_at: ModelAt,
) -> House:
    """With documents and two models, the second of which answers well."""
    house = build_house(models=[model_at(model_server.url), model_at(second_server.url, "second")])
    library_of(house, LIBRARY)
    return house


def draft(**changes: Any) -> str:
    shape = {"answer": ANSWER, "citations": [{"passage": 1, "quote": HOTEL_SENTENCE}], "answerable": True}
    return json.dumps(shape | {"follow_ups": []} | changes)


def notes(events: list[Any]) -> set[str]:
    return {event.note.removeprefix("repaired: ") for event in of_kind(events, "noted")}


# repaired

DRAFTED = draft(answer="It may be 99 euros. [1]")
REPAIRED: dict[str, tuple[Behaviour, str | None]] = {
    "in a fence": (Fenced(Reply(draft())), "a frame around it"),
    "prose before": (Reply(f"Sure, here it is:\n{draft()}"), "words around it"),
    "prose behind": (Reply(f"{draft()}\nI hope {{this}} helps!"), "words around it"),
    "a byte order mark": (Reply(f"\ufeff{draft()}"), None),
    "Python": (Reply(repr(json.loads(draft(note=None)))), "other quotes"),
    "curly quotes": (Reply(draft().replace('"', "”")), "other quotes"),
    "a comma too many": (Reply(draft().replace("}]", "},]")), "a comma too many"),
    "comments": (Reply(draft().replace("{", "{ // as asked\n", 1)), "comments"),
    "other case": (Reply(draft().replace('"answer"', '"Answer"')), "other keys"),
    "other keys": (Reply(draft().replace('"answer"', '"response"').replace('"quote"', '"text"')), "other keys"),
    "quotes by passage": (Reply(draft(citations={"1": HOTEL_SENTENCE})), "citations that are no list"),
    "one citation": (Reply(draft(citations={"passage": 1, "quote": HOTEL_SENTENCE})), "citations that are no list"),
    "a number in brackets": (
        Reply(draft(citations=[{"passage": "[1]", "quote": HOTEL_SENTENCE}])),
        "passages that are texts",
    ),
    "no quotes": (Reply(draft(citations=[1])), "citations without quotes"),
    "nulls": (Reply(draft(citations=None, follow_ups=None, answerable=None)), "quotes looked up"),
    "truth as text": (Reply(draft(answerable="true")), None),
    "paragraphs": (Reply(draft(answer=[ANSWER])), "an answer in parts"),
    "an object": (Reply(draft(answer={"text": ANSWER})), "an answer in parts"),
    "JSON within JSON": (Reply(draft(answer=draft())), "JSON within JSON"),
    "JSON as text": (Reply(json.dumps(draft())), "JSON within JSON"),
    "thoughts before": (Reply(f"<think>So: {DRAFTED}</think>{draft()}"), "reasoning"),
    "thoughts of another name": (Reply(f"<reasoning>So: {DRAFTED}</reasoning>\n{draft()}"), "reasoning"),
    "thoughts that lost their beginning": (Reply(f"So: {DRAFTED} Hm. {DRAFTED}\n</think>\n{draft()}"), "reasoning"),
    "a channel for thoughts": (
        Reply(f"<|channel|>analysis<|message|>{DRAFTED}<|end|><|start|>assistant<|channel|>final<|message|>{draft()}"),
        "reasoning",
    ),
    "channels without marks": (Reply(f"analysisWe say {DRAFTED}assistantfinal{draft()}"), "reasoning"),
    "thoughts in the answer": (
        Reply(draft(answer=f"<thinking>99 euros?</thinking>\n{ANSWER}")),
        "reasoning in the answer",
    ),
    "a field for thoughts": (Thinking(3, word="99 euros "), None),
    "another field for thoughts": (Thinking(3, "reasoning", word="99 euros "), None),
    "sent whole": (Unstreamed(Thinking(3, word="99 euros ")), None),
    "a tool call": (ToolCall("answer", draft()), "the answer as a call of a tool"),
    "a tool call in text": (
        Reply(f'<tool_call>{{"name": "answer", "arguments": {draft()}}}</tool_call>'),
        "an object around it",
    ),
    "prose with marks": (Reply(ANSWER), "prose instead of JSON"),
    "prose behind thoughts": (Reply(f"<think>99 euros?</think>\n{ANSWER}"), "prose instead of JSON"),
    "cut off behind the answer": (Reply(draft()[:-70], finish_reason="length"), "all but the answer left out"),
    "passages by name": (
        Reply(draft(citations=[{"passage": "Travel", "quote": HOTEL_SENTENCE}])),
        "all but the answer left out",
    ),
}


@pytest.mark.parametrize("size", [3, 1000])
@pytest.mark.parametrize(("behaviour", "told"), REPAIRED.values(), ids=REPAIRED)
def test_what_is_plain_is_repaired_and_nothing_else_is_seen_on_the_way(
    house: House, model_server: ModelServer, behaviour: Any, told: str | None, size: int
) -> None:
    if hasattr(behaviour, "chunk_size"):
        behaviour = type(behaviour)(**{**vars(behaviour), "chunk_size": size})
    model_server.default = behaviour
    events = events_of(house, HOTEL)
    answer = answer_of(events)
    assert (answer.text, answer.status, answer.writer, answer.degraded) == (ANSWER, "answered", "first", None)
    assert [citation.quote for citation in answer.citations] == [HOTEL_SENTENCE]
    assert all(ANSWER.startswith(seen.lstrip()) for seen in replayed(events))
    assert told is None or told in notes(events)
    assert len(model_server.requests) == 1


def test_reasoning_in_the_answer_that_lost_its_beginning_is_taken_back(house: House, model_server: ModelServer) -> None:
    model_server.default = Reply(draft(answer=f"Is it 99 euros? No.</think>{ANSWER}"))
    events = events_of(house, HOTEL)
    assert answer_of(events).text == replayed(events)[-1] == ANSWER
    assert "reasoning in the answer" in notes(events)


def test_reasoning_is_counted(house: House, model_server: ModelServer) -> None:
    model_server.enqueue(Thinking(0, usage=False), Thinking(400, usage=False))
    brief, long = (answer_of(events_of(house, HOTEL)).usage for _ in range(2))
    assert long.output_tokens - brief.output_tokens == 300  # 1,200 characters


def test_no_answer_needs_no_repair(house: House, model_server: ModelServer) -> None:
    model_server.default = Reply('{"answer": null, "citations": null, "answerable": "no"}')
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.status, answer.text) == ("not_found", "I could not find this in the documents.")
    assert len(model_server.requests) == 1


# asked for again, handed over

UNUSABLE: dict[str, tuple[Behaviour, str, int]] = {
    "empty": (Reply(""), "model_empty", 2),
    "blank": (Reply(" \n\t "), "model_empty", 2),
    "an empty answer": (Reply(draft(answer=" ")), "model_empty", 2),
    "an answer of thoughts alone": (Reply(draft(answer="<think>99 euros?</think>")), "model_empty", 2),
    "thoughts alone": (Reply("<think>99 euros?</think>"), "model_empty", 2),
    "thoughts without an end": (Reply(f"<think>So: {DRAFTED}", finish_reason="length"), "model_empty", 2),
    "a tool call": (ToolCall(), "model_empty", 2),
    "a tool call with words": (Reply("Zebras.", finish_reason="tool_calls"), "model_empty", 2),
    "prose": (Garbage(), "model_garbled", 2),
    "another schema": (WrongSchema(), "model_garbled", 2),
    "a number": (Reply("42"), "model_garbled", 2),
    "a list": (Reply('["Zebras"]'), "model_garbled", 2),
    "an answer of facts": (Reply(draft(answer=[{"fact": "Zebras"}])), "model_garbled", 2),
    "two meanings": (Reply('{"answer": "A hotel [1]" "moons"}'), "model_garbled", 2),
    "two answers": (Reply('{"text": "Zebras", "response": "moons"}'), "model_garbled", 2),
    "cut off": (Reply('{"answer": "A ho'), "model_garbled", 2),
    "too long": (Reply('{"answer": "A ho', finish_reason="length"), "model_garbled", 2),
    "a word said twice": (Stutter(chunk_size=3), "model_garbled", 2),
    "bad quotes": (BadQuotes(), "unverified", 2),
    "no citations": (Reply(draft(answer="A hotel", citations=[])), "unverified", 2),
    "filtered": (ContentFilter(), "model_filtered", 1),
}


def unseen(events: list[Any]) -> bool:
    """Whether a reader saw nothing of a reply that cannot be used."""
    return not any(re.search(r"99|Zebra|think|[{}]|rather", seen) for seen in replayed(events))


@pytest.mark.parametrize(("behaviour", "kind", "requests"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_used_twice_gives_way_to_the_documents_words(
    house: House, model_server: ModelServer, behaviour: Behaviour, kind: str, requests: int
) -> None:
    model_server.default = behaviour
    events = events_of(house, HOTEL)
    answer = answer_of(events)
    assert (answer.text, answer.status, answer.writer) == (ANSWER, "answered", extractive.NAME)
    assert (answer.degraded, len(model_server.requests)) == (kind, requests)
    assert replayed(events)[-1] == answer.text
    assert unseen(events) or behaviour == BadQuotes()


@pytest.mark.parametrize(("behaviour", "kind", "requests"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_used_twice_gives_way_to_the_second_model(
    pair: House,
    model_server: ModelServer,
    second_server: ModelServer,
    behaviour: Behaviour,
    kind: str,
    requests: int,
) -> None:
    model_server.default = behaviour
    events = events_of(pair, HOTEL)
    answer = answer_of(events)
    assert (answer.text, answer.writer, answer.degraded) == (ANSWER, "second", kind)
    assert [(event.writer, event.problem) for event in of_kind(events, "handed_over")] == [("second", kind)]
    assert (len(model_server.requests), len(second_server.requests)) == (requests, 1)
    assert unseen(events) or behaviour == BadQuotes()


@pytest.mark.parametrize(
    "behaviour", [behaviour for behaviour, _, requests in UNUSABLE.values() if requests == 2], ids=str
)
def test_what_is_mended_when_asked_again_is_used(house: House, model_server: ModelServer, behaviour: Behaviour) -> None:
    model_server.enqueue(behaviour)
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.text, answer.writer, answer.degraded) == (ANSWER, "first", None)
    assert "could not be used" in model_server.requests[1].body["messages"][-1]["content"]


def test_reasoning_is_not_sent_back(house: House, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("<think>99 euros?</think>\nZebras."))
    events_of(house, HOTEL)
    again = model_server.requests[1].body["messages"]
    assert (again[-2]["role"], again[-2]["content"]) == ("assistant", "Zebras.")


def test_a_call_of_a_tool_is_judged_like_any_draft(house: House, model_server: ModelServer) -> None:
    model_server.enqueue(ToolCall("answer", draft(citations=[{"passage": 1, "quote": "Zebras"}])))
    events_of(house, HOTEL)
    assert "does not stand in passage 1" in model_server.requests[1].body["messages"][-1]["content"]


def test_a_second_try_that_fails_leaves_the_first_ones_problem(house: House, model_server: ModelServer) -> None:
    model_server.enqueue(Garbage(), Status(500))
    assert answer_of(events_of(house, HOTEL)).degraded == "model_garbled"


def test_a_second_try_that_is_filtered_is_not_shown(house: House, model_server: ModelServer) -> None:
    model_server.enqueue(Garbage(), Reply(draft(), finish_reason="content_filter"))
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.writer, answer.degraded) == (extractive.NAME, "model_filtered")


# a model whose answers are of no use


@pytest.mark.parametrize("behaviour", [Garbage(), Reply("")], ids=["garbled", "empty"])
def test_a_model_of_no_use_is_left_in_peace(house: House, model_server: ModelServer, behaviour: Behaviour) -> None:
    model_server.default = behaviour
    for _ in range(2):
        events_of(house, HOTEL)
    answer = answer_of(events_of(house, HOTEL))
    assert (answer.writer, answer.degraded, len(model_server.requests)) == (extractive.NAME, "model_resting", 4)


def test_an_answer_of_use_makes_up_for_one_of_none(house: House, model_server: ModelServer) -> None:
    for _ in range(3):
        model_server.enqueue(Garbage(), Garbage())
        events_of(house, HOTEL)
        assert answer_of(events_of(house, HOTEL)).writer == "first"
    assert house.chain.health()[0].failures == 0


def test_a_draft_that_does_not_hold_says_nothing_about_the_models_health(
    house: House, model_server: ModelServer
) -> None:
    model_server.default = BadQuotes()
    for _ in range(3):
        events_of(house, HOTEL)
    assert (len(model_server.requests), house.chain.health()[0].failures) == (6, 0)


# too long


@pytest.mark.parametrize("text", [f'{{"answer": "{ANSWER} Trains are boo', f"{ANSWER} Trains are boo"])
def test_an_answer_that_became_too_long_keeps_its_whole_sentences(
    house: House, model_server: ModelServer, text: str
) -> None:
    model_server.default = Reply(text, finish_reason="length")
    events = events_of(house, HOTEL)
    answer = answer_of(events)
    assert (answer.text, answer.writer, answer.degraded) == (ANSWER, "first", "answer_cut")
    assert replayed(events)[-1] == ANSWER
    assert len(model_server.requests) == 1


TOO_LONG = Status(400, error_code="context_length_exceeded")
HOTELS = {
    f"hotel-{name}.md": f"# Hotels in {name}\n\nIn {name} a hotel night is reimbursed up to {100 + at} euros. "
    f"{' '.join(f'The {name} desk number {at}{line} keeps receipts of {name}.' for line in range(12))}\n"
    for at, name in enumerate(["Bergen", "Lisbon", "Krakow", "Turin", "Ghent", "Malmo"])
}


def test_a_prompt_too_long_loses_passages_by_rank_and_then_the_talk(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt
) -> None:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, HOTELS)
    model_server.enqueue(TOO_LONG, TOO_LONG, TOO_LONG)
    asked = "How much is reimbursed for a hotel night in Lisbon?"
    events = events_of(house, asked, [("Who keeps the receipts in Ghent?", "The desk.")])
    sent = [request.body["messages"] for request in model_server.requests]
    ranks = [[int(n) for n in re.findall(r'number="(\d+)"', messages[-1]["content"])] for messages in sent]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in ranks)
    assert len(ranks[0]) > len(ranks[1]) > len(ranks[2]) >= len(ranks[3]) >= 1
    talked = [any("Ghent?" in message["content"] for message in messages[1:-1]) for messages in sent]
    assert talked == [True, True, True, False]
    assert (answer_of(events).writer, answer_of(events).degraded) == ("first", None)
    assert [note for note in notes(events) if "talk" in note] == ["too long: sent without the talk before"]
