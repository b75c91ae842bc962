"""`footnote serve`: what stands in the way is told in one sentence, before the server starts."""

import socket
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from rag.cli import main, serve
from store.engine import Database


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command this process would become."""
    commands: list[list[str]] = []
    monkeypatch.setattr(serve.runpy, "run_module", lambda name, **_: commands.append([name, *sys.argv]))
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.chdir(Path.cwd())
    return commands


def test_it_becomes_the_server(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "0")
    main(["serve"])
    assert started[0][:3] == ["streamlit", "streamlit", "run"]
    assert started[0][started[0].index("--server.address") + 1] == "127.0.0.1"


def test_a_port_in_use_is_told(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("FOOTNOTE_PORT", str(taken.getsockname()[1]))
        assert main(["serve"]) == 1
    assert "Set FOOTNOTE_PORT" in capsys.readouterr().err
    assert started == []


def test_a_data_folder_that_is_a_file_is_told(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(tmp_path / "file"))
    assert main(["serve"]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert started == []


def test_a_database_that_cannot_be_written_is_told(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FOOTNOTE_PORT", "0")
    assert main(["serve"]) == 0
    monkeypatch.setattr(serve, "Database", partial(Database, patience_s=0.05))
    with closing(sqlite3.connect(tmp_path / "footnote.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert main(["serve"]) == 1
        other.execute("ROLLBACK")
    told = capsys.readouterr().err
    assert told.startswith("The database cannot be used: database is locked.")
    assert (told.count("\n"), len(started)) == (1, 1)


@pytest.mark.parametrize("level", ["debug", "warning"])
def test_streamlit_never_logs_what_people_type(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "0")
    monkeypatch.setenv("FOOTNOTE_LOG_LEVEL", level)
    main(["serve"])
    assert started[0][started[0].index("--logger.level") + 1] == {"debug": "info"}.get(level, level)


def test_wrong_settings_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "many")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("The setting port in ")
