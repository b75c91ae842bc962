"""`kill -9` in the middle of answers, ratings and uploads: what was accepted is there when the app is started again.

A short form: `python -m benchmarks kills` does it two hundred answers long, see docs/reliability.md.
"""

import time
from pathlib import Path

import pytest

from rag.house import House
from tests.conftest import LibraryOf
from tests.faults.killing import UNHURRIED, Life, furnish, live_and_die, look_after, restarted
from tests.model_server import ModelServer
from tests.rag.answering import HOTEL, LIBRARY

READERS = 4
AT_MOST_S = 4.0
SEEDS = (28, 13, 22)  # an early moment, a middle one, a late one


def test_after_kills_at_random_moments_nothing_that_was_accepted_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model_server: ModelServer
) -> None:
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(tmp_path / "none.toml"))
    model_server.default = UNHURRIED
    folder = tmp_path / "data"
    furnish(folder)
    lives = [live_and_die(folder, model_server.url, seed, readers=READERS, at_most_s=AT_MOST_S) for seed in SEEDS]
    house = restarted(folder)
    try:
        found = {str(life): look_after(house, life) for life in lives}
    finally:
        house.close()
    assert {life: one.losses for life, one in found.items()} == {life: [] for life in found}
    assert all(one.asked and one.added and one.interrupted for one in found.values())
    assert any(one.rated for one in found.values())


def test_what_is_lost_would_be_noticed(house: House, library_of: LibraryOf) -> None:
    library_of(house, LIBRARY)
    asked = house.assistant.ask("ana", HOTEL)
    while house.assistant.job(asked.answer_id):
        time.sleep(0.01)
    told = {"at": 0.0, "answer": asked.answer_id, "person": "ana", "conversation": asked.conversation_id}
    facts = [
        {"fact": "asked", "text": HOTEL, **told},
        {"fact": "shown", "text": "Words that were shown", **told},
        {"fact": "rated", "rating": 1, "comment": "", **told},
        {"fact": "asked", "text": "Another question", **(told | {"answer": 99})},
        {"fact": "added", "at": 0.0, "entry": 99, "name": "gone.md"},
    ]
    losses = look_after(house, Life(seed=0, after_s=2, killed_at=2.0, facts=facts)).losses
    assert [next(word for word in ("text", "question", "rating", "upload") if word in loss) for loss in losses] == [
        "text",
        "question",
        "rating",
        "upload",
    ]
