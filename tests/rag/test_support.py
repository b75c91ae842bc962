"""What the sentences of an answer rest on, from the model's words to what is stored."""

from collections.abc import Callable

import pytest

from rag.house import House
from rag.settings import Guards, Model
from store import answers
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer
from tests.rag.answering import HOTEL, LIBRARY, answer_of, events_of
from tests.rag.test_assistant import ANA, answered
from tests.rag.test_guarding import ModelAt, written

GOOD = "A hotel night is reimbursed up to 140 euros. [1]"
MADE_UP = "Breakfast costs 23 euros more."
WHY = "“23” stands in none of the passages."


@pytest.fixture
def modelled(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt
) -> Callable[..., House]:
    def build(**guards: dict[str, str]) -> House:
        models: list[Model] = [model_at(model_server.url)]
        house = build_house(models=models, guards=Guards.model_validate(guards))
        library_of(house, LIBRARY)
        return house

    return build


def test_each_sentence_of_a_models_answer_is_rated(modelled: Callable[..., House], model_server: ModelServer) -> None:
    model_server.enqueue(written(f"{GOOD} {MADE_UP}"))
    answer = answer_of(events_of(modelled(), HOTEL))
    assert [(answer.text[one.start : one.end], one.verdict, one.why) for one in answer.support or ()] == [
        (GOOD, "supported", ""),
        (MADE_UP, "unsupported", WHY),
    ]


def test_it_is_kept_with_the_answer(modelled: Callable[..., House], model_server: ModelServer) -> None:
    model_server.enqueue(written(f"{GOOD} {MADE_UP}"))
    house = modelled()
    asked = answered(house)
    _, questions = house.assistant.conversation(ANA, asked.conversation_id)
    kept = questions[0].answers[0]
    with house.database.read() as session:
        trace = answers.trace(session, asked.answer_id)
    assert (kept.sentences, kept.supported, kept.support) == (2, 1, trace.support if trace else None)
    assert [(one.verdict, one.why) for one in kept.support] == [("supported", ""), ("unsupported", WHY)]


def test_the_documents_own_words_are_supported(build_house: BuildHouse, library_of: LibraryOf) -> None:
    house = build_house()
    library_of(house, LIBRARY)
    support = answer_of(events_of(house, HOTEL)).support
    assert support
    assert {one.verdict for one in support} == {"supported"}


def test_nothing_is_rated_where_nothing_was_found(build_house: BuildHouse, library_of: LibraryOf) -> None:
    house = build_house()
    library_of(house, LIBRARY)
    answer = answer_of(events_of(house, "Who painted the Mona Lisa?"))
    assert (answer.status, answer.support) == ("not_found", None)


@pytest.mark.parametrize("answer", [{}, {"support": "allow"}])
def test_nothing_is_rated_where_the_settings_do_not_want_it(
    modelled: Callable[..., House], model_server: ModelServer, answer: dict[str, str]
) -> None:
    model_server.enqueue(written(f"{GOOD} {MADE_UP}"))
    assert answer_of(events_of(modelled(answer=answer), HOTEL)).support is None


def test_a_draft_with_too_much_of_it_is_asked_for_again_where_the_settings_say_so(
    modelled: Callable[..., House], model_server: ModelServer
) -> None:
    model_server.enqueue(written(f"{GOOD} {MADE_UP} It is 17 meters high."), written(GOOD))
    answer = answer_of(events_of(modelled(answer={"support": "ask_again 0.5"}), HOTEL))
    told = model_server.requests[1].body["messages"][-1]["content"]
    assert f"The sentence “{MADE_UP}” is supported by no passage; leave it out or quote what it rests on." in told
    assert answer.text == GOOD


def test_a_draft_with_less_of_it_is_not(modelled: Callable[..., House], model_server: ModelServer) -> None:
    model_server.enqueue(written(f"{GOOD} {MADE_UP}"))
    answer = answer_of(events_of(modelled(answer={"support": "ask_again 0.6"}), HOTEL))
    assert (len(model_server.requests), MADE_UP in answer.text) == (1, True)
