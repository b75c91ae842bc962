"""Names, questions and documents that try something are shown as words, on every page."""

from collections.abc import Callable, Iterator

import pytest

from rag.house import House
from rag.settings import Guards
from store import findings
from store.models import Document
from store.records import FindingRecord
from tests.model_server import ModelServer, Reply
from tests.model_server.answers import structured
from tests.pages.conftest import HANDBOOK, LAMP, Tab
from tests.rag.test_guarding import HERE
from tests.ui.judge import alive, directives, shown

NewTab = Callable[..., Tab]
EUROS = f"{HERE}:Euros"
OURS = {
    ":material/",
    ":small[",
    ":shimmer[",
    ":blue[",
    ":gray[",
    ":orange-background[",
    ":red-background[",
    ":green-background[",
} | {f":{colour}-badge[" for colour in ("blue", "gray", "green", "orange", "red", "violet")}
KINDS = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success", "toast")
LABELS = ("button", "expander", "text_input", "progress", "toggle", "metric")
LURE = "![x](https://evil.example/x.png) [y](https://evil.example) <img src=z onerror=alert(1)> $x^2$ :red[w] :smile:"
NAME = "![x](evil) [y](evil) <img src=z onerror=alert(1)> $x^2$ :red[w].md"
QUESTIONS = {
    "markdown": f"When is the lamp lit? {LURE}",
    "block": "# When\n\n> is\n\n    the\n- lamp\n1. lit?\n\n---\n```\nnow\n```",
    "controls": "When is\x00 the\x1b[31m lamp\x7f lit?",
    "right to left": "When is the \u202elamp\u202c lit? \u200f\u05d0\u05d1",
    "emoji": "When is the 💡 lit? 👩‍👩‍👧",
    "joined": "When" + "\u0301" * 300 + " is the lamp lit?",
    "table": "| When | lamp |\n|---|---|\n| lit | ? |",
}


def said(tab: Tab) -> Iterator[str]:
    """Everything on the page that is read as Markdown."""
    for kind in KINDS:
        yield from (str(element.value) for element in getattr(tab.app, kind))
    for kind in LABELS:
        yield from (
            str(getattr(element, "label", "") or getattr(element, "text", "")) for element in getattr(tab.app, kind)
        )
    for table in tab.app.table:
        yield from (str(cell) for row in table.value.itertuples() for cell in row)
    for menu in tab.app.get("popover"):
        yield str(menu.proto.popover.label)


def live(tab: Tab) -> list[str]:
    """What on the page is more than words, besides our own icons and badges."""
    return [words for words in said(tab) if set(alive(words)) - {"directive"} or directives(words) - OURS]


def broken(tab: Tab) -> list[str]:
    """Pages that ended in an error."""
    return [str(error.value) for error in tab.app.exception]


@pytest.fixture
def lured(house: House, library_of: Callable, tab: NewTab) -> Tab:
    """A tab over a document whose name, title, headings and text are lures."""
    text = f"# {LURE}\n\n## Lamp {LURE}\n\nThe lamp is lit at nine. {LURE}\n"
    plain = f"{LURE}\n\nThe lamp is lit at nine. {LURE}\n"
    library_of(house, {NAME: text, "plain.txt": plain})
    return tab(house)


def test_a_lure_is_seen_by_this_test(keeper: Tab) -> None:
    assert set(alive(LURE)) == {"image", "link_open", "math", "directive"}
    assert directives(LURE) == {":red[", ":smile:"}


@pytest.mark.parametrize("page", ["chat", "documents", "review"])
def test_a_document_that_lures_is_shown_as_words(lured: Tab, page: str) -> None:
    lured.open().ask("When is the lamp lit?")
    lured.house.assistant.feedback.rate("keeper", lured.answer().id, -1, comment=LURE)
    lured.app.switch_page(f"../pages/{page}/page.py").run()

    assert (live(lured), broken(lured)) == ([], [])


def test_what_guards_say_of_a_question_that_lures_is_shown_as_words(build_house: Callable, tab: NewTab) -> None:
    guards = Guards.model_validate({"question": {EUROS: "refuse"}})
    refused = tab(build_house(guards=guards)).open().ask(f"How many euros? {LURE}")
    with refused.house.database.write() as session:
        findings.keep(session, [FindingRecord("answer", LURE, LURE, LURE, "flag", message_id=refused.answer().id)])
    refused.click(f"fine-{refused.answer().id}")
    assert (live(refused), broken(refused)) == ([], [])
    refused.app.switch_page("../pages/review/page.py").run()
    refused.app.segmented_control(key="review-view").set_value("Guards").run()
    assert "evil" in refused.words()
    assert (live(refused), broken(refused)) == ([], [])
    refused.app.switch_page("../pages/quality/page.py").run()
    refused.app.segmented_control(key="quality-view").set_value("Guards").run()
    refused.app.slider[0].set_value(0.9).run()
    assert "evil" in refused.words()
    assert (live(refused), broken(refused)) == ([], [])


def test_the_own_view_of_a_document_that_lures_is_shown_as_words(lured: Tab) -> None:
    lured.open().ask("When is the lamp lit?")
    for document in lured.house.library.listing():
        lured.house.catalogue.tag(document.id, [LURE])
        with lured.house.database.write() as session:
            finding = {"kind": "hidden_text", "words": LURE, "page": 1}
            session.get_one(Document, document.id).findings = [finding]
        lured.app.query_params["d"] = str(document.id)
        lured.app.switch_page("../pages/documents/page.py").run()
        assert (live(lured), broken(lured)) == ([], [])


def test_a_search_that_finds_a_lure_shows_it_as_words(lured: Tab) -> None:
    lured.open("documents").app.get_by_key("documents-view").set_value("Try a search").run()
    lured.app.text_input(key="try-query").set_value(f"lamp https evil example {LURE}").run()

    assert "relevance" in lured.words()  # of the one that is not held back
    assert (live(lured), broken(lured)) == ([], [])


def test_a_tag_that_lures_is_shown_as_words(lured: Tab) -> None:
    [first, *_] = lured.house.library.listing()
    lured.house.catalogue.tag(first.id, [LURE])
    [tag] = lured.house.catalogue.tags()
    lured.open().app.get_by_key("search-in").set_value([tag]).run()
    lured.ask("What colour is the zebra?")
    lured.app.session_state[f"why-{lured.answer().id}"] = True
    lured.app.run()

    assert "Only documents tagged" in lured.words()
    assert (live(lured), broken(lured)) == ([], [])


def test_files_that_lure_on_their_way_are_shown_as_words(lured: Tab) -> None:
    for name in (f"2{NAME}", "3![x](evil).pdf"):
        lured.house.library.add(name, b"%PDF-1.4 and nothing more")
    lured.house.worker._readings[0].step()
    lured.open("documents")
    [document, *_] = lured.house.library.listing()
    lured.app.query_params["d"] = str(document.id)
    lured.app.run()
    lured.click(f"delete-document-{document.id}")

    assert "is deleted" in lured.words()
    assert (live(lured), broken(lured)) == ([], [])


def test_the_source_of_a_lure_is_shown_as_words(lured: Tab) -> None:
    lured.open().ask("When is the lamp lit?")
    lured.click(f"source-{lured.answer().citations[0].id}")

    assert (live(lured), broken(lured)) == ([], [])


def test_the_words_of_a_deleted_lure_are_shown_as_words(lured: Tab) -> None:
    lured.open().ask("When is the lamp lit?")
    [citation, *_] = lured.answer().citations
    lured.house.library.remove(citation.document_id)
    lured.click(f"source-{citation.id}")

    assert (live(lured), broken(lured)) == ([], [])


def test_the_nearest_passages_of_a_lure_are_shown_as_words(lured: Tab) -> None:
    lured.open().ask("Where does the lamp of the grand hotel in Zanzibar come from?")

    assert (lured.answer().state, live(lured), broken(lured)) == ("not_found", [], [])


@pytest.mark.parametrize("name", [NAME, LURE + ".exe", ":red[w].exe", "<b>.pdf"])
def test_a_file_with_a_luring_name_that_cannot_be_read_is_told_in_words(house: House, tab: NewTab, name: str) -> None:
    opened = tab(house).open("documents")
    opened.app.file_uploader[0].upload(name, b"\x00\x01").run()
    while house.worker.step():
        pass
    opened.app.run()

    assert (live(opened), broken(opened)) == ([], [])


@pytest.mark.parametrize("name", [NAME, LURE + ".exe", "$a$ :red[w].exe"])
def test_a_refused_upload_is_told_in_words(house: House, tab: NewTab, name: str) -> None:
    opened = tab(house).open("documents")
    opened.app.file_uploader[0].upload(name, b"").run()

    assert len(opened.app.error) == 1
    assert (live(opened), broken(opened)) == ([], [])


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_question_is_shown_as_words(keeper: Tab, question: str) -> None:
    keeper.open().ask(question)

    assert (live(keeper), broken(keeper)) == ([], [])
    assert keeper.answer().state in ("answered", "not_found", "refused")  # a guard may not like it


def test_a_question_is_shown_line_by_line(keeper: Tab) -> None:
    question = QUESTIONS["block"]
    keeper.open().ask(question)
    told = shown(keeper.app.chat_message[0].markdown[0].value)

    assert [line.strip() for line in told.split("\n") if line] == [
        line.strip() for line in question.split("\n") if line
    ]


@pytest.mark.parametrize(("length", "state"), [(20_000, "not_found"), (20_001, "refused")])
def test_a_question_may_have_twenty_thousand_characters(keeper: Tab, length: int, state: str) -> None:
    keeper.open().ask("x" * length)

    assert (keeper.answer().state, broken(keeper)) == (state, [])
    assert [c.title for c in keeper.house.assistant.history("keeper")] == ["x" * 59 + "…"]


@pytest.mark.parametrize("question", ["   ", "\u200b", "\n"])
def test_a_question_without_words_is_refused_in_words(keeper: Tab, question: str) -> None:
    keeper.open().ask(question)

    assert broken(keeper) == []
    assert [a.state for q in keeper.asked() for a in q.answers] in ([], ["refused"])


@pytest.mark.parametrize("title", [LURE, "# a", "    b", "\u202ec", "💡"])
def test_a_name_of_a_conversation_is_shown_as_words(keeper: Tab, title: str) -> None:
    keeper.open().ask(LAMP)
    keeper.app.text_input(key=f"title-{keeper.app.query_params['c']}").set_value(title[:60]).run()

    assert (live(keeper), broken(keeper)) == ([], [])


def test_what_a_model_says_links_and_loads_nothing(
    build_house: Callable[..., House], model_server: ModelServer, model_at: Callable, library_of: Callable, tab: NewTab
) -> None:
    quote = "The lamp at Gull Rock is lit thirty minutes before sunset."
    answer = f"{quote} [1] {LURE} ![a\nb](https://evil.example/x.png)"
    model_server.default = Reply(structured(answer, [{"passage": 1, "quote": quote}]))
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, {"handbook.md": HANDBOOK})
    opened = tab(house).open().ask(LAMP)

    assert (opened.answer().writer, live(opened), broken(opened)) == ("first", [], [])


def test_a_correction_that_lures_is_shown_as_words(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.house.assistant.feedback.correct("keeper", keeper.answer().id, LURE)
    keeper.app.run()

    assert "evil" in keeper.words()
    assert live(keeper) == []


@pytest.mark.parametrize(
    "parameter", ["../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "x" * 5000, "\x00"]
)
def test_an_address_that_tries_something_opens_nothing(keeper: Tab, parameter: str) -> None:
    keeper.open(c=parameter)

    assert (broken(keeper), list(keeper.app.chat_message)) == ([], [])
