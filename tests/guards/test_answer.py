"""The whole check of a draft, through guardrails."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guards.answer import AnswerGuard, Validation

PASSAGES = ["Refunds are paid within 30 days.", "Shipping is free over 50 euros."]


@pytest.fixture(scope="module")
def guard() -> AnswerGuard:
    """One guard for all tests, as in the app."""
    return AnswerGuard()


def draft(**changes: Any) -> str:
    """The JSON of a good draft, with changes."""
    good = {
        "answer": "In 30 days [1].",
        "citations": [{"passage": 1, "quote": "paid within 30 days"}],
        "answerable": True,
        "follow_ups": [],
    }
    return json.dumps(good | changes)


def test_a_good_draft_comes_back_whole(guard: AnswerGuard) -> None:
    validation = guard.validate(draft(), PASSAGES)
    assert validation.problems == ()
    assert validation.draft is not None
    assert json.loads(validation.draft.model_dump_json()) == json.loads(draft())


def test_guardrails_runs_each_rule(guard: AnswerGuard) -> None:
    bad = draft(
        answer="In 30 days [2]; fn-secret-1.",
        citations=[{"passage": 1, "quote": "in 20 days"}, {"passage": 9, "quote": "x"}],
    )
    starts = [problem.split(" ")[0] for problem in guard.validate(bad, PASSAGES, canary="fn-secret-1").problems]
    assert starts == ["citations[1].passage", "citations[0].quote", "answer", "citations", "citations", "The"]


def test_a_draft_with_problems_is_kept_for_the_fall_back(guard: AnswerGuard) -> None:
    validation = guard.validate(draft(citations=[{"passage": 1, "quote": "within 20 days"}]), PASSAGES)
    assert validation.problems == ("citations[0].quote does not stand in passage 1; copy the words exactly.",)
    assert validation.draft is not None


def test_a_draft_that_leaks_is_not_given_back(guard: AnswerGuard) -> None:
    validation = guard.validate(draft(answer="fn-secret-1 [1]"), PASSAGES, canary="fn-secret-1")
    assert validation.draft is None
    assert len(validation.problems) == 1


@pytest.mark.parametrize("around", ["```json\n{}\n```", "{}\nI hope this helps!", "<think>Hm.</think>{}", "Here: {}"])
def test_what_stands_around_the_json_is_no_problem(guard: AnswerGuard, around: str) -> None:
    assert guard.validate(around.replace("{}", draft()), PASSAGES).problems == ()


@pytest.mark.parametrize("raw", ["", "Just words.", draft()[:-30], "[1, 2]", '{"answer": "a" "b"}', "{" * 5_000])
def test_what_is_no_json_object_has_no_draft(guard: AnswerGuard, raw: str) -> None:
    validation = guard.validate(raw, PASSAGES)
    assert validation.draft is None
    assert len(validation.problems) == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"answer": None}, "answer: "),
        ({"answer": [{"a": 1}]}, "answer: "),
        ({"citations": "none"}, "citations: "),
        ({"citations": [{"passage": "first", "quote": "x"}]}, "citations[0].passage: "),
        ({"citations": [{"passage": 1}, {"passage": 2, "quote": "x"}]}, "citations[0].quote: "),
        ({"answerable": "perhaps"}, "answerable: "),
    ],
)
def test_a_wrong_type_is_told_with_its_place(guard: AnswerGuard, changes: dict[str, Any], where: str) -> None:
    validation = guard.validate(draft(**changes), PASSAGES)
    assert validation.draft is None
    assert validation.problems[0].startswith(where)


def test_a_number_or_truth_value_in_quotes_is_read(guard: AnswerGuard) -> None:
    raw = draft(citations=[{"passage": "1", "quote": "paid within 30 days"}], answerable="false", made_up=1)
    validation = guard.validate(raw, PASSAGES)
    assert validation.problems == ()
    assert validation.draft is not None
    assert validation.draft.answerable is False


def test_what_cannot_be_answered_needs_no_citation(guard: AnswerGuard) -> None:
    raw = draft(answer="The documents do not say.", citations=[], answerable=False)
    assert guard.validate(raw, []).problems == ()


def test_problems_are_single_lines_that_say_how_to_mend(guard: AnswerGuard) -> None:
    bad = draft(answer="Yes [2].", citations=[{"passage": 7, "quote": "line\nbreak"}])
    for problem in guard.validate(bad, PASSAGES).problems:
        assert "\n" not in problem
        assert ";" in problem


def test_sixteen_threads_get_their_own_results(guard: AnswerGuard) -> None:
    together = threading.Barrier(16)

    def work(thread: int) -> list[Validation]:
        together.wait()
        return [guard.validate(draft(answer=f"Thread {thread} [1]."), [f"{thread}", *PASSAGES]) for _ in range(20)]

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(work, range(16)))
    for thread, validations in enumerate(results):
        answers = {validation.draft.answer for validation in validations if validation.draft}
        assert answers == {f"Thread {thread} [1]."}
        told = {problem for validation in validations for problem in validation.problems}
        assert told == {"citations[0].quote stands in passage 2, not in passage 1; cite passage 2."}


def test_nothing_of_a_draft_is_kept(guard: AnswerGuard) -> None:
    """guardrails keeps the last ten calls by default, with the passages in them, and every log line."""
    guard.validate(draft(), PASSAGES)
    assert list(guard._guard.history) == []
    assert guard._guard._exec_opts.messages is None
