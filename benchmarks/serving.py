"""The server and the test model as processes of their own, and what the kernel says about their memory."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.data import ROOT
from store import progress
from store.engine import Database

READY_S, WARM_S, END_S = 120, 600, 30
EVERY_S = 0.02


class Served:
    """`python -m rag serve` over a data folder. Times are seconds since its process was begun."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{_free_port()}"
        self._data, self._log = folder / "data", folder / "server.log"
        (folder / "footnote.toml").touch()
        own = {
            "FOOTNOTE_CONFIG": str(folder / "footnote.toml"),
            "FOOTNOTE_DATA_DIR": str(self._data),
            "FOOTNOTE_PORT": self.url.rpartition(":")[2],
            "FOOTNOTE_LIMITS__QUESTIONS_PER_MINUTE": "0",
        }
        self._begun = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rag", "serve"],
                cwd=ROOT,
                env=os.environ | own | environment,
                stdout=log,
                stderr=log,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def seconds(self) -> float:
        return time.perf_counter() - self._begun

    def until_ready(self) -> float:
        return self._until(lambda state: bool(state.get("ready")), READY_S)

    def until_warm(self) -> float:
        """Until every part is loaded."""
        return self._until(lambda state: bool(state.get("ready")) and "warming" not in state.values(), WARM_S)

    def until_embedded(self) -> float:
        """Until every document that came in has all its vectors."""
        database = Database(f"sqlite:///{self._data / 'footnote.db'}")
        try:
            while True:
                with database.read() as session:
                    if not progress.unfinished(session):
                        return self.seconds()
                self._rest(WARM_S)
        finally:
            database.close()

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _until(self, fulfilled: Callable[[dict[str, Any]], bool], patience_s: float) -> float:
        while not fulfilled(self._state()):
            self._rest(patience_s)
        return self.seconds()

    def _rest(self, patience_s: float) -> None:
        if self._process.poll() is not None or self.seconds() > patience_s:
            raise RuntimeError(f"The server did not come so far:\n{self._log.read_text('utf-8', 'replace')[-3000:]}")
        time.sleep(EVERY_S)

    def _state(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"{self.url}/api/ready", timeout=5) as answer:
                state: dict[str, Any] = json.load(answer)
        except (urllib.error.URLError, OSError):
            return {}
        return state


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    server = Served(folder, **environment)
    try:
        yield server
    finally:
        server.end()


@contextmanager
def model(*options: str) -> Iterator[str]:
    """The test model server in a process of its own; gives its URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.model_server", *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        if process.stdout is None:
            raise RuntimeError("The model server has no output.")
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def control(url: str, command: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the model server received so far, after it was told something."""
    body = None if command is None else json.dumps(command).encode()
    request = urllib.request.Request(url.removesuffix("/v1") + "/control", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        state: dict[str, Any] = json.load(answer)
    return state


def megabytes(pid: int) -> tuple[float, float]:
    """Resident memory of a process, and its proportional share where the kernel tells it (else NaN)."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        told = ""
    proportional = _kilobytes(told, "Pss:") if told else None
    resident = _kilobytes(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"), "VmRSS:")
    return (resident or 0) / 1000, proportional / 1000 if proportional is not None else float("nan")


def cpu_s(pid: int) -> float:
    """Seconds of processor time a process has used, its ended threads included."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(told: str, name: str) -> float | None:
    """Kibibytes in the file, whatever their unit is called there."""
    rows = (line.split() for line in told.splitlines())
    return next((float(row[1]) * 1.024 for row in rows if row[:1] == [name]), None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def plain_page(model_url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """`benchmarks/plain_page.py` over this model: its URL and process."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/plain_page.py", "--server.port", str(port)]
    with (folder / "plain.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"OPENAI_BASE_URL": model_url}, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_healthy(url, process)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait()


def _until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + READY_S
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(EVERY_S)
    raise RuntimeError("The plain page did not come up.")
