"""Appeals of readers, verdicts of reviewers, and the sample they are asked about."""

import math
from collections.abc import Callable

import pytest

from rag.house import House
from rag.owners import NotYours
from rag.reviewing import sampled
from rag.settings import Guards
from store.records import FindingRecord, ReviewRecord
from tests.conftest import BuildHouse, LibraryOf
from tests.rag.answering import HOTEL, LIBRARY
from tests.rag.test_assistant import ANA, answered
from tests.rag.test_guarding import HERE

EUROS = f"{HERE}:Euros"
Post = Callable[..., House]


@pytest.fixture
def posted(build_house: BuildHouse, library_of: LibraryOf) -> Post:
    """A house whose guard at the question does this; all that it lets pass is in the sample."""

    def build(post: str, sample: float = 1.0) -> House:
        house = build_house(guards=Guards.model_validate({"question": {EUROS: post}, "sample": sample}))
        library_of(house, LIBRARY)
        return house

    return build


def open_ones(house: House) -> list[ReviewRecord]:
    return house.assistant.reviews.browse("open", limit=9)


def test_a_refused_question_is_appealed_once_and_counted_once(posted: Post) -> None:
    house = posted("refuse")
    asked = answered(house, "How many euros?")
    for _ in range(2):
        house.assistant.reviews.appeal(ANA, asked.answer_id)
    [review] = open_ones(house)
    assert (review.kind, review.question, review.message_id) == ("appeal", "How many euros?", asked.answer_id)
    assert b"footnote_guard_appeals_total 1.0" in house.metrics.exposition()


def test_an_appeal_is_seen_with_the_answer(posted: Post) -> None:
    house = posted("refuse")
    asked = answered(house, "How many euros?")

    def is_appealed() -> bool:
        return house.assistant.conversation(ANA, asked.conversation_id)[1][0].answers[0].appealed

    before = is_appealed()
    house.assistant.reviews.appeal(ANA, asked.answer_id)
    assert (before, is_appealed()) == (False, True)


def test_somebody_elses_refusal_cannot_be_appealed(posted: Post) -> None:
    house = posted("refuse")
    asked = answered(house, "How many euros?")
    with pytest.raises(NotYours):
        house.assistant.reviews.appeal("stranger", asked.answer_id)
    assert open_ones(house) == []


def test_an_empty_question_is_refused_by_no_guard(posted: Post) -> None:
    house = posted("refuse")
    asked = answered(house, "   ")
    house.assistant.reviews.appeal(ANA, asked.answer_id)
    assert open_ones(house) == []


@pytest.mark.parametrize(("post", "sample", "kinds"), [("flag", 1.0, ["sample"]), ("refuse", 1.0, []), ("flag", 0, [])])
def test_what_is_let_pass_comes_into_the_sample(posted: Post, post: str, sample: float, kinds: list[str]) -> None:
    house = posted(post, sample)
    answered(house, "How many euros for a hotel night?")
    assert [one.kind for one in open_ones(house)] == kinds


def test_a_verdict_stands_with_the_finding(posted: Post) -> None:
    house = posted("flag")
    asked = answered(house, f"{HOTEL} In euros?")
    assert house.assistant.reviews.decide(asked.answer_id, "fine")
    [review] = house.assistant.reviews.of_answers([asked.answer_id])
    [finding] = review.findings
    assert isinstance(finding, FindingRecord)
    assert (review.verdict, finding.verdict, open_ones(house)) == ("fine", "wrong", [])


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_the_sample_is_a_share_of_all(share: float) -> None:
    """Within four standard deviations of it."""
    chosen = sum(sampled(f"trace {number}", share) for number in range(10_000))
    assert abs(chosen - 10_000 * share) <= 4 * math.sqrt(10_000 * share * (1 - share))


def test_a_larger_sample_holds_the_smaller_one() -> None:
    traces = [f"trace {number}" for number in range(2000)]
    assert {one for one in traces if sampled(one, 0.01)} < {one for one in traces if sampled(one, 0.1)}
