"""What reviewers are asked about, what they say, and what that says about guards."""

import pytest
from sqlalchemy import select, text

from store import conversations, findings, reviews
from store.engine import Database
from store.models import GuardReview
from store.records import FindingRecord, ReviewFilter
from tests.store.asking import ANA, asked, found, guarded


def verdicts(database: Database, answer_id: int) -> list[str | None]:
    """What stands beside each finding."""
    with database.read() as session:
        return [one.verdict for one in findings.of_answers(session, [answer_id])[answer_id]]


def test_an_appeal_is_filed_once(database: Database) -> None:
    with database.write() as session:
        answer_id = guarded(session, found())
        assert [reviews.appeal(session, answer_id) for _ in range(2)] == [True, False]
        assert reviews.appealed(session, [answer_id, answer_id + 1]) == {answer_id}


@pytest.mark.parametrize(
    ("state", "finding"),
    [
        ("answered", found("flag")),  # not refused
        ("refused", found("flag")),  # by no guard: empty or too long
        ("refused", found("refuse", "passage")),
    ],
)
def test_what_no_guard_refused_cannot_be_appealed(database: Database, state: str, finding: FindingRecord) -> None:
    with database.write() as session:
        assert not reviews.appeal(session, guarded(session, finding, state=state))


def test_a_sample_is_of_what_was_let_pass(database: Database) -> None:
    with database.write() as session:
        passed, refused = guarded(session, state="answered"), guarded(session, found())
        assert [reviews.sample(session, one) for one in (passed, refused, 999)] == [True, False, False]


@pytest.mark.parametrize(("verdict", "said"), [("fine", "wrong"), ("attack", "right")])
def test_a_verdict_judges_the_guards_too(database: Database, verdict: reviews.ReviewVerdict, said: str) -> None:
    with database.write() as session:
        answer_id = guarded(session, found(), found("flag", guard="sun"))
        reviews.appeal(session, answer_id)
        assert reviews.decide(session, answer_id, verdict)
    assert verdicts(database, answer_id) == [said, said]


def test_a_verdict_about_a_question_says_nothing_of_masks_drafts_passages_and_broken_guards(database: Database) -> None:
    others = (found("mask"), found("ask_again", "answer"), found("flag", "passage"), found("refuse", what="broken"))
    with database.write() as session:
        answer_id = guarded(session, found("flag"), *others, state="answered")
        reviews.sample(session, answer_id)
        reviews.decide(session, answer_id, "attack")
    assert verdicts(database, answer_id) == ["right", None, None, None, None]


def test_an_answer_that_was_refused_is_judged(database: Database) -> None:
    with database.write() as session:
        answer_id = guarded(session, found("ask_again", "answer"))
        reviews.appeal(session, answer_id)
        reviews.decide(session, answer_id, "fine")
    assert verdicts(database, answer_id) == ["wrong"]


def test_the_last_verdict_stands_and_can_be_taken_back(database: Database) -> None:
    with database.write() as session:
        answer_id = guarded(session, found())
        reviews.appeal(session, answer_id)
        reviews.decide(session, answer_id, "fine")
        reviews.decide(session, answer_id, "attack")
        assert reviews.of_answers(session, [answer_id])[0].verdict == "attack"
        reviews.decide(session, answer_id, None)
        [kept] = reviews.of_answers(session, [answer_id])
    assert (kept.verdict, kept.reviewed_at, verdicts(database, answer_id)) == (None, None, [None])


def test_what_was_deleted_is_not_decided(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        reviews.sample(session, answer_id)
        conversations.forget(session, ANA, conversation_id)
    with database.write() as session:
        assert not reviews.decide(session, answer_id, "fine")
        assert reviews.of_answers(session, [answer_id]) == []


def test_pages_are_filtered_the_newest_first(database: Database) -> None:
    with database.write() as session:
        appeals = [guarded(session, found()) for _ in range(3)]
        samples = [guarded(session, state="answered", question=f"Question {number}") for number in range(2)]
        assert all(
            [reviews.appeal(session, one) for one in appeals] + [reviews.sample(session, one) for one in samples]
        )
        reviews.decide(session, appeals[1], "fine")

    def ids(wanted: ReviewFilter, **where: int) -> list[int]:
        with database.read() as session:
            assert reviews.count(session, wanted) >= (page := len(reviews.page(session, wanted, limit=9)))
            assert page >= 1
            return [one.message_id for one in reviews.page(session, wanted, **({"limit": 9} | where))]

    assert ids("open") == [samples[1], samples[0], appeals[2], appeals[0]]
    assert ids("open", limit=2, offset=1) == [samples[0], appeals[2]]
    assert (ids("appeal"), ids("sample")) == ([appeals[2], appeals[0]], [samples[1], samples[0]])
    assert ids("decided") == [appeals[1]]


def test_a_review_carries_question_findings_and_scores(database: Database) -> None:
    with database.write() as session:
        answer_id = guarded(session, found(sure=0.9), question="Is there a moon?", moon=0.9, sun=0.1)
        reviews.appeal(session, answer_id)
        [review] = reviews.page(session, "open", limit=5)
    assert (review.question, review.state, review.kind) == ("Is there a moon?", "refused", "appeal")
    assert [(one.guard, one.sure) for one in review.findings] == [("moon", 0.9)]
    assert review.scores == {"question/moon": 0.9, "question/sun": 0.1}


def test_a_page_of_what_is_open_is_found_by_its_index(database: Database) -> None:
    newest = select(GuardReview.message_id).where(GuardReview.verdict.is_(None))
    query = newest.order_by(GuardReview.created_at.desc(), GuardReview.id.desc()).limit(10)
    with database.read() as session:
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {query.compile(compile_kwargs={'literal_binds': True})}"))
        steps = [row[3] for row in plan]
    assert steps == ["SEARCH guard_reviews USING INDEX ix_guard_reviews_verdict_created_at (verdict=?)"]
