"""A model as judge: over HTTP, once an answer, for so much at most, and beside what readers say."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from rag.budget import Budget
from rag.exports.exports import Exports
from rag.exports.judging import NONE, Judging
from rag.exports.training import Draw, TrainingWanted
from rag.models.chat import ChatModel
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.review.audit import Audit
from rag.review.masking import Masking
from rag.sections import Budget as Allowed
from rag.sections import Review
from rag.settings import Answers, Model, Settings
from store import conversations, judging
from store.engine import Database
from store.models import Judgement, Message, Spending
from store.records import Agreement, ItemFilter
from tests.model_server import ModelServer, Reply, Status
from tests.rag.exports.answers import answered, down, library, up

ALL = ItemFilter()
GOOD = Reply(json.dumps({"reason": "All of it stands there.", "faithful": True, "useful": True}))
BAD = Reply(json.dumps({"reason": "The figure is another.", "faithful": False, "useful": True}))
PRICED = {"usd_per_million_input": 1.0, "usd_per_million_output": 1.0}


@pytest.fixture
def judge(
    database: Database, settings: Settings, model_server: ModelServer, model_at: Callable[..., Model]
) -> Iterator[Callable[..., Judging]]:
    loop = StreamLoop()

    def made(*, budget: Any = None, **changes: Any) -> Judging:
        model = model_at(model_server.url, **PRICED | changes)
        line = Line(model, ChatModel(model, Answers(), loop))
        with_judge = settings.model_copy(update={"models": [model], "review": Review(judge="first")})
        return Judging(with_judge, database, lambda _: [line], budget and budget([model]))

    model_server.default = GOOD
    yield made
    loop.close()


def fill(database: Database, count: int = 1, **changes: Any) -> int:
    with database.write() as session:
        document = library(session)
        for number in range(count):
            last = answered(session, document, f"How late on day {number}?", **changes)
    return last


def test_an_answer_is_judged_once_and_becomes_an_example(
    database: Database, settings: Settings, judge: Callable[..., Judging], model_server: ModelServer
) -> None:
    fill(database)
    judging_ = judge()
    run = judging_.work(ALL, "ana", 1.0)
    assert (run.judged, run.ended, run.usd > 0) == (1, "done", True)
    sent = model_server.requests[-1].body["messages"]
    assert "It closes at nine in the evening. [1]" in sent[1]["content"]
    assert judging_.work(ALL, "ana", 1.0).judged == 0
    assert len(model_server.requests) == 1
    kept = [
        Draw(database, settings, TrainingWanted("chat", "judge"), judge=name) for name in (judging_.judge(), "other")
    ]
    assert [len(list(draw.examples())) for draw in kept] == [1, 0]


def test_what_it_cost_is_spent_by_who_began_it(database: Database, judge: Callable[..., Judging]) -> None:
    fill(database)
    run = judge().work(ALL, "rev", 1.0)
    with database.read() as session:
        assert session.scalar(select(Spending.cost_usd).where(Spending.person_id == "rev")) == pytest.approx(run.usd)


def test_an_answer_that_is_not_faithful_is_the_worse_one(
    database: Database, settings: Settings, judge: Callable[..., Judging], model_server: ModelServer
) -> None:
    with database.write() as session:
        worse = session.get_one(Message, answered(session, document := library(session)))
        again: Any = {"question_id": worse.reply_to, "conversation_id": worse.conversation_id}
        answered(session, document, text="At nine in the evening. [1]", **again)
    model_server.enqueue(BAD, GOOD)
    judging_ = judge()
    judging_.work(ALL, "ana", 1.0)
    (pair,) = Draw(database, settings, TrainingWanted("preference", "judge"), judge=judging_.judge()).examples()
    assert json.loads(pair.reply)["answer"] == "At nine in the evening. [1]"


def test_the_plan_tells_the_cost_and_the_run_keeps_its_limit(
    database: Database, judge: Callable[..., Judging], model_server: ModelServer
) -> None:
    fill(database, 3)
    judging_ = judge(usd_per_million_input=1000.0)
    plan = judging_.plan(ALL)
    assert (plan.answers, plan.left, plan.at_most) == (3, 3, 3)
    each = (plan.usd or 0) / 3
    run = judging_.work(ALL, "ana", 1.2 * each)
    assert (run.ended, len(model_server.requests)) == ("cap", 1)


def test_without_a_price_a_run_is_bounded_by_its_answers(
    database: Database, judge: Callable[..., Judging], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.exports.judging.UNPRICED", 1)
    fill(database, 2)
    judging_ = judge(usd_per_million_input=None, usd_per_million_output=None)
    assert (judging_.plan(ALL).usd, judging_.work(ALL, "ana", 1.0).ended) == (None, "cap")


def test_a_reply_that_is_no_verdict_is_asked_for_again(
    database: Database, judge: Callable[..., Judging], model_server: ModelServer
) -> None:
    fill(database)
    model_server.enqueue(Reply("Looks fine to me."), GOOD)
    assert (judge().work(ALL, "ana", 1.0).judged, len(model_server.requests)) == (1, 2)


def test_failures_are_told_and_lose_nothing(
    database: Database, judge: Callable[..., Judging], model_server: ModelServer
) -> None:
    fill(database, 5)
    model_server.enqueue(GOOD, *[Status(400)] * 3)
    judging_ = judge(failures_to_rest=9)
    run = judging_.work(ALL, "ana", 1.0)
    assert (run.judged, run.failed, run.ended, run.trouble != "") == (1, 3, "failed", True)
    assert judging_.work(ALL, "ana", 1.0).judged == 4


def test_the_budget_ends_a_run(database: Database, judge: Callable[..., Judging]) -> None:
    fill(database, 2)
    run = judge(budget=lambda models: Budget(database, Allowed(usd_per_day=1e-9), models)).work(ALL, "ana", 1.0)
    assert (run.ended, run.judged) == ("budget", 1)


def test_a_stopped_run_keeps_what_it_has(database: Database, judge: Callable[..., Judging]) -> None:
    fill(database, 3)
    judging_ = judge()
    run = judging_.work(ALL, "ana", 1.0, lambda run: judging_.stop() if run.judged else None)
    assert (run.ended, run.judged) == ("stopped", 1)


def test_verdicts_go_with_their_conversation(database: Database, judge: Callable[..., Judging]) -> None:
    answer_id = fill(database)
    judge().work(ALL, "ana", 1.0)
    with database.write() as session:
        conversations.forget(session, "ana", session.get_one(Message, answer_id).conversation_id)
        assert session.scalar(select(func.count()).select_from(Judgement)) == 0


def test_agreement_with_thumbs_is_counted_as_cohen_did(database: Database, judge: Callable[..., Judging]) -> None:
    judging_ = judge()
    name = judging_.judge()
    with database.write() as session:
        document = library(session)
        for given, good in ((up(), True), (up(), True), (down(), False), (up(), False), (None, True)):
            answer_id = answered(session, document, feedback_given=given)
            judging.keep(session, answer_id, name, faithful=good, useful=True)
    assert judging_.agreement() == Agreement(good_up=2, bad_up=1, bad_down=1)
    table = Agreement(20, 10, 5, 15)  # the worked example of Wikipedia's "Cohen's kappa"
    assert (table.votes, table.kappa) == (50, pytest.approx(0.4))


def test_without_a_model_it_is_said_why(database: Database, settings: Settings) -> None:
    assert (Judging(settings, database).why_not, Judging(settings, database).judge()) == (NONE, "")


def test_an_export_goes_by_the_verdicts_of_the_judge_there_is(
    database: Database, settings: Settings, judge: Callable[..., Judging]
) -> None:
    fill(database)
    judging_ = judge()
    exports = Exports(settings, database, Masking(settings.review), Audit(database))
    exports.judging = judging_
    wanted = TrainingWanted("chat", "judge")
    before = exports.count(wanted, "ana")
    judging_.work(ALL, "ana", 1.0)
    assert (before, exports.count(wanted, "ana")) == (0, 1)
