"""Parsing in a process of its own, with limits on time and memory, so that a hostile or broken file fails alone.

A parser hangs, eats memory or crashes; the process is ended and the file gets a sentence. A process that behaved is
used again, until it has grown: what parsers took goes back to the system with it.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rag.cancellation import Cancelled
from rag.ingest.content import Unreadable
from rag.ingest.wire import Parsed, heard

NOTICE_S = 0.1  # how soon a cancel is noticed
FILES = 100  # parsed by one process, at most
ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TESSDATA_PREFIX", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Request:
    """A kept file to parse."""

    name: str
    path: Path
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 300  # in all
    still_seconds: float = 20  # without one more page
    megabytes: int = 1500


class Parser(Protocol):
    """Turns a kept file into its text. Raises Unreadable, Cancelled, OSError when the file is not there."""

    def parse(
        self, request: Request, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Parsed: ...
    def close(self) -> None: ...


class ProcessParser:
    """Parses in a child process that is started when the first file comes. For one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def parse(self, request: Request, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Parsed:
        with tempfile.TemporaryDirectory(prefix="footnote-") as folder:
            try:
                line = self._ask(request, folder, progress, cancelled)
            except BaseException:
                self.close()
                raise
            self._files += 1
            if line.get("grown") or self._files >= FILES:
                self.close()
            return _outcome(line, Path(folder), request)

    def close(self) -> None:
        """Ends the child, with what it started itself."""
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()

    def _ask(
        self, request: Request, folder: str, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        """The last line about a file."""
        asked = {"name": request.name, "path": str(request.path.resolve()), "max_bytes": request.max_bytes}
        try:
            watch = _Watch(self._started(), request.name, self._limits, cancelled)
            watch.send(asked | {"folder": folder, "seconds": self._limits.seconds})
            while "of" in (line := watch.next_line()):
                progress(int(line["done"]), int(line["of"]))
                watch.moved()
        except (KeyError, ValueError, TypeError, BrokenPipeError) as error:
            raise _broke_the_parser(request.name) from error
        return line

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._files = 0
            known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}  # no keys, no passwords
            self._child = subprocess.Popen(
                [sys.executable, "-m", "rag.ingest.child", str(self._limits.megabytes)],
                cwd=ROOT,
                env=known | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._child


class _Watch:
    """One file at the child: its lines, as long as it keeps to its limits."""

    def __init__(
        self, child: subprocess.Popen[bytes], name: str, limits: Limits, cancelled: Callable[[], bool]
    ) -> None:
        self._child, self._name, self._limits, self._cancelled = child, name, limits, cancelled
        self._end = time.monotonic() + limits.seconds
        self._still = time.monotonic() + limits.still_seconds
        self._received = b""

    def send(self, asked: dict[str, Any]) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(asked).encode() + b"\n")
        self._child.stdin.flush()

    def moved(self) -> None:
        """One more page was read."""
        self._still = time.monotonic() + self._limits.still_seconds

    def next_line(self) -> dict[str, Any]:
        """Raises Cancelled, Unreadable."""
        assert self._child.stdout is not None
        parts = [self._received]
        while b"\n" not in parts[-1]:
            if select.select([self._child.stdout], [], [], NOTICE_S)[0]:
                part = os.read(self._child.stdout.fileno(), 1 << 20)
                if not part:
                    raise BrokenPipeError
                parts.append(part)
            self._check()
        line, self._received = b"".join(parts).split(b"\n", 1)
        found = json.loads(line)
        if not isinstance(found, dict):
            raise TypeError
        return found

    def _check(self) -> None:
        if self._cancelled():
            raise Cancelled
        if time.monotonic() > min(self._end, self._still):
            raise Unreadable("too_large", f"{self._name} takes too long to be read; split it, or export it again.")


def _outcome(line: dict[str, Any], folder: Path, request: Request) -> Parsed:
    """What the last line says. Raises Unreadable, OSError."""
    try:
        if "lost" in line:
            raise OSError(int(line["lost"]), "The kept file was not read", str(request.path))
        if "unreadable" in line:
            raise Unreadable(line["unreadable"], str(line["problem"]))
        return heard(line["parsed"], folder)
    except (KeyError, ValueError, TypeError) as error:
        raise _broke_the_parser(request.name) from error


def _broke_the_parser(name: str) -> Unreadable:
    reason = "is damaged in a way that stops the program that reads it, or needs too much memory"
    return Unreadable("damaged", f"{name} {reason}; export it again.")
