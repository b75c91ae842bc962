"""The Operations page: it says in words how everything does, also when something does not."""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from pages.operations.answers import table
from pages.operations.budget import NONE as NO_LIMIT
from pages.operations.budget import sentence
from pages.operations.models import NONE, state
from pages.operations.switching import NOT_KEPT
from rag import operations, problems
from rag.house import House
from rag.operations import Limit
from rag.settings import Budget, Model
from store.records import AnswerCount, HealthRecord
from tests.conftest import BuildHouse
from tests.model_server import ModelServer, Status
from tests.pages.conftest import LAMP, PATIENCE_S, Tab, gone
from tests.store.serving import called, healthy
from tests.ui.judge import shown
from ui.problems import NOT_SHOWN

NewTab = Callable[..., Tab]
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "FRESH_S", 0.0)


@pytest.fixture
def operator(build_house: BuildHouse, tab: NewTab, model_server: ModelServer, model_at: Callable[..., Model]) -> Tab:
    """A tab over a house with one model."""
    return tab(build_house(models=[model_at(model_server.url, "hosted")]))


def read(tab: Tab) -> str:
    """What stands on the page, as it is read."""
    return shown(tab.words())


def sent(operator: Tab) -> Tab:
    """Sends the test question and waits for its end."""
    operator.click("test-send")
    until = time.monotonic() + PATIENCE_S
    while "test-stop" in operator.buttons():
        assert time.monotonic() < until
        operator.app.run()
    return operator


def test_without_a_model_it_says_how_to_add_one(house: House, tab: NewTab) -> None:
    operator = tab(house).open("operations")
    assert NONE in operator.words()
    assert "The documents' own words" in operator.words()
    assert "No answers in the last 24 hours." in operator.words()


def test_a_model_that_was_never_asked_is_well(operator: Tab) -> None:
    words = operator.open("operations").words()
    assert "**hosted**" in words
    assert ":material/check: well" in words
    assert "No requests in the last 24 hours." in words


def test_a_model_is_told_with_its_day_and_its_last_trouble(operator: Tab) -> None:
    with operator.house.database.write() as session:
        for _ in range(4):
            called(session, "hosted", first_ms=420.0, total_ms=1900.0, cost_usd=0.25)
        called(session, "hosted", problem="model_timeout", first_ms=None, cost_usd=None)
        healthy(
            session, "hosted", last_problem="model_timeout", last_problem_at=datetime.now(UTC) - timedelta(minutes=3)
        )
    words = read(operator.open("operations"))
    for expected in ("4 of 5", "420 ms / 420 ms", "1.9 s / 1.9 s", "1.00 USD and 1 without a price", "3 min ago"):
        assert expected in words
    assert problems.problem("model_timeout").happened in words


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (HealthRecord("m"), "well"),
        (HealthRecord("m", failures=2), "2 failures in a row"),
        (HealthRecord("m", "open", resting_until=datetime(2026, 7, 1, 12, 30, tzinfo=UTC)), "resting until 14:30"),
        (HealthRecord("m", "open", resting_until=datetime(2026, 7, 1, 11, tzinfo=UTC)), "until the next question"),
        (HealthRecord("m", "half_open"), "being tried"),
        (HealthRecord("m", "open", taken_out=True), "taken out by hand"),
    ],
)
def test_breakers_are_told_in_words(health: HealthRecord, words: str) -> None:
    assert words in state(health, datetime(2026, 7, 1, 12, tzinfo=UTC), "Europe/Berlin")


def test_a_model_is_taken_out_and_put_back(operator: Tab) -> None:
    operator.open("operations").click("take-out-now-0")
    assert "taken out by hand" in operator.words()
    assert operator.house.chain.health()[0].taken_out
    operator.click("put-back-0")
    assert ":material/check: well" in operator.words()
    assert not operator.has("put-back-0")


def test_a_model_that_rests_can_be_asked_again_at_once(operator: Tab) -> None:
    with operator.house.database.write() as session:
        healthy(session, "hosted", state="open", resting_until=NOW + timedelta(hours=1))
    operator.open("operations")
    assert operator.buttons()["put-back-0"] == "Ask it again now"
    operator.click("put-back-0")
    assert ":material/check: well" in operator.words()


def test_what_could_not_be_kept_is_told(operator: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.open("operations")
    monkeypatch.setattr(operator.house.chain, "take_out", lambda _: None)
    assert NOT_KEPT in read(operator.click("take-out-now-0"))


def test_answers_are_listed_by_writer(keeper: Tab) -> None:
    keeper.open().ask(LAMP).open("operations")
    [frame] = keeper.app.dataframe
    assert frame.value.to_dict("records") == [{"written by": "the documents' own words", "answered": 1}]


def test_a_writer_of_no_answer_is_nobody() -> None:
    counts = [AnswerCount("answered", "hosted", 2), AnswerCount("writing", None, 1), AnswerCount("failed", None, 3)]
    assert table(counts) == [
        {"written by": "nobody", "answered": 0, "failed": 3, "being written": 1},
        {"written by": "hosted", "answered": 2, "failed": 0, "being written": 0},
    ]


def test_a_test_question_shows_its_answer_and_its_figures(operator: Tab) -> None:
    words = sent(operator.open("operations")).words()
    assert "Asked the whole chain." in words
    assert "It is kept in no conversation" in words
    assert operator.house.assistant.history(operator.person) == []


def test_a_model_that_fails_its_test_is_told_in_the_operators_words(operator: Tab, model_server: ModelServer) -> None:
    model_server.default = Status(401)
    operator.open("operations").app.selectbox(key="test-model").set_value("hosted").run()
    words = read(sent(operator))
    assert "Asked hosted." in words
    assert problems.problem("model_unauthorized").operator.split(":")[0] in words


def test_the_library_can_be_checked_from_here(house: House, tab: NewTab) -> None:
    operator = tab(house).open("operations").click("operations-check")
    assert "Everything fits together." in read(operator)


def test_without_its_database_the_page_says_so_and_goes_on(operator: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.open("operations")
    with gone(operator.house, monkeypatch):
        operator.app.run()
        words = operator.words()
    assert NOT_SHOWN in words
    assert "Disk free" in words
    assert not operator.app.exception


def test_while_the_database_is_locked_everything_is_shown(operator: Tab) -> None:
    path = operator.house.database.url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    words = operator.open("operations").words()
    other.close()
    assert "**hosted**" in words
    assert NOT_SHOWN not in words


def test_a_damaged_index_is_told(operator: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    states = {"models": "ready", "guard": "ready", "meaning": "failed"}
    monkeypatch.setattr(operator.house.warmup, "states", lambda: states)
    words = read(operator.open("operations"))
    assert "search by meaning: out of order" in words
    assert problems.problem("vectors_damaged").operator in words


def test_the_page_survives_each_kind_of_trouble(operator: Tab) -> None:
    with operator.house.database.write() as session:
        healthy(session, "hosted", last_problem="made up by another version", last_problem_at=NOW)
    assert not operator.open("operations").app.exception


def test_each_limit_stands_with_what_was_used_and_what_follows() -> None:
    states = [
        Limit("usd_per_day", 5.0, 0.42),
        Limit("questions_per_month", 1000, 870),
        Limit("usd_per_month", 20.0, 20.0),
        Limit("questions_per_person_day", 50, 61, people=2),
        Limit("usd_per_person_month", 3.0, 2.5, people=0),
    ]
    sentences = [shown(sentence(state, near=0.8)).rstrip("]") for state in states]
    assert sentences == [
        "Money today: 0.4200 USD of 5.00 USD",
        "Questions this month: 870 of 1,000 nearly used up: the cheaper models answer",
        "Money this month: 20.00 USD of 20.00 USD used up: the documents' own words answer",
        "Questions today, by whoever used most: 61 of 50 used up by 2 people",
        "Money this month, by whoever used most: 2.50 USD of 3.00 USD nearly used up: the cheaper models answer",
    ]


def test_limits_are_shown_where_they_are_set(build_house: BuildHouse, tab: NewTab) -> None:
    assert NO_LIMIT in tab(build_house()).open("operations").words()
    limited = tab(build_house(budget=Budget(questions_per_day=4, usd_per_person_day=1)))
    limited.open().ask(LAMP)
    bars = limited.open("operations").app.get("progress")
    assert [shown(bar.proto.text) for bar in bars] == [
        "Questions today: 1 of 4",
        "Money today, by whoever used most: 0.00 USD of 1.00 USD",
    ]
