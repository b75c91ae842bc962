"""`footnote doctor`."""

from pathlib import Path

import pytest

from rag.cli import main
from tests.model_server import ModelServer


def test_a_good_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "FAIL" not in said
    assert "0 documents" in said
    assert "none configured" in said
    assert "Search by meaning goes by all-MiniLM-L6-v2." in said


def test_a_model_that_answers_and_one_that_does_not(
    model_server: ModelServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = (
        ('name = "near"', f'base_url = "{model_server.url}"'),
        ('name = "far"', 'base_url = "http://127.0.0.1:9/v1"'),
    )
    text = "".join(f'[[models]]\n{name}\nmodel = "m"\n{url}\n' for name, url in models)
    (tmp_path / "footnote.toml").write_text(text)
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("ok    model near") for line in lines)
    assert any(line.startswith("warn  model far") for line in lines)


def test_a_broken_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database, but it is long enough to look like a file of one" * 20)
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", f"sqlite:///{broken}")
    assert main(["doctor"]) == 1
    assert "FAIL  database" in capsys.readouterr().out
