"""guardrails, as we build it, looks nothing up, writes nothing in the home folder and says nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import atexit, json, logging, os, socket, sys, threading

seen = []

def refuse(real):
    def call(*args, **kwargs):
        target = args[0] if isinstance(args[0], (str, bytes, type(None))) else args[-1]
        host = target[0] if isinstance(target, tuple) else target
        if host not in ("127.0.0.1", "::1", "localhost", None):
            seen.append(str(target))
            raise OSError("refused by the test")
        return real(*args, **kwargs)
    return call

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, refuse(getattr(socket.socket, name)))
for name in ("getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse(getattr(socket, name)))

def report():  # the first to be registered runs last, after every exporter's own farewell
    print(json.dumps({"seen": seen, "before": before, "handlers": len(logging.getLogger().handlers),
        "nltk": "nltk" in sys.modules, "environment": os.environ.get("OTEL_SDK_DISABLED")}))

atexit.register(report)
from guards.answer import AnswerGuard
before = "guardrails" in sys.modules
guard = AnswerGuard()
raw = '{"answer": "Yes [1].", "citations": [{"passage": 1, "quote": "QUOTE"}]}'
for at in range(50):
    guard.validate(raw.replace("QUOTE", "words" if at % 2 else "nothing like it"), ["the words"])
threading.Event().wait(1)
"""


def run(home: Path) -> dict:
    """What the program saw, in a process with warnings as errors and this home folder."""
    hidden = {"OTEL_SDK_DISABLED", "GUARDRAILS_RUN_SYNC", "LITELLM_LOCAL_MODEL_COST_MAP"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden} | {"HOME": str(home)}
    root = Path(__file__).parents[2]
    command = [sys.executable, "-W", "error", "-c", PROGRAM]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def asked_for_metrics(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    """A run whose home folder has an rc file that switches telemetry on."""
    home = tmp_path_factory.mktemp("home")
    (home / ".guardrailsrc").write_text("id=someone\nenable_metrics=true\n")
    return run(home), home


def test_it_reaches_for_no_network(asked_for_metrics: tuple[dict, Path]) -> None:
    assert asked_for_metrics[0]["seen"] == []


def test_it_leaves_the_rc_file_of_the_user_alone(asked_for_metrics: tuple[dict, Path]) -> None:
    files = {path.name: path.read_text() for path in asked_for_metrics[1].iterdir()}
    assert files == {".guardrailsrc": "id=someone\nenable_metrics=true\n"}


def test_it_makes_no_rc_file_and_reaches_for_no_network_without_one(tmp_path: Path) -> None:
    assert run(tmp_path)["seen"] == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_imported_before_a_guard_is_built(asked_for_metrics: tuple[dict, Path]) -> None:
    assert asked_for_metrics[0]["before"] is False


def test_it_changes_nothing_for_the_rest_of_the_app(asked_for_metrics: tuple[dict, Path]) -> None:
    seen = asked_for_metrics[0]
    assert (seen["handlers"], seen["nltk"], seen["environment"]) == (0, False, None)
