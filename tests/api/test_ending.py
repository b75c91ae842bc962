"""The first signal waits for answers, the second does not, and a server that ended when asked ended well."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from api import ending

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20
SERVER = """
import sys, threading
from contextlib import asynccontextmanager
import uvicorn
from starlette.applications import Starlette
from api import ending

hurried = threading.Event()

def drain():
    print("draining", flush=True)
    print("hurried" if hurried.wait({drain_s}) else "drained", flush=True)
    return False

@asynccontextmanager
async def lifespan(_):
    with ending.answers_first(drain, hurried.set):
        print("begun", flush=True)
        yield
    print("closed", flush=True)

uvicorn.run(Starlette(lifespan=lifespan), port=0, log_level="critical")
"""


class Server:
    """A server that drains for so many seconds."""

    def __init__(self, drain_s: float) -> None:
        program = SERVER.format(drain_s=drain_s)
        self.process = Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.hear("begun")

    def hear(self, word: str) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline().strip() == word

    def end(self) -> tuple[int, list[str]]:
        """Exit code, and what it said last."""
        said, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said.split()


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    started: list[Server] = []
    yield started
    for server in started:
        server.process.kill()
        server.process.communicate()


@pytest.mark.parametrize("number", ending.SIGNALS)
def test_a_signal_lets_answers_end_before_the_server_does(servers: list[Server], number: signal.Signals) -> None:
    servers.append(server := Server(0.1))
    server.process.send_signal(number)

    assert server.end() == (0, ["draining", "drained", "closed"])


def test_a_second_signal_does_not_wait(servers: list[Server]) -> None:
    servers.append(server := Server(600))
    server.process.terminate()
    server.hear("draining")
    server.process.terminate()

    assert server.end() == (0, ["hurried", "closed"])


def test_outside_the_main_thread_signals_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen: list[object] = []

    def enter() -> None:
        with ending.answers_first(lambda: False, lambda: None):
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]
