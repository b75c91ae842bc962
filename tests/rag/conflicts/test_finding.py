"""The sources of an answer beside each other, and the answer that keeps what was found."""

from datetime import date

from rag.conflicts.families import Named
from rag.conflicts.finding import disagreeing, older
from rag.house import House
from rag.types import Citation, Passage, Place
from tests.conftest import LibraryOf
from tests.rag.test_assistant import answered, kept

LOGS = "Server logs are kept for 180 days. They are read by nobody."
NEWER = "As of May 2026 server logs are kept for 90 days."
LEAVE = "# Leave\n\nFull-time staff get 28 days of annual leave from 1 January 2026.\n"
HANDBOOK = "# Handbook\n\nAs of May 2024 full-time staff get 25 days of annual leave.\n"
OTHER = "Cats sleep for 15 hours a day."


def passage(number: int, text: str, document_id: int, title: str = "Papers") -> Passage:
    place = Place(0, "Rules", None)
    return Passage(number, (number,), document_id, title, (place,), 0, len(text), text, 0.9)


def cited(number: int, source: Passage) -> Citation:
    return Citation(number, source.text[:20], source.document_id, source.document, "Rules", None, 0, 20)


def test_two_footnotes_that_disagree_are_told_in_the_order_of_their_numbers() -> None:
    one, other = passage(1, LOGS, 7), passage(2, NEWER, 8)
    (found,) = disagreeing([cited(2, one), cited(1, other)], [one, other])
    assert (found.kind, found.first, found.second, found.document_id, found.other_id) == ("number", 1, 2, 8, 7)
    assert found.why == "[1] says 90 days, [2] says 180 days."
    assert (found.first_words, found.second_words) == (NEWER, "Server logs are kept for 180 days.")


def test_a_passage_that_was_found_but_not_cited_disagrees_too() -> None:
    one, other = passage(1, LOGS, 7), passage(2, NEWER, 8, "Retention 2026")
    (found,) = disagreeing([cited(1, one)], [one, other, passage(3, OTHER, 9)])
    assert (found.first, found.second, found.other_id) == (1, None, 8)
    assert found.why == "[1] says 180 days, “Retention 2026” says 90 days."


def test_words_far_from_the_footnote_and_of_the_same_document_are_left_alone() -> None:
    far = passage(1, "The park opens. It is green. It is large. " + LOGS, 7)
    same = passage(2, NEWER, 7)
    assert disagreeing([cited(1, far)], [far, passage(3, NEWER, 8)]) == []
    assert disagreeing([cited(1, passage(1, LOGS, 7)), cited(2, same)], [passage(1, LOGS, 7), same]) == []


def test_a_document_of_which_there_is_a_newer_one_is_told() -> None:
    old = Named(7, "leave-2024.md", "Leave 2024")
    source = passage(1, LOGS, 7)
    (found,) = older([cited(1, source)], [old], [old, Named(8, "leave-2026.md", "Leave 2026")], today=date(2026, 6, 1))
    assert (found.kind, found.first, found.second, found.other_id) == ("older", 1, None, 8)
    assert found.why == "[1] is from “Leave 2024”; there is “Leave 2026”, newer."
    over = Named(7, "leave.md", "Leave", "Valid until 31 December 2025.")
    assert [one.other_id for one in older([cited(1, source)], [over], [], today=date(2026, 6, 1))] == [None]


def test_an_answer_keeps_what_its_sources_disagree_in(house: House, library_of: LibraryOf) -> None:
    library_of(house, {"leave.md": LEAVE, "handbook.md": HANDBOOK})
    asked = answered(house, "How many days of annual leave do staff get?")
    house.assistant.compared(asked.answer_id)
    (found,) = kept(house, asked).conflicts
    assert (found.kind, found.first) == ("number", 1)
    assert "28 days (newer)" in found.why
    assert "25 days" in found.why


def test_the_same_figures_are_told_once_and_neighbours_only_where_quotes_agree() -> None:
    old = passage(1, "The allowance for trips abroad is €58. The allowance for domestic trips is €42.", 7)
    new = passage(2, "The allowance for trips abroad is €66. The allowance for domestic trips is €48.", 8)
    handbook = passage(3, "The allowance for trips abroad is €66.", 9)
    found = disagreeing([cited(1, old), cited(2, new), cited(3, handbook)], [old, new, handbook])
    assert [one.why for one in found] == ["[1] says €58, [2] says €66."]
