"""Personal data on the whole way of a question: no model outside is sent any, the reader sees all of it."""

import json
import re
from collections.abc import Callable

import pytest

from guards.personal.masks import WORDS
from rag.house import House
from rag.settings import Guards, Model
from rag.tracing import Tracer
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Cut, ModelServer, Reply, Status
from tests.rag.answering import answer_of, events_of, of_kind, replayed
from tests.rag.test_trial import outcome
from tests.test_layers import ROOT, files, imports

PHONE, DESK, JO, IBAN = "+44 20 7946 0958", "desk@hotel.example", "jo@guests.example", "GB29 NWBK 6016 1331 9268 19"
SENTENCE = f"The hotel desk of Claudia Okafor answers at {PHONE} or {DESK}."
DOCUMENT = f"# Hotel desk\n\n{SENTENCE} Deposits go to {IBAN}.\n"
ASKED = f"I am {JO}: at which number does the hotel desk answer?"
HISTORY = [(f"Is {JO} a guest of the hotel?", f"Yes, ask {DESK}.")]
PERSONAL = (PHONE, "7946", DESK, JO, "NWBK", "Okafor")
MASK = re.compile(rf"(?:{'|'.join(WORDS.values())})[A-Z2-9]{{6}}")
FENCE = re.compile(r"passage-[0-9a-f]{8}")
ModelAt = Callable[..., Model]


@pytest.fixture
def outside(build_house: BuildHouse, library_of: LibraryOf, model_at: ModelAt, model_server: ModelServer) -> House:
    """Two models, both outside."""
    models = [model_at(model_server.url, name, outside="yes") for name in ("first", "second")]
    house = build_house(models=models)
    library_of(house, {"desk.md": DOCUMENT})
    return house


def leaked(server: ModelServer) -> list[str]:
    """What of the personal data stands in any request, outside of what is drawn by lot: IBANWBK69K holds no NWBK."""
    sent = json.dumps([request.body for request in server.requests], ensure_ascii=False)
    plain = FENCE.sub("", MASK.sub("", sent))
    return [value for value in PERSONAL if value in plain]


def test_nothing_leaves_and_the_reader_sees_the_values(outside: House, model_server: ModelServer) -> None:
    events = events_of(outside, ASKED, HISTORY)
    answer = answer_of(events)
    assert leaked(model_server) == []
    assert (SENTENCE in answer.text, answer.writer) == (True, "first")
    assert [citation.quote for citation in answer.citations] == [SENTENCE]
    assert not any(MASK.search(text) for text in replayed(events))


def test_nothing_leaves_when_a_model_is_asked_again(outside: House, model_server: ModelServer) -> None:
    model_server.enqueue(Reply(json.dumps({"answer": f"Ring\n{PHONE}", "citations": [{"passage": 9, "quote": DESK}]})))
    answer = answer_of(events_of(outside, ASKED))
    assert len(model_server.requests) == 2
    assert (leaked(model_server), SENTENCE in answer.text) == ([], True)


def test_nothing_leaves_with_what_another_model_goes_on_behind(outside: House, model_server: ModelServer) -> None:
    model_server.enqueue(Cut(f'{{"answer": "You reach it at {PHONE}, says the '))
    events = events_of(outside, ASKED)
    assert [event.writer for event in of_kind(events, "handed_over")] == ["second"]
    assert leaked(model_server) == []
    assert PHONE in answer_of(events).text


def test_nothing_leaves_with_a_question_to_be_rewritten(outside: House, model_server: ModelServer) -> None:
    events = events_of(outside, f"And at {JO}?", HISTORY)
    first = model_server.requests[0].body["messages"][0]["content"]
    assert "make follow-up questions stand alone" in first
    assert leaked(model_server) == []
    assert not MASK.search(of_kind(events, "rewritten")[0].query.text)


def test_nothing_leaves_with_a_test_question(outside: House, model_server: ModelServer) -> None:
    found = outcome(outside.trials.start(ASKED, "second"))
    assert (leaked(model_server), SENTENCE in found.text) == ([], True)


def test_there_is_one_way_to_a_model() -> None:
    """Whatever asks one, also two at once, asks a ChatModel: the client of the library is known to nobody else."""
    asking = [str(path.relative_to(ROOT)) for path in files() if "rag.models.client" in " ".join(imports(path))]
    assert asking == ["rag/models/chat.py"]


def test_a_model_inside_reads_it_all(
    build_house: BuildHouse, library_of: LibraryOf, model_at: ModelAt, model_server: ModelServer
) -> None:
    house = build_house(models=[model_at(model_server.url, outside="yes"), model_at(model_server.url, "second")])
    library_of(house, {"desk.md": DOCUMENT})
    model_server.enqueue(Status(500))
    assert SENTENCE in answer_of(events_of(house, ASKED)).text
    first, second = (json.dumps(request.body) for request in model_server.requests)
    assert (DESK in first, DESK in second) == (False, True)


def test_the_trace_tells_how_many_values_were_kept_and_none_of_them(outside: House) -> None:
    tracer = Tracer({})
    events = events_of(outside, ASKED)
    for event in events:
        tracer.note(event)
    (note,) = [note for note in tracer.record(answer_of(events)).notes if note.startswith("kept from")]
    assert note == "kept from first: 2 e-mail addresses, a phone number, an IBAN, a name"


def test_a_question_that_holds_refused_data_is_not_asked(
    build_house: BuildHouse, model_at: ModelAt, model_server: ModelServer
) -> None:
    guards = Guards.model_validate({"personal": {"card": "refuse"}})
    house = build_house(models=[model_at(model_server.url)], guards=guards)
    answer = answer_of(events_of(house, "Is 4111 1111 1111 1111 still valid?"))
    assert (answer.status, model_server.requests) == ("refused", [])
    assert "Your question holds a card number" in answer.text


def test_kinds_that_are_allowed_are_sent(
    build_house: BuildHouse, library_of: LibraryOf, model_at: ModelAt, model_server: ModelServer
) -> None:
    guards = Guards.model_validate({"personal": {"e-mail": "allow"}})
    house = build_house(models=[model_at(model_server.url, outside="yes")], guards=guards)
    library_of(house, {"desk.md": DOCUMENT})
    events_of(house, ASKED)
    assert leaked(model_server) == [DESK, JO]


def test_personal_data_that_a_model_made_up_is_flagged(outside: House, model_server: ModelServer) -> None:
    made_up = f"{SENTENCE} [1] Or ring +44 20 7946 0000."
    quoted = [{"passage": 1, "quote": SENTENCE}]
    model_server.default = Reply(json.dumps({"answer": made_up, "citations": quoted, "answerable": True}))
    guarded = of_kind(events_of(outside, ASKED), "guarded")
    found = [one.finding for event in guarded for one in event.ruling.acted if one.finding.guard == "personal"]
    assert [(finding.what, made_up[slice(*finding.where)]) for finding in found] == [("phone", "+44 20 7946 0000")]
