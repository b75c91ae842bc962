"""Where the app runs: room on the disk, time since the start, versions."""

import os
import platform
import shutil
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

LOW_DISK_BYTES = 2_000_000_000
LIBRARIES = ("footnote", "streamlit", "chromadb", "guardrails-ai", "langchain-openai", "onnxruntime", "sqlalchemy")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it runs. Bytes, seconds."""

    free_bytes: int
    total_bytes: int
    is_low: bool
    uptime_s: float
    process: int
    versions: dict[str, str]


def look(data_dir: Path, *, uptime_s: float) -> Machine:
    """The machine as it is right now."""
    disk = shutil.disk_usage(data_dir)
    return Machine(
        free_bytes=disk.free,
        total_bytes=disk.total,
        is_low=disk.free < LOW_DISK_BYTES,
        uptime_s=uptime_s,
        process=os.getpid(),
        versions={"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version} | _versions(),
    )


@cache
def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found
