"""`footnote export`."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from evals.cli import main
from rag.settings import Settings
from store.engine import Database
from tests.rag.exports.answers import answered, down, library, up


@pytest.fixture(autouse=True)
def _said(settings: Settings) -> None:
    database = Database(settings.database)
    with database.write() as session:
        document = library(session)
        answered(session, document, "=1+1", feedback_given=up())
        answered(session, document, "How late?", feedback_given=down())
    database.close()


def test_feedback_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "feedback", "--format", "jsonl", "--rating", "up"]) == 0
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert [(row["question"], row["rating"]) for row in rows] == [("=1+1", 1)]


def test_or_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "said.csv"
    assert main(["export", "feedback", "--since", "2020-01-01", "-o", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["question"] for row in csv.DictReader(file)] == ["'=1+1", "How late?"]
    assert capsys.readouterr().err == f"2 answers in {path}.\n"


def test_training_data_with_what_was_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "train.zip"
    assert main(["export", "training", "--form", "chat", "--by", "rating", "--validation", "0", "-o", str(path)]) == 0
    assert sorted(zipfile.ZipFile(path).namelist()) == ["NOTICE.md", "manifest.json", "train.jsonl"]
    assert capsys.readouterr().err == f"1 of 1 answers became examples in {path}.\n"


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "training", "-o", str(tmp_path / "nowhere" / "train.zip")]) == 1
    assert "No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize("share", ["1", "-0.1", "half"])
def test_a_share_is_a_share(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["export", "training", "--validation", share, "-o", "x.zip"])
    assert "--validation" in capsys.readouterr().err
