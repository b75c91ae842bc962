"""Every way in which somebody reads what others asked leaves an entry in the log."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evals.cases.trying import tried
from evals.cli import main
from rag.exports.exports import FeedbackWanted
from rag.exports.training import TrainingWanted
from rag.house import House
from rag.review.audit import COMMAND
from rag.review.cases import CaseDraft
from rag.review.people import Names
from store.records.auditing import AuditFilter
from store.records.inbox import ItemFilter
from tests.rag.review.test_inbox import BEA, reviewed

FEEDBACK, TRAINING = FeedbackWanted("csv"), TrainingWanted("chat", "rating")
WAYS: dict[str, tuple[Callable[[House, int, Path], object], tuple[str, str, str]]] = {
    "list": (
        lambda house, _, __: house.desk.inbox.browse(BEA, ItemFilter(), limit=9),
        (BEA, "listed", "items 1 to 1"),
    ),
    "item": (lambda house, answer, _: house.desk.inbox.item(BEA, answer), (BEA, "looked", "")),
    "preview": (
        lambda house, _, __: house.desk.exports.preview(FEEDBACK, BEA),
        (BEA, "listed", "preview of feedback, csv"),
    ),
    "download": (
        lambda house, _, __: list(house.desk.exports.download(FEEDBACK, BEA).pieces),
        (BEA, "exported", "feedback, csv"),
    ),
    "ticket": (
        lambda house, _, __: list(house.desk.exports.fetch(house.desk.exports.offer(TRAINING, BEA)).pieces),  # type: ignore[union-attr]
        (BEA, "exported", "training data, chat by rating"),
    ),
    "export feedback": (
        lambda _, __, to: main(["export", "feedback", "-o", str(to / "said.csv")]),
        (COMMAND, "exported", "feedback, csv"),
    ),
    "export training": (
        lambda _, __, to: main(["export", "training", "-o", str(to / "train.zip")]),
        (COMMAND, "exported", "training data, chat by approval"),
    ),
    "digest": (
        lambda _, __, to: main(["digest", "-o", str(to), "--until", str(date(2026, 6, 14))]),
        (COMMAND, "exported", "weekly report"),
    ),
    "eval cases": (
        lambda house, _, __: next(tried(house, house.desk.cases.listing())),
        (COMMAND, "listed", "test cases, 1"),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_reading_is_noted(house: House, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_CONFIG")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(house.settings.data_dir))
    _, answer_id = reviewed(house)
    house.desk.cases.keep(answer_id, CaseDraft("When is lunch?", facts=("noon",)), by=BEA)
    read, expected = WAYS[way]
    read(house, answer_id, tmp_path)
    noted = [(one.actor, one.act, one.detail) for one in house.desk.audit.page(AuditFilter(), limit=9)]
    assert noted == [expected]


def test_the_log_names_who_is_no_person() -> None:
    names = Names({BEA: "Bea"})
    assert [names.of(one) for one in (BEA, COMMAND, "retention", "cid0123456")] == [
        "Bea",
        "the command line",
        "the app",
        "visitor cid01234",
    ]
