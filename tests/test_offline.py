"""The app as it is installed reaches for no network: every connection and every look-up outside is refused and noted.

Seen is whatever Python opens. Chroma's Rust and torch's C++ open no sockets of their own here: the vectors are
embedded and the model comes from a package.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.running import ROOT, App

GUARD = """
import os, sys

HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None)
EVENTS = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")

def refuse(event, args):
    if event not in EVENTS:
        return
    target = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
    if isinstance(target, (str, bytes)) and event in ("socket.connect", "socket.sendto"):
        return  # a socket in the file system
    host = target[0] if isinstance(target, tuple) else target
    host = host.decode() if isinstance(host, bytes) else host
    if host not in HERE:
        with open(os.environ["REFUSED"], "a") as seen:
            seen.write(f"{event} {target}\\n")
        raise OSError("refused by the test")

sys.addaudithook(refuse)
"""
PROGRAM = """
import json, time
from dataclasses import asdict
from rag import bootstrap
from rag.cancellation import Cancellation
from rag.settings import load

house = bootstrap.build(load())
house.load_samples()
house.library.add("tides.md", b"# Tides\\n\\nThe tide at Gull Rock turns at seven minutes past nine.\\n")
house.start()
house.warmup.guard(Cancellation())
house.warmup.wait_for_meaning()
while any(entry.state != "embedding" for entry in house.library.unfinished()):
    time.sleep(0.1)
asked = house.assistant.ask("somebody", "When does the tide turn at Gull Rock?")
house.assistant.job(asked.answer_id).wait(10**9, 60)
answer = house.assistant.conversation("somebody", asked.conversation_id)[1][0].answers[0]
print(json.dumps({"text": answer.text, "states": house.warmup.states()}))
house.close()
"""
pytestmark = pytest.mark.model


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """Where refused attempts are noted, and beside it the guard that every Python process started here loads first."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    note = tmp_path / "refused"
    note.touch()
    return note


def environment(refused: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(refused.parent / "guard"), "REFUSED": str(refused)}


def run(program: str, refused: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOOTNOTE_", "OPENAI_"))}
    own = environment(refused) | {"FOOTNOTE_DATA_DIR": str(refused.parent / "data")}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=kept | own, capture_output=True, text=True, check=False)


def test_the_guard_of_this_test_refuses_and_notes(refused: Path) -> None:
    done = run("import socket; socket.create_connection(('host.example', 80))", refused)

    assert (done.returncode, refused.read_text()) == (1, "socket.getaddrinfo host.example\n")


def test_the_server_warms_up_without_a_network(refused: Path, tmp_path: Path) -> None:
    """With a model configured, so that every part is wanted."""
    settings = {"FOOTNOTE_DOCUMENTS__SAMPLES": "false", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    with App(tmp_path / "app", **settings, **environment(refused)) as app:
        app.wait_until_warm()
        states = app.state()

    assert states == {"ready": True, "database": "ready", "models": "ready", "guard": "ready", "meaning": "ready"}
    assert refused.read_text() == ""


def test_a_question_is_answered_without_a_network(refused: Path) -> None:
    done = run(PROGRAM, refused)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])

    assert "seven minutes past nine" in answer["text"]
    assert set(answer["states"].values()) == {"ready"}
    assert refused.read_text() == ""
