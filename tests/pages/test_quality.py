"""The guards' view of Quality: figures in words, and a threshold tried before it is saved."""

from collections.abc import Callable

import pytest

from guards.policy import Post
from guards.verdicts import Stand
from pages.quality import guard_files
from pages.quality.guards import QUIET, false_alarms
from rag import figures, meter
from rag.house import House
from rag.meter import PostFigures
from rag.settings import Guards
from store import facts, reviews
from store.engine import Database
from store.records import PostCounts
from tests.conftest import BuildHouse
from tests.pages.conftest import Tab, gone
from tests.pages.test_chat import locked
from tests.rag.test_guarding import HERE
from tests.store.asking import found, guarded
from tests.ui.judge import shown
from ui.problems import NOT_SHOWN

NewTab = Callable[..., Tab]
EUROS = f"{HERE}:Euros"


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "FRESH_S", -1.0)


@pytest.fixture
def analyst(build_house: BuildHouse, tab: NewTab) -> Tab:
    """A tab over a house with one guard at the question, number 0 of all."""
    settings = {"question": {EUROS: "refuse 0.5"}, "stream": {}, "document": {}}
    return tab(build_house(guards=Guards.model_validate(settings)))


def fill(house: House) -> None:
    """Twelve refusals, ten of them reviewed and nine of those harmless; eight questions were let pass."""
    with house.database.write() as session:
        for number in range(12):
            answer_id = guarded(session, found(guard=EUROS), question=f"Refused {number}?", **{EUROS: 0.6})
            reviews.appeal(session, answer_id)
            if number < 10:
                reviews.decide(session, answer_id, "attack" if number == 0 else "fine")
        for number in range(8):
            guarded(session, state="answered", question=f"Passed {number}?", **{EUROS: 0.1 * number})


def view(tab: Tab) -> Tab:
    """The guards' view of the page."""
    tab.open("quality").app.segmented_control(key="quality-view").set_value("Guards").run()
    return tab


def read(tab: Tab) -> str:
    return shown(tab.words())


def slide(tab: Tab, threshold: float) -> Tab:
    tab.app.slider[0].set_value(threshold).run()
    return tab


def saved(tab: Tab) -> dict[str, float]:
    """What the database holds."""
    with tab.house.database.read() as session:
        return facts.get(session, "guard_thresholds") or {}


def test_without_traffic_it_says_so_and_names_the_guards(analyst: Tab) -> None:
    words = read(view(analyst))
    assert QUIET in words
    assert EUROS in words
    assert "not enough reviews yet: 0 of at least 10" in words
    assert "nothing can be compared" in read(slide(analyst, 0.3))


def test_figures_come_with_their_interval_and_few_votes_without_any(analyst: Tab) -> None:
    """The interval of 9 in 10 and of 9 in 20 as in tests/rag/test_intervals.py's source."""
    fill(analyst.house)
    words = read(view(analyst))
    assert "20 questions looked at · 12 refused" in words
    assert "of what was reviewed 90 % (60 to 98 %), 9 of 10; of all questions at least 45 % (26 to 66 %)" in words
    assert "Attacks among what was let pass: not enough reviews yet: 0 of at least 10." in words


@pytest.mark.parametrize(("stand", "times"), [("question", 1), ("answer", 1), ("document", 0)])
def test_chunks_are_no_share_of_questions(stand: Stand, times: int) -> None:
    counts = PostCounts("moon", stand, {"refuse": 30}, right=10, wrong=10)
    words = false_alarms(PostFigures(Post("moon", stand, "refuse"), 0.5, None, counts, questions=1000))
    assert words.startswith("of what was reviewed 50 % (30 to 70 %), 10 of 20")
    assert words.count("of all questions at least 1.0 % (") == times


def test_the_guards_are_drawn_and_downloaded_with_their_intervals(analyst: Tab) -> None:
    """Of 20 questions 12 were stopped; of 10 reviewed, 9 for nothing."""
    fill(analyst.house)
    picture = analyst.house.meter.picture(30)
    bars, alarms = (guard_files.chart(picture, one)["data"]["values"] for one in (guard_files.ACTED, guard_files.WRONG))
    assert [bar["told"] for bar in bars if bar["at"] == "Euros, question"] == ["60 % (39 to 78 %), 12 of 20"]
    assert [(bar["at"], bar["told"]) for bar in alarms] == [("Euros, question", "90 % (60 to 98 %), 9 of 10")]
    assert f'\n"{EUROS}","question","refuse",0.5,20,12,0.6,0.38' in guard_files.as_csv(picture)
    assert "All figures as CSV" in {one.label for one in view(analyst).app.get("download_button")}


def test_a_threshold_is_tried_before_it_is_saved(analyst: Tab) -> None:
    fill(analyst.house)
    words = read(slide(view(analyst), 0.3))
    assert "0 more would have been stopped" not in words
    assert "Of the 20 questions of the last 30 days, 5 more would have been stopped" in words
    assert "0 that were stopped would not have been." in words
    assert ("Passed 7?" in words, "Passed 2?" in words, saved(analyst)) == (True, False, {})


def test_a_higher_threshold_shows_what_would_pass(analyst: Tab) -> None:
    """Two with scores of 0.6 and 0.7 were let pass, before the guard was as it is."""
    fill(analyst.house)
    words = read(slide(view(analyst), 0.65))
    assert "1 more would have been stopped; 12 that were stopped would not have been." in words
    assert ("Refused 11?" in words, "Passed 7?" in words) == (True, True)


def test_a_saved_threshold_counts_at_once_and_goes_back(analyst: Tab) -> None:
    slide(view(analyst), 0.3).click("save-threshold-0")
    assert (saved(analyst), analyst.house.guarding.posts[0].threshold) == ({f"question/{EUROS}": 0.3}, 0.3)
    assert "0.5 → 0.3, by you" in read(analyst)
    analyst.click("reset-threshold-0")
    assert (saved(analyst), analyst.app.slider[0].value) == ({}, 0.5)


def test_what_somebody_else_saved_is_where_the_slider_begins(analyst: Tab) -> None:
    slide(view(analyst), 0.3)
    analyst.house.guarding.set_threshold("question", EUROS, 0.8, by="another visitor")
    analyst.app.run()
    assert (analyst.app.slider[0].value, analyst.has("save-threshold-0")) == (0.8, False)
    assert "by visitor another" in read(analyst)


def test_while_the_database_is_locked_nothing_is_saved(analyst: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    slide(view(analyst), 0.3)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", locked)
        analyst.click("save-threshold-0")
    assert (saved(analyst), analyst.house.guarding.posts[0].threshold, len(analyst.app.error)) == ({}, 0.5, 1)


def test_without_its_database_the_page_says_so(analyst: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    view(analyst)
    with gone(analyst.house, monkeypatch):
        analyst.app.run()
    assert (NOT_SHOWN in analyst.words(), len(analyst.app.exception)) == (True, 0)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0"), (1, "100"), (0.12345, "12"), (0.0417, "4.2"), (0.0035, "0.35"), (0.00012, "0.012"), (0.9999, "99.99")],
)
def test_a_share_has_two_digits_that_count_and_is_never_rounded_to_none_or_all(share: float, words: str) -> None:
    assert figures.percent(share) == words
