"""`footnote reindex`."""

from pathlib import Path

import pytest

from rag.cli import main
from rag.house import House


def test_the_index_is_built_anew_and_taken_back(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["reindex"]) == 0
    assert "the new one answers" in capsys.readouterr().out
    assert main(["reindex", "--rollback"]) == 0
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("Everything fits together.\n")


def test_without_an_index_before_there_is_nothing_to_take_back(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    assert main(["reindex", "--rollback"]) == 1


def test_the_running_app_does_it(running_app: House, leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    before = running_app.indexes.shelf().active
    capsys.readouterr()
    assert main(["reindex"]) == 0
    assert "The running app does it" in capsys.readouterr().out
    running_app.worker.close()
    while running_app.worker.step():
        pass
    assert running_app.indexes.shelf().active != before
