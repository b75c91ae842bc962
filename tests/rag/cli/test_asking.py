"""`footnote ask`."""

import json
import time
from pathlib import Path

import pytest

from rag import problems
from rag.assistant import Assistant
from rag.cli import main
from rag.house import House
from tests.model_server import ModelServer, Status

FIELDS = {
    "text",
    "status",
    "writer",
    "degraded",
    "citations",
    "support",
    "findings",
    "conflicts",
    "follow_ups",
    "prompt_version",
    "usage",
    "cost_usd",
    "timings_ms",
    "trace_id",
}


def test_an_answer_with_its_footnote(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["ask", "How many days of annual leave do staff get?"]) == 0
    answer, footnotes = capsys.readouterr().out.split("\n\n", 1)
    assert answer == "Full-time staff get 28 days of annual leave a year. [1]"
    assert footnotes == "[1] Leave · Leave\n    “Full-time staff get 28 days of annual leave a year.”\n"


def test_the_whole_answer_as_json(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    main(["ask", "How many days of annual leave do staff get?", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == FIELDS
    assert (answer["status"], answer["writer"], answer["degraded"]) == ("answered", "extractive", None)
    cited = answer["citations"][0]
    assert set(cited) == {"number", "quote", "document", "section", "page", "start", "end"}
    assert (
        "Leave\n\nFull-time staff get 28 days of annual leave a year."[cited["start"] : cited["end"]] == cited["quote"]
    )


def test_not_in_the_documents_is_no_failure(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["ask", "Who won the world cup?", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "not_found"


def test_an_empty_library_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Anything?", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "failed"
    assert "no documents yet" in answer["text"]


def test_beside_the_running_app_words_alone_answer(
    running_app: House, leave: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["ask", "How many days of annual leave do staff get?"]) == 0
    said = capsys.readouterr()
    assert "28 days" in said.out
    assert "searching by words alone" in said.err


def test_a_tag_narrows_what_is_asked(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "--tag", "hr", str(leave)])
    question = "How many days of annual leave do staff get?"
    capsys.readouterr()
    main(["ask", question, "--tag", "hr"])
    assert "28 days" in capsys.readouterr().out
    main(["ask", question, "--tag", "it"])
    assert "28 days" not in capsys.readouterr().out


def test_an_answer_that_ended_before_anybody_looked_is_printed(
    leave: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()

    def ended(assistant: Assistant, answer_id: int) -> None:
        while assistant._jobs.get(answer_id):
            time.sleep(0.01)

    monkeypatch.setattr(Assistant, "job", ended)
    assert main(["ask", "How many days of annual leave do staff get?"]) == 0
    assert capsys.readouterr().out.startswith("Full-time staff get 28 days of annual leave a year. [1]\n\n[1] Leave")


def test_why_the_documents_answer_instead_of_the_model_is_told(
    leave: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    with ModelServer(Status(401)) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_MODEL", "hosted")
        assert main(["ask", "How many days of annual leave do staff get?"]) == 0
    said = capsys.readouterr()
    assert "28 days" in said.out
    assert problems.notice("model_unauthorized") in said.err


def test_how_often_readers_may_ask_is_no_limit_of_ours(
    leave: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "footnote.toml").write_text(
        '[limits]\nquestions_per_minute = 1\nquestions_per_hour = 1\nkept_in = "sql"\n'
    )
    main(["ingest", str(leave)])

    assert [main(["ask", "How many days of annual leave do staff get?"]) for _ in range(3)] == [0, 0, 0]
