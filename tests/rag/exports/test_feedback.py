"""Feedback as files."""

import csv
import io
import json
from typing import Any

import pytest
from sqlalchemy import update

from rag.desk import Desk
from rag.exports import feedback
from rag.exports.exports import Exports, FeedbackWanted
from rag.review.audit import Audit
from rag.sections import Review
from rag.settings import Settings
from store.engine import Database
from store.models import Feedback, ItemFacet, ReviewEvent, Signal
from store.records import ItemFilter
from store.records.auditing import AuditFilter
from tests.rag.exports.answers import answered, down, library, up

MAIL = "Write to ana.silva@example.org."


def desk(settings: Settings, database: Database) -> Exports:
    return Desk(settings, database).exports


def fetched(settings: Settings, database: Database, wanted: FeedbackWanted, person: str = "reviewer-1") -> str:
    return b"".join(desk(settings, database).download(wanted, person).pieces).decode()


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def filled(database: Database) -> list[int]:
    with database.write() as session:
        document = library(session)
        first = answered(session, document, "=HYPERLINK(1)", feedback_given=down(reasons=("Wrong",), comment=MAIL))
        second = answered(session, document, person="ben", feedback_given=up())
        session.add(Signal(message_id=first, kind="copied", count=2))
        session.add(ItemFacet(message_id=first, kind="tag", label="garden"))
        session.add(ReviewEvent(message_id=first, kind="note", detail="Seen."))
    return [first, second]


def test_a_row_tells_all_that_was_said_and_done(settings: Settings, database: Database) -> None:
    first, second = filled(database)
    rows = objects(fetched(settings, database, FeedbackWanted("jsonl")))
    assert [row["answer_id"] for row in rows] == [first, second]
    assert {name: rows[0][name] for name in ("rating", "reasons", "signals", "tags", "notes", "documents")} == {
        "rating": -1,
        "reasons": ["Wrong"],
        "signals": {"copied": 2},
        "tags": ["garden"],
        "notes": ["Seen."],
        "documents": ["rules"],
    }
    assert (rows[0]["demo"], rows[0]["trace_id"], rows[0]["prompt"]) == (False, f"trace {first}", "answer@1")


def test_the_same_as_csv_calculates_nothing(settings: Settings, database: Database) -> None:
    filled(database)
    text = fetched(settings, database, FeedbackWanted("csv")).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == feedback.COLUMNS
    assert [(row["question"], row["rating"]) for row in rows] == [("'=HYPERLINK(1)", "-1"), ("How late?", "1")]


def test_a_filter_holds_for_the_count_and_for_the_file(settings: Settings, database: Database) -> None:
    first, _ = filled(database)
    wanted = FeedbackWanted("jsonl", ItemFilter(rating=-1))
    assert desk(settings, database).count(wanted, "command") == 1
    assert [row["answer_id"] for row in objects(fetched(settings, database, wanted))] == [first]


@pytest.mark.parametrize(
    ("review", "comment"),
    [
        (Review(), "Write to [e-mail]."),
        (Review(personal="shown"), MAIL),
        (Review(unmasked=["reviewer-1"]), MAIL),
        (Review(unmasked=["reviewer-2"]), "Write to [e-mail]."),
    ],
)
def test_personal_data_is_hidden_as_the_reviewer_may_see_it(
    settings: Settings, database: Database, review: Review, comment: str
) -> None:
    filled(database)
    changed = settings.model_copy(update={"review": review})
    assert objects(fetched(changed, database, FeedbackWanted("jsonl")))[0]["comment"] == comment


def test_a_value_that_a_diff_cuts_in_two_is_in_no_file(settings: Settings, database: Database) -> None:
    with database.write() as session:
        given = down(correction="Write to ana.silva@example.org. [1]")
        answer_id = answered(session, library(session), feedback_given=given)
        cut = [["insert", "ana.sil"], ["insert", "va@example.org"]]
        session.execute(update(Feedback).where(Feedback.message_id == answer_id).values(diff=cut))
    assert "va@example" not in fetched(settings, database, FeedbackWanted("jsonl"))


def test_more_rows_than_are_read_at_once_are_all_there_once(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "PORTION", 2)
    with database.write() as session:
        document = library(session)
        made = [answered(session, document) for _ in range(5)]
    rows = objects(fetched(settings, database, FeedbackWanted("jsonl")))
    assert [row["answer_id"] for row in rows] == made


def test_nothing_is_made_before_somebody_comes_with_the_ticket(settings: Settings, database: Database) -> None:
    exports = desk(settings, database)
    ticket = exports.offer(FeedbackWanted("jsonl"), "ana")
    first, second = filled(database)
    download = exports.fetch(ticket)
    assert download is not None
    assert [row["answer_id"] for row in objects(b"".join(download.pieces).decode())] == [first, second]
    assert exports.fetch("another") is None
    assert exports.fetch(ticket, "ben") is None
    assert exports.fetch(ticket, "ana") is not None


def test_nothing_at_all_is_an_empty_file_with_its_head(settings: Settings, database: Database) -> None:
    assert fetched(settings, database, FeedbackWanted("jsonl")) == ""
    assert fetched(settings, database, FeedbackWanted("csv")).count("\r\n") == 1


def test_who_exported_what_stands_in_the_log_without_the_words_of_a_search(
    settings: Settings, database: Database
) -> None:
    filled(database)
    wanted = FeedbackWanted("csv", ItemFilter(rating=-1, words="somebody"))
    desk(settings, database).preview(wanted, "reviewer-1")
    fetched(settings, database, wanted)
    found = [(entry.actor, entry.act, entry.detail) for entry in Audit(database).page(AuditFilter(), limit=9)]
    assert found[0] == ("reviewer-1", "exported", "feedback, csv, rating -1, words")
