"""The stage of a file, in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pages.documents import stages
from store.records import EntryRecord

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def entry(**changes: Any) -> EntryRecord:
    values: dict[str, Any] = {
        "id": 1,
        "name": "tale.pdf",
        "content_hash": "0",
        "size": 1,
        "state": "queued",
        "problem": None,
        "document_id": None,
        "added_by": None,
        "chunks": 0,
        "embedded": 0,
    }
    return EntryRecord(**(values | changes))


READING: dict[str, Any] = {"state": "reading", "parts_done": 11, "parts": 80}
EMBEDDING: dict[str, Any] = {"state": "embedding", "chunks": 120, "embedded": 34, "ahead": 400}


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ({}, "waiting"),
        ({"state": "reading"}, "being read"),
        (READING, "reading page 12 of 80"),
        (READING | {"parts_done": 80}, "reading page 80 of 80"),
        (READING | {"name": "tale.PPTX"}, "reading slide 12 of 80"),
        (READING | {"reading_since": NOW - timedelta(seconds=11)}, "reading page 12 of 80, about 1 min left"),
        ({"state": "splitting"}, "being split"),
        (EMBEDDING, "searchable by words – vectors follow (34 of 120 chunks), about 40 s left"),
    ],
)
def test_every_stage_has_its_words(of: dict[str, Any], words: str) -> None:
    assert stages.stage(entry(**of), chunks_per_s=10, meaning="ready", now=NOW) == words


def test_no_time_is_told_before_the_speed_is_known() -> None:
    assert stages.stage(entry(**EMBEDDING), chunks_per_s=0, meaning="ready").endswith("(34 of 120 chunks)")


@pytest.mark.parametrize(("meaning", "when"), [("warming", "once the app is warm"), ("elsewhere", "later")])
def test_vectors_wait_for_the_model(meaning: str, when: str) -> None:
    assert stages.stage(entry(**EMBEDDING), chunks_per_s=10, meaning=meaning).endswith(f"vectors follow {when}")


@pytest.mark.parametrize(
    ("of", "share"),
    [
        ({}, 0),
        (READING | {"parts_done": 40}, 0.25),
        ({"state": "splitting"}, 0.5),
        (EMBEDDING | {"embedded": 60}, 0.75),
        ({"state": "embedding"}, 0.5),
    ],
)
def test_reading_is_the_first_half_of_the_way(of: dict[str, Any], share: float) -> None:
    assert stages.share(entry(**of)) == share


def test_a_file_in_an_archive_names_the_archive() -> None:
    assert stages.name(entry(source="/tales/all.zip!/a/tale.pdf", parent_id=7)) == "tale.pdf (in all.zip)"
