"""Follow-ups: which questions lean on the talk, and what they borrow from it."""

import time
from collections.abc import Callable, Iterator

import pytest

from rag import prompting
from rag.cancellation import Cancellation, Cancelled
from rag.models.chain import Chain
from rag.models.chat import ChatModel
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.rewriting import RULES, Rewriter, by_rules, leans
from rag.settings import Answers, Model
from rag.types import Query, Question, Turn
from tests.model_server import Behaviour, Cut, Garbage, ModelServer, Reply, Status

BEFORE = "How much is reimbursed for a hotel night?"
TALK = (Turn(BEFORE, "Up to 140 euros."),)


@pytest.fixture
def rewriter(model_server: ModelServer, model_at: Callable[..., Model]) -> Iterator[Rewriter]:
    loop = StreamLoop()
    described = model_at(model_server.url)
    line = Line(described, ChatModel(described, Answers(), loop))
    yield Rewriter(Chain(lambda _: [line]), prompting.read("rewrite"))
    loop.close()


@pytest.mark.parametrize(
    "question",
    [
        "How long does it take?",
        "And for trains?",
        "What about Munich?",
        "Why?",
        "Is that allowed?",
        "Who approves them?",
        "Who pays for this?",
        "And how much?",
    ],
)
def test_questions_that_lean_on_the_talk(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        BEFORE,
        "Is there a rule that says who pays for trains?",
        "Who approves travel expenses above 500 euros?",
    ],
)
def test_questions_that_stand_alone(question: str) -> None:
    assert not leans(question)


def test_a_first_question_is_never_changed() -> None:
    assert by_rules(Question("How long does it take?")) == Query("How long does it take?")


def test_a_leaning_question_borrows_the_terms_of_the_turn_before() -> None:
    query = by_rules(Question("And for a train?", TALK))
    assert (query.text, query.rewritten_by) == ("And for a train? (reimbursed hotel night)", RULES)


def test_only_the_last_turn_is_borrowed_from_and_nothing_twice() -> None:
    older = Turn("Who won the chess tournament?", "Nobody.")
    query = by_rules(Question("And is the hotel paid?", (older, *TALK)))
    assert query.text == "And is the hotel paid? (reimbursed night)"


PERSON = (Turn("When did Maren Oldfield join the Hexford office?", "Maren Oldfield joined in 2019."),)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Where did she work before?", "Where did Maren Oldfield work before?"),
        ("What was her first job?", "What was Maren Oldfield's first job?"),
        ("Who hired her?", "Who hired Maren Oldfield?"),
        ("Who met her at the door?", "Who met Maren Oldfield at the door?"),
    ],
)
def test_a_pronoun_for_a_person_gives_way_to_the_name(asked: str, expected: str) -> None:
    assert by_rules(Question(asked, PERSON)) == Query(expected, RULES)


def test_a_name_out_of_the_last_answer_helps_what_leans_on_it() -> None:
    talk = (Turn("Which plan fits us?", "For 50 people we advise the Business Plus plan."),)
    assert by_rules(Question("How much is it?", talk)).text == "How much is it? (plan fits business plus)"


@pytest.mark.parametrize(
    ("asked", "before", "expected"),
    [
        ("And with 50 seats?", "What does the Business plan cost for 25 seats?", "(business plan cost)"),
        ("And what about the Heron?", "How long is the warranty for a Wren 2?", "(long warranty)"),
    ],
)
def test_what_is_replaced_is_not_borrowed(asked: str, before: str, expected: str) -> None:
    assert by_rules(Question(asked, (Turn(before, ""),))).text == f"{asked} {expected}"


@pytest.mark.parametrize("said", ["Thanks!", "ok?", "hello", "ok thank you very much", "Good morning", "Great, thanks"])
def test_small_talk_borrows_nothing(said: str) -> None:
    assert by_rules(Question(said, TALK)) == Query(said)


def test_a_model_writes_the_question_anew(rewriter: Rewriter, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("What is reimbursed\n for trains?"))
    query = rewriter.rewrite(Question("And for trains?", TALK), Cancellation())
    assert query == Query("What is reimbursed for trains?", "first")
    asked = model_server.requests[0].body["messages"][-1]["content"]
    assert f"Question: {BEFORE}\nAnswer: Up to 140 euros." in asked
    assert "Latest question: And for trains?" in asked


def test_no_model_is_asked_for_what_stands_alone(rewriter: Rewriter, model_server: ModelServer) -> None:
    query = rewriter.rewrite(Question("Who approves travel expenses above 500 euros?", TALK), Cancellation())
    assert (query.rewritten_by, model_server.requests) == (None, [])


@pytest.mark.parametrize(
    "behaviour", [Status(500), Cut("What is"), Reply(""), Reply("long " * 200)], ids=["500", "cut", "empty", "long"]
)
def test_rules_step_in_for_a_model_that_fails(
    rewriter: Rewriter, model_server: ModelServer, behaviour: Behaviour
) -> None:
    model_server.enqueue(behaviour)
    query = rewriter.rewrite(Question("And for trains?", TALK), Cancellation())
    assert (query.text, query.rewritten_by) == ("And for trains? (reimbursed hotel night)", RULES)


def test_a_stopped_rewriting_is_cancelled(rewriter: Rewriter, model_server: ModelServer) -> None:
    model_server.default = Garbage(delay_s=1)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        rewriter.rewrite(Question("And for trains?", TALK), cancellation)


def test_reasoning_is_no_part_of_a_rewriting(rewriter: Rewriter, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("<think>It is the hotel.</think>\nHow much is a night in a hotel?"))
    query = rewriter.rewrite(Question("And how much?", TALK), Cancellation())
    assert (query.text, query.rewritten_by) == ("How much is a night in a hotel?", "first")


def test_a_model_that_rests_costs_a_follow_up_no_time(rewriter: Rewriter, model_server: ModelServer) -> None:
    model_server.enqueue(Status(401))
    asked = [rewriter.rewrite(Question("And for trains?", TALK), Cancellation()) for _ in range(2)]
    assert [query.rewritten_by for query in asked] == [RULES, RULES]
    assert len(model_server.requests) == 1


def test_the_next_model_rewrites_for_one_that_only_a_probe_may_ask(
    model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    loop = StreamLoop()
    described = [model_at(model_server.url, name, rest_s=0.05) for name in ("first", "second")]
    lines = [Line(one, ChatModel(one, Answers(), loop)) for one in described]
    rewriter = Rewriter(Chain(lambda _: lines), prompting.read("rewrite"))
    model_server.enqueue(Status(401), Reply("What about trains?"))
    rewriter.rewrite(Question("And for trains?", TALK), Cancellation())
    while not lines[0].is_open:
        time.sleep(0.01)
    query = rewriter.rewrite(Question("And for trains?", TALK), Cancellation())
    loop.close()
    assert query.rewritten_by == "second"
