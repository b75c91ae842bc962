"""The process that parses files, one after the other, under limits: `python -m rag.ingest.child MEGABYTES`.

Reads requests from its standard input and answers on its standard output, a line of JSON each; see rag/ingest/wire.py.
Whatever a file does to a parser, it does to this process alone.
"""

import errno
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from rag.ingest.content import Unreadable
from rag.ingest.extract import extract
from rag.ingest.reporting import reporting
from rag.ingest.wire import told

NICENESS = 10  # people who ask go first
WRITTEN_MEGABYTES = 1000  # into one file
OPEN_FILES = 128
ORPHANED_S = 0.5  # how often to look whether the app is still there
KEPT_MEGABYTES = 300  # a process that has needed more is not used again


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="replace")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a parser prints must not stand among the answers
    _limit(int(sys.argv[1]))
    threading.Thread(target=_end_with_the_app, args=[os.getppid()], daemon=True).start()
    for line in sys.stdin:
        _serve(json.loads(line), answers)


def _limit(megabytes: int) -> None:
    os.nice(NICENESS)
    for kind, most in (
        (resource.RLIMIT_AS, megabytes * 1_000_000),
        (resource.RLIMIT_FSIZE, WRITTEN_MEGABYTES * 1_000_000),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with_the_app(parent: int) -> None:
    """Ends this process, and what it started, once its parent was killed; takes along what was put down for it."""
    while os.getppid() == parent:
        time.sleep(ORPHANED_S)
    if tempfile.tempdir is not None:
        shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _serve(request: dict[str, Any], answers: TextIO) -> None:
    """Parses one file. An alarm ends this process should a parser hang that lets no other thread run."""
    signal.alarm(int(request["seconds"]) + 5)
    folder = Path(request["folder"])
    tempfile.tempdir = str(folder)
    with reporting(lambda done, of: _say(answers, {"done": done, "of": of})):
        outcome = _parsed(request, folder)
    _say(answers, outcome | {"grown": _peak_megabytes() > KEPT_MEGABYTES})
    signal.alarm(0)


def _parsed(request: dict[str, Any], folder: Path) -> dict[str, Any]:
    try:
        return {
            "parsed": told(extract(request["name"], Path(request["path"]).read_bytes(), request["max_bytes"]), folder)
        }
    except Unreadable as trouble:
        return {"unreadable": trouble.kind, "problem": str(trouble)}
    except MemoryError:
        return {"unreadable": "too_large", "problem": f"{request['name']} needs too much memory to be read; split it."}
    except OSError as error:
        return {"lost": error.errno or errno.EIO}


def _say(answers: TextIO, line: dict[str, Any]) -> None:
    answers.write(json.dumps(line) + "\n")
    answers.flush()


def _peak_megabytes() -> float:
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage would tell the peak of the process that started this one
        return next(float(line.split()[1]) for line in status.read_text().splitlines() if line[:6] == "VmHWM:") / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts bytes


if __name__ == "__main__":
    main()
