"""`footnote export`."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from evals.cli import main
from rag.exports.judging import NONE
from rag.settings import Settings
from store.engine import Database
from tests.model_server import ModelServer, Reply
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


def test_without_a_judge_it_is_said_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "train.zip"
    assert main(["export", "training", "--by", "judge", "-o", str(path)]) == 1
    assert (capsys.readouterr().err, path.exists()) == (f"{NONE}\n", False)


def test_a_judge_is_asked_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, model_server: ModelServer
) -> None:
    model_server.default = Reply('{"reason": "", "faithful": true, "useful": true}')
    config, path = tmp_path / "footnote.toml", tmp_path / "train.zip"
    config.write_text(
        f'[[models]]\nname = "first"\nmodel = "m"\nbase_url = "{model_server.url}"\n[review]\njudge = "first"\n'
    )
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(config))
    assert main(["export", "training", "--by", "judge", "--validation", "0", "-o", str(path)]) == 0
    said = capsys.readouterr().err
    assert "2 of 2 answers are left to first judge@1: its price is not known, at most 500 answers now." in said
    assert "2 judged for $0.0000; 0 can be no examples. Ended: done." in said
    assert "Readers say the same of 1 of 2" in said
    assert "1 of 1 answers became examples" in said
