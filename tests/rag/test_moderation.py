"""Hosted moderation, asked over HTTP."""

from collections.abc import Callable

import httpx
import pytest

from guards.guard import NOTHING_ELSE
from rag.house import House
from rag.moderation import Moderation, moderating
from rag.settings import BadSettings, Guards, Model, Settings
from tests.model_server import ModelServer

ModelAt = Callable[..., Model]
POSTED = Guards(question={"moderation": "refuse"}, moderation="first", closed=["moderation"])


def test_each_category_has_its_score(model_server: ModelServer, model_at: ModelAt) -> None:
    guard = Moderation(model_at(model_server.url), frozenset())
    found = {one.what: one.sure for one in guard.find("They are vermin.", NOTHING_ELSE)}

    assert found["hate"] >= 0.5 > found["violence"]
    assert all(one.sure < 0.5 for one in guard.find("They are kind.", NOTHING_ELSE))


def test_a_server_outside_is_sent_no_personal_data(model_server: ModelServer, model_at: ModelAt) -> None:
    guard = Moderation(model_at(model_server.url, outside="yes"), frozenset({"e-mail"}))
    list(guard.find("Write to ada@firm.example.", NOTHING_ELSE))

    assert "ada@firm.example" not in str(model_server.requests[-1].body)


def test_a_question_it_flags_is_not_asked(
    build_house: Callable[..., House], model_server: ModelServer, model_at: ModelAt
) -> None:
    house = build_house(models=[model_at(model_server.url)], guards=POSTED)

    assert house.guarding.rule("question", "They are vermin.").action == "refuse"
    assert house.guarding.rule("question", "They are kind.").action == "allow"


def test_without_its_server_the_policy_decides(build_house: Callable[..., House], model_at: ModelAt) -> None:
    house = build_house(models=[model_at("http://127.0.0.1:9/v1")], guards=POSTED)

    assert house.guarding.rule("question", "They are kind.").action == "refuse"  # "closed"
    assert house.guarding.rule("question", "They are kind.").broken == ("moderation",)


def test_an_error_is_no_opinion(model_server: ModelServer, model_at: ModelAt) -> None:
    guard = Moderation(model_at(f"{model_server.url}/nowhere"), frozenset())

    with pytest.raises(httpx.HTTPStatusError):
        list(guard.find("They are kind.", NOTHING_ELSE))


def test_it_has_to_be_a_configured_model(settings: Settings) -> None:
    with pytest.raises(BadSettings, match=r"moderation names gpt, which is none of the \[\[models\]\]"):
        moderating(settings.model_copy(update={"guards": Guards(moderation="gpt")}))
