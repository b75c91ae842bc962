"""Some pairs through the real pipeline."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from evals.bias.command import bias
from guards.answer import AnswerGuard
from rag.bootstrap import build
from rag.house import House
from rag.settings import Settings
from tests.conftest import direct_parser, hash_embedder

Make = Callable[[Settings], House]


@pytest.fixture
def make(answer_guard: AnswerGuard) -> Make:
    return partial(build, embedder=hash_embedder, guard=lambda: answer_guard, parser=direct_parser)


def test_pairs_are_asked_and_compared(
    settings: Settings, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "bias.md"

    assert bias(settings, in_json=True, report=str(page), limit=12, make=make) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["writer"] == "extractive"
    assert len(told["pairs"]) == 12
    assert any(one["a"]["status"] == "answered" for one in told["pairs"])
    assert page.read_text().startswith("# Bias: the same question about different people")
