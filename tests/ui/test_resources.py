"""Whether questions are answered, as the server is asked every few seconds."""

import pytest

from rag.house import House
from tests.faults import storage
from ui import resources


def test_a_database_that_is_away_is_logged_once_and_when_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(resources, "house", lambda: house)
    caplog.set_level("INFO", "ui")
    storage.prepare(house)
    with storage.gone(house):
        assert [resources.readiness()["ready"] for _ in range(3)] == [False] * 3
    assert resources.readiness()["ready"]
    assert [(record.levelname, record.exc_info) for record in caplog.records if record.name == "ui.resources"] == [
        ("ERROR", None),
        ("INFO", None),
    ]
