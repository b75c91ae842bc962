"""Chat: what a reader sees and does from the empty page to the source of a footnote."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from rag import problems
from rag.assistant import mark_interrupted
from rag.house import House
from rag.jobs import Snapshot
from store import answers, conversations, people
from store.engine import Database, Locked
from tests.model_server import AnswerFromPassages, Cut, ModelServer, Reply, Stall, Status
from tests.model_server.answers import structured
from tests.pages.conftest import HANDBOOK, LAMP, PATIENCE_S, Tab
from tests.ui.judge import shown

BEGUN = "The lamp is lit before sunset"
NewTab = Callable[..., Tab]


@contextmanager
def locked(_: Database) -> Iterator[None]:
    raise Locked("database is locked")
    yield


@pytest.fixture
def slow(
    build_house: Callable[..., House],
    model_server: ModelServer,
    model_at: Callable,
    library_of: Callable,
    tab: NewTab,
    monkeypatch: pytest.MonkeyPatch,
) -> Tab:
    """A tab over a house whose model falls silent in the middle; the page draws what is there and goes on."""
    model_server.default = Stall('{"answer": "' + BEGUN, 60)
    house = build_house(models=[model_at(model_server.url, stall_timeout_s=60)])
    library_of(house, {"handbook.md": HANDBOOK})
    opened = tab(house)
    monkeypatch.setattr("pages.chat.writing.watch", len)
    return opened


def wait(tab: Tab, until: Callable[[Snapshot], bool]) -> Snapshot:
    """The running answer, once it has come so far."""
    job = tab.house.assistant.job(tab.answer().id)
    snapshot = Snapshot(version=-1)
    while job and not snapshot.done and not until(snapshot):
        snapshot = job.wait(snapshot.version, PATIENCE_S)
    return snapshot


def source(tab: Tab) -> dict[str, str]:
    """What the dialog of a source shows."""
    shown = [json.loads(one.proto.json) for one in tab.app.get("bidi_component")]
    [view] = [one for one in shown if "words" in one]  # beside the one that listens
    return view


def test_an_empty_library_says_so_and_leads_to_the_documents(house: House, tab: NewTab) -> None:
    opened = tab(house).open()

    assert "There are no documents yet" in opened.words()
    assert [link.proto.page for link in opened.app.page_link] == ["documents"]


def test_a_question_to_an_empty_library_is_answered_in_words(house: House, tab: NewTab) -> None:
    opened = tab(house).open().ask(LAMP)

    assert problems.sentence("library_empty") in opened.words()


def test_the_brands_questions_are_suggested_and_asked_with_one_click(
    build_house: Callable[..., House], library_of: Callable, tab: NewTab
) -> None:
    house = build_house()
    brand = house.settings.brand.model_copy(update={"suggestions": [LAMP]})
    house = build_house(data_dir=house.settings.data_dir / "other", brand=brand)
    library_of(house, {"handbook.md": HANDBOOK})
    opened = tab(house).open().click("suggestion-0")

    assert [question.text for question in opened.asked()] == [LAMP]


def test_question_and_answer_are_shown(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    said = [(message.name, message.markdown[0].value) for message in keeper.app.chat_message]

    assert said[0] == ("user", r"When is the lamp lit\?")
    assert said[1][0] == "assistant"
    assert said[1][1].startswith(r"The lamp at Gull Rock is lit thirty minutes before sunset\.")


def test_an_answer_carries_its_footnotes(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    [citation] = keeper.answer().citations

    assert keeper.has(f"source-{citation.id}")
    assert "Keeper" in keeper.words()


def test_a_footnote_opens_the_words_it_rests_on(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.click(f"source-{keeper.answer().citations[0].id}")
    view = source(keeper)

    assert view["words"] == "The lamp at Gull Rock is lit thirty minutes before sunset."
    assert (view["before"] + view["words"] + view["after"]).split() == [*HANDBOOK.replace("#", "").split()]


def test_a_footnote_of_a_deleted_document_keeps_its_words(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    [citation] = keeper.answer().citations
    keeper.house.library.remove(citation.document_id)
    keeper.click(f"source-{citation.id}")

    assert "deleted" in " ".join(info.value for info in keeper.app.info)
    assert "thirty minutes before sunset" in keeper.app.get("dialog")[0].markdown[0].value


def test_a_question_the_documents_do_not_answer_is_said_to_be_one(keeper: Tab) -> None:
    keeper.open().ask("Who invented the bicycle?")

    assert keeper.answer().state == "not_found"
    assert "could not find this in the documents" in keeper.words()


def test_two_questions_stand_in_one_conversation_in_their_order(keeper: Tab) -> None:
    keeper.open().ask(LAMP).ask("How long does the fog horn sound?")
    said = [message.markdown[0].value for message in keeper.app.chat_message if message.name == "user"]

    assert said == [r"When is the lamp lit\?", r"How long does the fog horn sound\?"]


def test_an_answer_that_is_being_written_shows_its_steps_and_can_be_stopped(slow: Tab) -> None:
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.text == BEGUN)
    slow.click("stop")
    wait(slow, lambda snapshot: snapshot.done)
    slow.app.run()

    assert (slow.answer().state, slow.answer().text) == ("stopped", BEGUN)
    assert BEGUN in slow.words()
    slow.house.signals.flush()
    assert slow.house.signals.counts(slow.person) == {"stopped": 1}


def test_two_answers_of_a_conversation_are_under_way_and_each_can_be_stopped(slow: Tab) -> None:
    slow.open().ask(LAMP)
    first = slow.answer().id
    slow.ask("How long does the fog horn sound?")
    wait(slow, lambda snapshot: snapshot.text == BEGUN)

    assert not slow.app.exception
    slow.click(f"stop-{first}")
    job = slow.house.assistant.job(first)
    while job and not job.snapshot.done:
        job.wait(job.snapshot.version, PATIENCE_S)
    slow.app.run()
    assert [question.answers[0].state for question in slow.asked()] == ["stopped", "writing"]
    assert {"stop"} == {key for key in slow.buttons() if key.startswith("stop")}


def test_a_stopped_answer_can_be_asked_for_again(slow: Tab, model_server: ModelServer) -> None:
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.text == BEGUN)
    slow.click("stop")
    wait(slow, lambda snapshot: snapshot.done)
    model_server.default = AnswerFromPassages()
    slow.app.run()
    slow.click(f"again-{slow.answer().id}")
    wait(slow, lambda snapshot: snapshot.done)

    assert [answer.state for answer in slow.asked()[0].answers] == ["stopped", "answered"]
    slow.house.signals.flush()
    assert slow.house.signals.counts(slow.person) == {"stopped": 1, "asked_again": 1}


def test_leaving_the_page_leaves_the_answer_alone(slow: Tab) -> None:
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.text == BEGUN)
    slow.app.switch_page("../pages/documents/page.py").run()

    assert slow.answer().state == "writing"


def test_an_interrupted_answer_keeps_its_text_and_offers_to_ask_again(keeper: Tab) -> None:
    asked = interrupted(keeper, "The lamp is lit")
    keeper.open(c=asked)

    assert problems.sentence("interrupted") in keeper.words()
    assert "The lamp is lit" in keeper.words()
    assert keeper.buttons()[f"again-{keeper.answer().id}"] == "Ask again"


def interrupted(tab: Tab, text: str) -> str:
    """A conversation whose answer a process that died left behind; gives its id."""
    with tab.house.database.write() as session:
        people.remember(session, tab.person)
        conversation = conversations.create(session, tab.person, LAMP)
        answer = answers.begin(session, conversation, answers.ask(session, conversation, LAMP), "a dead process")
        answers.save_progress(session, {answer: text})
    mark_interrupted(tab.house.database, ["a dead process"])
    return conversation


def test_an_interrupted_answer_asked_again_is_kept_beside_the_new_one(keeper: Tab) -> None:
    keeper.open(c=interrupted(keeper, "The lamp is lit"))
    keeper.click(f"again-{keeper.answer().id}")

    assert [answer.state for answer in keeper.asked()[0].answers] == ["interrupted", "answered"]
    assert len(keeper.app.expander) >= 1


def test_a_model_that_fails_leaves_the_documents_words_with_a_notice(slow: Tab, model_server: ModelServer) -> None:
    model_server.default = Status(500)
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.done)
    slow.app.run()

    assert problems.notice("model_error") in slow.words()
    assert "thirty minutes before sunset" in slow.words()


@pytest.fixture
def handed_over(
    build_house: Callable[..., House], model_server: ModelServer, model_at: Callable, library_of: Callable, tab: NewTab
) -> Iterator[Tab]:
    """A tab with an answer that one model began and another ended."""
    model_server.default = Cut('{"answer": "The lamp at Gull Rock is')
    rest = structured(
        "lit thirty minutes before sunset. [1]", [{"passage": 1, "quote": "thirty minutes before sunset"}]
    )
    with ModelServer(Reply(rest)) as second:
        house = build_house(models=[model_at(model_server.url), model_at(second.url, "second")])
        library_of(house, {"handbook.md": HANDBOOK})
        opened = tab(house).open().ask(LAMP)
        wait(opened, lambda snapshot: snapshot.done)
        opened.app.run()
        yield opened


def test_an_answer_that_another_model_ended_is_whole_and_says_so_in_one_mild_line(handed_over: Tab) -> None:
    assert handed_over.answer().text == "The lamp at Gull Rock is lit thirty minutes before sunset. [1]"
    told = [caption.value for caption in handed_over.app.caption if "Another language model" in caption.value]
    assert len(told) == 1
    assert "documents' own words" not in handed_over.words()
    assert len(handed_over.app.info) == 0


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        ("The lamp at", "documents"),
        ("It burns four litres of oil a night. [1] And", "joined"),
        ("The lamp at Gull Rock is lit thirty minutes before sunset. [1] And", "kept"),
    ],
)
def test_whose_words_they_are_is_told_as_it_is(
    slow: Tab, model_server: ModelServer, said: str, ending: problems.Ending
) -> None:
    model_server.default = Cut(f'{{"answer": "{said}')
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.done)
    slow.app.run()

    assert problems.notice("model_cut", ending) in slow.words()


def test_an_answer_that_broke_off_says_so_in_one_mild_line(slow: Tab, model_server: ModelServer) -> None:
    whole = "The lamp at Gull Rock is lit thirty minutes before sunset. [1]"
    model_server.default = Reply(f'{{"answer": "{whole} The lamp', finish_reason="length")
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.done)
    slow.app.run()

    assert (slow.answer().text, slow.answer().writer) == (whole, "first")
    assert any(problems.sentence("answer_cut") in caption.value for caption in slow.app.caption)


def test_why_this_answer_tells_what_was_repaired(slow: Tab, model_server: ModelServer) -> None:
    quoted = {"source": "[1]", "text": "thirty minutes before sunset"}
    model_server.default = Reply(json.dumps({"response": "Thirty minutes before sunset. [1]", "citations": [quoted]}))
    slow.open().ask(LAMP)
    wait(slow, lambda snapshot: snapshot.done)
    slow.app.session_state[f"why-{slow.answer().id}"] = True
    slow.app.run()

    assert "repaired: other keys" in shown(slow.words())


def test_why_this_answer_tells_who_wrote_which_words(handed_over: Tab) -> None:
    handed_over.app.session_state[f"why-{handed_over.answer().id}"] = True
    handed_over.app.run()

    assert shown("first (words 1 to 6), second (the rest)") in shown(handed_over.words())


def test_a_question_that_cannot_be_saved_stays_in_its_box(keeper: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.open()
    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", locked)
        keeper.ask(LAMP)

    assert [shown(str(error.value)) for error in keeper.app.error] == [problems.sentence("database_locked")]
    box = keeper.app.chat_input(key="question").proto
    assert (box.set_value, box.value) == (True, LAMP)
    assert keeper.asked() == []


def test_a_rating_that_cannot_be_saved_is_told(keeper: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.open().ask(LAMP)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", locked)
        keeper.app.feedback(key=f"rate-{keeper.answer().id}").set_value(1).run()

    assert len(keeper.app.error) == 1
    assert keeper.answer().feedback is None
    assert keeper.app.feedback(key=f"rate-{keeper.answer().id}").value is None


def test_why_this_answer_tells_what_was_searched_and_who_wrote(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.app.session_state[f"why-{keeper.answer().id}"] = True  # AppTest has no way to open a popover
    keeper.app.run()

    assert r"**Searched for** When is the lamp lit\?" in keeper.words()
    assert "extractive" in keeper.words()


def test_sentences_that_no_passage_says_are_marked_with_the_reason(
    build_house: Callable[..., House],
    model_server: ModelServer,
    model_at: Callable,
    library_of: Callable,
    tab: NewTab,
) -> None:
    said = "The lamp at Gull Rock is lit thirty minutes before sunset. [1] It weighs 42 tons."
    quotes = [{"passage": 1, "quote": "The lamp at Gull Rock is lit thirty minutes before sunset."}]
    draft = {"answer": said, "citations": quotes, "answerable": True, "follow_ups": []}
    model_server.enqueue(Reply(json.dumps(draft)))
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, {"handbook.md": HANDBOOK})
    words = tab(house).open().ask(LAMP).words()

    assert "It weighs 42 tons.&nbsp;:orange-badge[? a]" in words
    assert "1 of 2 sentences supported · :orange-badge[?] in none of the passages" in words
    assert "“42” stands in none of the passages" in words.replace("\\", "")


def test_the_documents_own_words_bear_no_marks(keeper: Tab) -> None:
    assert "supported" not in keeper.open().ask(LAMP).words()
