"""`footnote doctor`."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.cli import main
from store import health
from store.engine import Database
from store.records import HealthRecord
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


def test_the_breaker_of_each_model_is_told(
    model_server: ModelServer,
    tmp_path: Path,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    until = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    resting = HealthRecord("tired", "open", 3, 1, resting_until=until, last_problem="model_error")
    with database.write() as session:
        health.change(session, "tired", lambda _: resting)
        health.change(session, "out", lambda before: replace(before, taken_out=True))
    names = ("tired", "out", "well")
    text = "".join(f'[[models]]\nname = "{name}"\nmodel = "m"\nbase_url = "{model_server.url}"\n' for name in names)
    (tmp_path / "footnote.toml").write_text(text)
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", database.url)
    main(["doctor"])
    said = capsys.readouterr().out
    assert "answers with 200; resting until 12:30:00 UTC after model_error" in said
    assert "answers with 200; taken out by hand" in said
    assert "answers with 200; asked as usual" in said


def test_a_broken_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database, but it is long enough to look like a file of one" * 20)
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", f"sqlite:///{broken}")
    assert main(["doctor"]) == 1
    assert "FAIL  database" in capsys.readouterr().out
