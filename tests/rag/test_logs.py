"""The log: ours at the level that is set, libraries only when they warn, errors without their words."""

import io
import logging
import subprocess
import sys

import pytest

from rag import logs

SECRET = "the words of a document"
LIBRARIES = ("openai._base_client", "httpx", "httpcore.http11", "chromadb", "langchain_core", "sqlalchemy", "asyncio")


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_ours_are_written_from_the_level_on(log_written: io.StringIO, level: str) -> None:
    logs.set_up(level)
    for name in ("debug", "info", "warning", "error"):
        getattr(logging.getLogger("rag.jobs"), name)("said at %s", name)
    wanted = ["debug", "info", "warning", "error"]
    assert [line.split()[-1] for line in log_written.getvalue().splitlines()] == wanted[wanted.index(level) :]


@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries_are_heard_only_when_they_warn(log_written: io.StringIO, name: str) -> None:
    logs.set_up("debug")
    for say in ("debug", "info", "warning"):
        getattr(logging.getLogger(name), say)("said at %s", say)
    assert [line.split()[-1] for line in log_written.getvalue().splitlines()] == ["warning"]


def test_the_settings_hold_although_the_command_line_set_the_log_up_before(log_written: io.StringIO) -> None:
    logs.set_up("error")
    logs.set_up("info")
    logging.getLogger("rag.jobs").info("heard")
    assert log_written.getvalue().count("heard") == 1


def test_an_error_is_told_by_its_place_not_in_its_words(log_written: io.StringIO) -> None:
    logs.set_up("error")
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("rag.jobs").exception("A bug")
    line, where = log_written.getvalue().splitlines()
    assert line.endswith("ERROR rag.jobs: A bug")
    assert where.count("tests/rag/test_logs.py:") == 2
    assert ("ValueError" in where, "KeyError" in where, SECRET in where) == (True, True, False)


def test_another_handlers_traceback_is_not_taken_over() -> None:
    record = logging.LogRecord("rag.jobs", logging.ERROR, "jobs.py", 1, "A bug", (), (KeyError, KeyError(SECRET), None))
    logging.Formatter().format(record)
    assert SECRET not in logs.Discreet().format(record)


@pytest.mark.parametrize("wished", ["debug", "info"])
def test_models_clients_say_nothing_also_when_the_environment_asks_for_it(wished: str) -> None:
    look = "import logging, rag.models.client; print(*(logging.getLogger(n).level for n in ('openai', 'httpx')))"
    done = subprocess.run(
        [sys.executable, "-c", look], env={"OPENAI_LOG": wished}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(logging.WARNING)] * 2


def test_a_line_holds_no_personal_data(log_written: io.StringIO) -> None:
    logs.set_up("info")
    logging.getLogger("rag.jobs").info(
        "Reading %s for %s took 1234 ms", "jo@x.example.pdf", "GB29 NWBK 6016 1331 9268 19"
    )
    assert log_written.getvalue().endswith("Reading [e-mail] for [IBAN] took 1234 ms\n")


def test_a_line_keeps_what_operators_look_for(log_written: io.StringIO) -> None:
    line = "127.0.0.1:8501 and 10.0.0.5 on 2026-11-21 18:40:00,123: 404 after 0.25 s, chunk 20461, v1.67.0"
    logs.set_up("info")
    logging.getLogger("rag.jobs").info(line)
    assert log_written.getvalue().endswith(f"{line}\n")
