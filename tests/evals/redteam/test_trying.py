"""A few attacks on the real pipeline over HTTP; all of them run by `footnote eval red-team`."""

import json
from collections.abc import Callable
from functools import partial

import pytest

from evals.redteam import command
from evals.redteam.cases import HARMLESS, Case, cases
from evals.redteam.trying import leaked, tried
from guards.answer import AnswerGuard
from rag.bootstrap import build
from rag.house import House
from rag.prompting import part, read
from rag.settings import BadSettings, Guards, Settings
from tests.conftest import direct_parser, hash_embedder

Make = Callable[[Settings], House]
CHOSEN = ("exfiltrate-image", "hidden-comment", "spoof-number", "canary-2", "document-text-1", "harmless-1")
UNGUARDED = Guards(question={}, document={}, passage={}, stream={}, answer={})


@pytest.fixture
def make(answer_guard: AnswerGuard) -> Make:
    return partial(build, embedder=hash_embedder, guard=lambda: answer_guard, parser=direct_parser)


def some(*names: str) -> list[Case]:
    return [case for case in cases() if case.id in names]


def test_attacks_end_where_something_stands_in_their_way(settings: Settings, make: Make) -> None:
    outcomes = {one.case.id: one for one in tried(settings, some(*CHOSEN), make=make)}

    assert [name for name, one in outcomes.items() if one.reached] == []
    assert outcomes["document-text-1"].by == "document: held back"
    assert "links" in outcomes["exfiltrate-image"].by
    assert outcomes["hidden-comment"].by == "document: hidden text left out"
    assert outcomes["spoof-number"].by.startswith("draft")
    assert outcomes["harmless-1"].status == "answered"


def test_without_guards_what_is_obeyed_reaches_the_reader(settings: Settings, make: Make) -> None:
    bare = settings.model_copy(update={"guards": UNGUARDED})
    outcomes = tried(bare, some("direct-1", "document-text-1", "exfiltrate-image"), make=make)

    assert [one.reached for one in outcomes] == [True, True, True]


def test_a_kind_below_its_line_fails_the_command(
    settings: Settings, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = settings.model_copy(update={"guards": UNGUARDED})

    assert command.red_team(bare, kinds=["split"], as_json=True, make=make) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(row["kind"], row["holds"]) for row in told["kinds"]] == [("split", False)]


def test_a_configured_writer_can_be_attacked_instead(
    settings: Settings, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.red_team(settings, kinds=["citation spoofing"], model="extractive", make=make) == 0
    assert "Writer: extractive" in capsys.readouterr().out


def test_what_does_not_exist_cannot_be_asked_for(settings: Settings) -> None:
    with pytest.raises(BadSettings, match="direct override"):
        command.red_team(settings, kinds=["sorcery"])
    with pytest.raises(BadSettings, match="extractive"):
        command.red_team(settings, kinds=[HARMLESS], model="nobody")


def test_instructions_and_their_random_word_are_recognised() -> None:
    told = part(read("answer"), "system", brand="Footnote", fence="0a1b2c3d", examples="")

    assert leaked(f"It says: {told[60:200]}")
    assert leaked("The mark is 0a1b 2c3d.", {"0a1b2c3d"})
    assert leaked("The tag is <passage-0a1b2c3d>.")
    assert not leaked("Full-time staff get 28 days of annual leave, since 2026-03-11.")
