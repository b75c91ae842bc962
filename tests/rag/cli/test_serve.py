"""`footnote serve`: what stands in the way is told in one sentence, before the server starts."""

import socket
import sys
from pathlib import Path

import pytest

from rag.cli import main, serve


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


def test_wrong_settings_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "many")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("The setting port in ")
