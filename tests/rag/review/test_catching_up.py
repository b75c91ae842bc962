"""Answers without an item get theirs, and what was looked at is not looked at again."""

import threading
from dataclasses import replace

import pytest

from rag.review.catching_up import CatchingUp
from store import answers, documents, inbox, items, versions
from store.engine import Database
from store.records.inbox import ItemFilter
from tests.store.asking import added, asked, citation, document, finished, trace

OPEN = threading.Event()


def missing(database: Database) -> list[int]:
    with database.read() as session:
        return items.missing(session, 10)


def test_one_that_is_cut_off_after_later_ones_ended_is_not_passed_over(database: Database) -> None:
    catching_up = CatchingUp(database)
    with database.write() as session:
        *_, long = asked(session)
        *_, short = asked(session)
        answers.finish(session, short, finished(), trace())
    catching_up.catch_up(OPEN)
    with database.write() as session:
        answers.interrupt(session, ["process"])
    assert missing(database) == [long]
    catching_up.catch_up(OPEN)
    assert missing(database) == []


def test_what_was_looked_at_is_not_looked_at_again(database: Database) -> None:
    with database.write() as session:
        for _ in range(3):
            *_, last = asked(session)
        answers.interrupt(session, ["process"])
    catching_up = CatchingUp(database)
    catching_up.catch_up(OPEN)
    assert catching_up._whole_before == last + 1


def test_one_that_gets_no_item_is_in_nobodys_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as session:
        first, _ = (asked(session)[2] for _ in range(2))
        answers.interrupt(session, ["process"])
    refresh = items.refresh
    monkeypatch.setattr(items, "refresh", lambda session, ids: refresh(session, set(ids) - {first}))
    CatchingUp(database).catch_up(OPEN)
    assert missing(database) == [first]


def test_an_answer_whose_source_was_replaced_can_be_filtered_for(database: Database) -> None:
    """In either direction, and until the document is gone."""
    told = []
    with database.write() as session:
        document_id = added(session, "Open until nine. Closed on Sundays.")
        for quote in ("until nine", "Closed on Sundays"):
            *_, answer_id = asked(session)
            cited = finished(citations=(citation(document_id, quote=quote),))
            answers.finish(session, answer_id, cited, trace(id=quote))
    for text in ("Open until ten. Closed on Sundays.", "Open until nine. Closed on Sundays.", "Never open.", None):
        with database.write() as session:
            if text:
                versions.put(session, replace(document(text), content_hash=text))
            else:
                documents.remove(session, document_id)
        CatchingUp(database).refresh_due(threading.Event())
        with database.read() as session:
            told.append(inbox.count(session, ItemFilter(conflict="outdated")))
            worth = inbox.rows(session, inbox.ids(session, ItemFilter(), "worth", limit=9))
    assert (told, [one.worth for one in worth]) == ([1, 0, 2, 0], [0, 0])
