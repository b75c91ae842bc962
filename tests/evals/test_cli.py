"""`footnote` with the commands of all layers."""

import pytest

from evals.cli import main


def test_evaluations_stand_beside_the_other_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["eval", "red-team", "--help"], ["eval", "cases", "--help"]):
        with pytest.raises(SystemExit, match="0"):
            main(arguments)

    told = capsys.readouterr().out
    assert all(word in told for word in ("ingest", "doctor", "eval", "--kind", "--json", "--model", "--require"))
