"""The exact prompt: what the model's server received, put together again from what is stored."""

import re
from collections.abc import Callable

import pytest

from rag.house import House
from rag.review.exact_prompt import FENCE, GONE
from rag.review.item import Item
from rag.settings import Review
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer
from tests.rag.answering import HOTEL, LIBRARY
from tests.rag.test_assistant import ANA, answered

Modelled = Callable[..., House]


@pytest.fixture
def modelled(build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Modelled) -> House:
    house = build_house(models=[model_at(model_server.url)], review=Review(personal="shown"))
    library_of(house, LIBRARY)
    return house


def sent(server: ModelServer) -> list[tuple[str, str]]:
    """What the server received last, with the same mark around passages as a prompt that is put together again."""
    messages = server.requests[-1].body["messages"]
    roles = {"system": "system", "user": "human", "assistant": "ai"}
    fence = re.search(r"<passage-([0-9a-f]{8}) ", messages[-1]["content"])
    assert fence
    return [(roles[one["role"]], one["content"].replace(fence[1], FENCE)) for one in messages]


def item(house: House, answer_id: int) -> Item:
    found = house.desk.inbox.item("reviewer", answer_id)
    assert found
    return found


def test_it_is_what_the_server_received(modelled: House, model_server: ModelServer) -> None:
    asked = answered(modelled)
    assert list(item(modelled, asked.answer_id).prompt.messages) == sent(model_server)


def test_so_it_is_with_the_talk_before_and_an_example(modelled: House, model_server: ModelServer) -> None:
    first = answered(modelled)
    modelled.assistant.examples.approve(first.answer_id)
    second = answered(modelled, "Is a hotel night reimbursed in London?", first.conversation_id)
    expected = sent(model_server)
    later = answered(modelled, HOTEL, first.conversation_id)
    shown = item(modelled, second.answer_id).prompt
    assert list(shown.messages) == expected
    assert any("talk before" in one for one in shown.told)
    modelled.assistant.examples.take_out(first.answer_id)
    assert any("An example that was shown is gone" in one for one in item(modelled, later.answer_id).prompt.told)


def test_what_is_gone_is_told(modelled: House) -> None:
    asked = answered(modelled)
    for document in modelled.library.listing():
        modelled.library.remove(document.id)
    prompt = item(modelled, asked.answer_id).prompt
    assert (GONE in prompt.messages[-1][1], "The words of a passage are gone since." in prompt.told) == (True, True)


def test_without_a_model_there_is_none(house: House, library_of: LibraryOf) -> None:
    library_of(house, LIBRARY)
    asked = house.assistant.ask(ANA, HOTEL)
    while house.assistant.snapshot(ANA, asked.answer_id, 0, 5):
        pass
    prompt = item(house, asked.answer_id).prompt
    assert (prompt.messages, prompt.told[0][:27]) == ((), "No model was sent anything.")
