"""The trace of an answer, taken from its events."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from guards.verdicts import Ruling
from rag.events import Answered, Checked, Event, Guarded, HandedOver, Retrieved, Revised, Rewritten, TextDelta, Writing
from rag.tracing import Tracer
from rag.types import Answer, Query, Retrieval, Usage
from tests.rag.test_citations import passage

ANSWER = Answer("Until nine.", "answered", writer="first", prompt="answer@1", usage=Usage(1000, 100))


def traced(*events: Event) -> Any:
    """The trace of these events, one every second."""
    ticks = itertools.count()
    tracer = Tracer({"answers": {"seed": 7}}, clock=lambda: next(ticks))
    for event in events:
        tracer.note(event)
    return tracer.record(ANSWER)


def test_the_times_are_those_of_the_first_of_each_kind() -> None:
    trace = traced(Checked("?"), Writing("first"), TextDelta("a"), TextDelta("b"), Answered(ANSWER))
    assert trace.timings_ms == {"checked": 1000, "writing": 2000, "first_text": 3000, "answered": 5000, "total": 6000}


def test_query_and_passages_are_kept() -> None:
    retrieval = Retrieval((passage(1),))
    trace = traced(Rewritten(Query("How late?", "rules")), Retrieved(retrieval))
    assert (trace.query, trace.rewritten_by, trace.settings) == ("How late?", "rules", {"answers": {"seed": 7}})
    assert [kept["number"] for kept in trace.passages] == [1]


def test_the_notes_tell_the_story_in_order() -> None:
    trace = traced(
        Retrieved(Retrieval((), lesser="vectors_warming")),
        Writing("first"),
        HandedOver("second", "model_cut"),
        Writing("second"),
        Writing("second", attempt=2),
        Revised("x", "checked"),
    )
    assert trace.notes == (
        "searched by words alone: vectors_warming",
        "first wrote",
        "handed over to second: model_cut",
        "second wrote",
        "second was asked again",
        "revised: checked",
    )


def test_a_trace_has_an_id_of_its_own() -> None:
    assert traced().id != traced().id


@pytest.mark.parametrize("cost", [0.003, None, 0.0])
def test_the_cost_is_that_of_the_requests(cost: float | None) -> None:
    answer = replace(ANSWER, usage=Usage(1000, 100, cost))
    assert Tracer({}).record(answer).cost_usd == cost


def test_one_request_without_a_price_leaves_the_sum_unknown() -> None:
    assert (Usage(1, 1, 0.5) + Usage(1, 1, None)).cost_usd is None


def test_of_several_passages_the_highest_score_is_kept() -> None:
    scores = ({"moon": 0.9}, {"moon": 0.1, "sun": 0.25678})
    found = traced(*(Guarded("passage", Ruling(scores=score)) for score in scores))
    assert found.scores == {"passage/moon": 0.9, "passage/sun": 0.2568}
