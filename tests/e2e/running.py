"""The real app as a process and a real browser: for the browser tests and for `docs/screenshots.py`.

NotRunning      the app ended or did not become ready; the message carries the end of its log
NoBrowser       no Chromium was found
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what a page asks for is seen, but never leaves
)
READY_S = 60
WARM_S = 180
END_S = 20
LOG_CHARACTERS = 6000


class NotRunning(Exception):
    """The app is not there."""


class NoBrowser(Exception):
    """There is no browser to test with."""


def launch(playwright: Playwright) -> Browser:
    """A browser without a window. Raises NoBrowser."""
    path = browser_path(playwright)
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def browser_path(playwright: Playwright) -> str:
    """The browser to use: the one named in FOOTNOTE_CHROMIUM, on the PATH, or Playwright's own. Raises NoBrowser."""
    named = os.environ.get("FOOTNOTE_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise NoBrowser(f"FOOTNOTE_CHROMIUM names {named}, which is not a file.")
        return named
    on_path = filter(None, map(shutil.which, BROWSERS))
    carried = playwright.chromium.executable_path
    found = next(on_path, None) or (carried if Path(carried).is_file() else None)
    if found is None:
        raise NoBrowser(
            "The browser tests need Chromium: install it, run `playwright install chromium`, "
            "or name one in FOOTNOTE_CHROMIUM."
        )
    return found


class App:
    """`streamlit run app.py` over a data folder that outlives it. A context manager; may be killed and started again.

    `environment` holds the only FOOTNOTE_* and OPENAI_* variables the app sees; no `footnote.toml` is read.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.data = folder / "data"
        self._log = folder / "app.log"
        self._settings = folder / "footnote.toml"
        self._environment = environment
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Starts it, at the same address as before, and waits until it answers questions. Raises NotRunning."""
        self._settings.parent.mkdir(parents=True, exist_ok=True)
        self._settings.touch()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), cwd=ROOT, env=self.variables(), stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self._wait(lambda state: state["ready"], READY_S)
        except NotRunning:
            self.stop()
            raise

    def wait_until_warm(self) -> None:
        """Waits until nothing is loading and every document has its vectors. Raises NotRunning."""
        self._wait(lambda state: "warming" not in state.values() and not self._waiting_for_vectors(), WARM_S)

    def stop(self) -> None:
        """Asks it to end, as an operator does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def ask_to_end(self) -> None:
        """Sends the signal and does not wait."""
        if self._process is not None:
            self._process.terminate()

    def wait_for_end(self) -> int:
        """Waits until it has ended by itself; gives its exit code. Raises subprocess.TimeoutExpired."""
        code = self._process.wait(END_S) if self._process else 0
        self._process = None
        return code

    def kill(self) -> None:
        """Ends it without a warning, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database right now."""
        database = sqlite3.connect(self.data / "footnote.db")
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()

    def log(self) -> str:
        """The end of what it printed."""
        return self._log.read_text("utf-8", errors="replace")[-LOG_CHARACTERS:]

    def command(self) -> list[str]:
        """What starts it."""
        options = ["--server.port", str(self._port), "--server.address", "127.0.0.1"]
        return [sys.executable, "-m", "streamlit", "run", "app.py", *options]

    def variables(self) -> dict[str, str]:
        """The environment it runs in."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOOTNOTE_", "OPENAI_"))}
        own = {"FOOTNOTE_DATA_DIR": str(self.data), "FOOTNOTE_CONFIG": str(self._settings)}
        return kept | own | self._environment

    def _wait(self, fulfilled: Callable[[dict[str, Any]], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            state = self.state()
            if state and fulfilled(state):
                return
            if self._process is None or self._process.poll() is not None:
                raise NotRunning(f"The app ended:\n{self.log()}")
            time.sleep(0.1)
        raise NotRunning(f"The app did not get ready in {seconds:.0f} s:\n{self.log()}")

    def state(self) -> dict[str, Any]:
        """What `/api/ready` says; nothing while the app does not answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/ready", timeout=5) as answer:
                state: dict[str, Any] = json.load(answer)
        except (urllib.error.URLError, OSError):
            return {}
        return state

    def status(self, path: str) -> int:
        """The HTTP status of a path; 0 while the app does not answer."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, OSError):
            return 0

    def _waiting_for_vectors(self) -> bool:
        busy = "SELECT count(*) FROM entries WHERE state IN ('queued', 'reading', 'embedding')"
        return bool(self.rows(busy)[0][0])


class Served(App):
    """The same by `footnote serve`."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "rag", "serve"]

    def variables(self) -> dict[str, str]:
        return super().variables() | {"FOOTNOTE_PORT": str(self._port)}


def eventually(read: Callable[[], object], expected: object, seconds: float = 10) -> None:
    """Asserts that what is read becomes what is expected."""
    until = time.monotonic() + seconds
    while (found := read()) != expected and time.monotonic() < until:
        time.sleep(0.05)
    assert found == expected


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port
