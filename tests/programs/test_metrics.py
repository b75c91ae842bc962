"""`/metrics` of the running app: every name the guide has, each with real answers behind it."""

import re
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.api.asking import CHAT, body
from tests.model_server import BadQuotes, Status
from tests.programs.conftest import QUESTION, Serving

GUIDE = Path(__file__).parents[2] / "docs" / "operators.md"
NAMES = sorted(set(re.findall(r"`(footnote_\w+)`", GUIDE.read_text("utf-8").partition("## Metrics")[2])))
AT_REST = {
    "footnote_guard_appeals_total",
    "footnote_answers_running",
    "footnote_answers_waiting",
    "footnote_files_waiting",
    "footnote_model_taken_out",
}


@pytest.fixture(scope="module")
def told(shared_serving: Serving) -> dict[str, Metric]:
    """The families after a good answer, one that fails the check, and one that is handed over."""
    for default in (shared_serving.model.default, BadQuotes(), Status(500)):
        shared_serving.model.default = default
        asked = body(f"{QUESTION} My key is sk-proj-{'aB3' * 10}.", user="metrics")  # which a guard takes out
        answer = httpx.post(shared_serving.url + CHAT, json=asked, timeout=60)
        assert answer.status_code == 200
    text = httpx.get(f"{shared_serving.url}/metrics").text
    return {family.name: family for family in text_string_to_metric_families(text)}


def test_the_guide_names_them_all(told: dict[str, Metric]) -> None:
    ours = {name for name in told if name.startswith("footnote_") and not name.endswith("_created")}

    assert {name.removesuffix("_total").removesuffix("_info") for name in NAMES} == {
        name.removesuffix("_info") for name in ours
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_has_something_real_behind_it(told: dict[str, Metric], name: str) -> None:
    family = told.get(name.removesuffix("_total")) or told[name.removesuffix("_info")]

    assert family.samples
    assert any(sample.value > 0 for sample in family.samples) == (name not in AT_REST)


def test_each_says_in_a_sentence_what_it_is(told: dict[str, Metric]) -> None:
    helps = {name: family.documentation for name, family in told.items() if name.startswith("footnote_")}

    assert [name for name, words in helps.items() if not re.fullmatch(r"[A-Z1][^.]{15,}\.", words)] == []


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("footnote_answers", {"status": "answered", "writer": "first", "degraded": "no"}),
        ("footnote_answers", {"status": "answered", "writer": "extractive", "degraded": "unverified"}),
        ("footnote_guard_findings", {"finding": "unverified"}),
        ("footnote_guard_findings", {"finding": "asked_again"}),
        ("footnote_guard_acts", {"stand": "question", "guard": "secrets", "action": "mask"}),
        ("footnote_handovers", {"problem": "model_error"}),
        ("footnote_model_state", {"model": "first", "state": "closed"}),
        ("footnote_http_requests", {"route": CHAT, "method": "POST", "status": "200"}),
    ],
)
def test_what_happened_is_told_by_its_labels(told: dict[str, Metric], name: str, labels: dict[str, str]) -> None:
    assert [sample.value > 0 for sample in told[name].samples if sample.labels == labels] == [True]


@pytest.mark.parametrize("name", ["footnote_first_text_seconds", "footnote_answer_seconds"])
def test_times_fall_into_buckets_that_tell_them_apart(told: dict[str, Metric], name: str) -> None:
    bounds = [float(sample.labels["le"]) for sample in told[name].samples if sample.name.endswith("_bucket")]

    assert bounds == sorted(bounds)
    assert (bounds[0] <= 0.1, 60 in bounds, bounds[-1]) == (True, True, float("inf"))
    assert max(b / a for a, b in pairwise(bounds[:-1])) <= 2.5
