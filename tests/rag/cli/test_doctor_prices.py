"""`footnote doctor` on what models cost."""

from pathlib import Path

import pytest

from rag.cli import main

LISTED = 'name = "small"\nmodel = "gpt-4o-mini"\nbase_url = "http://127.0.0.1:9/v1"\nprice_of = "openai/gpt-4o-mini"\n'
UNLISTED = 'name = "own"\nmodel = "ours"\nbase_url = "http://127.0.0.1:9/v1"\n'


def told(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> str:
    (folder / "footnote.toml").write_text(text)
    assert main(["doctor"]) == 0
    return next(line for line in capsys.readouterr().out.splitlines() if "price " in line)


def test_a_known_price_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = told(tmp_path, capsys, f"[[models]]\n{LISTED}")

    assert line.startswith("ok    price small")
    assert "about 0.0007 USD an answer" in line


def test_an_unknown_price_is_no_trouble_without_a_budget(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, capsys, f"[[models]]\n{UNLISTED}").startswith("ok    price own")


def test_an_unknown_price_under_a_budget_in_money_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = told(tmp_path, capsys, f"[budget]\nusd_per_person_day = 1\n[[models]]\n{UNLISTED}")

    assert line.startswith("warn  price own")
    assert "does not see what it costs" in line


def test_a_misspelt_price_of_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = told(tmp_path, capsys, f'[[models]]\n{UNLISTED}price_of = "openai/gtp-4o"\n')

    assert line.startswith("warn  price own")
