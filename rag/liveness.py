"""Who is alive, and who owns the vector index: file locks, which the operating system lets go when a process dies."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock, Timeout


class Liveness:
    """This process among those that share a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "processes"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.process = secrets.token_hex(8)
        self._own = FileLock(self._path(self.process))
        self._own.acquire(timeout=0)
        self._index = FileLock(data_dir / "index.lock")

    def own_index(self) -> bool:
        """Takes the embedded vector index for this process; False when another one has it."""
        if self._index.is_locked:
            return True
        try:
            self._index.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def dead(self, processes: Iterable[str]) -> list[str]:
        """Those of these processes that are not running any more."""
        return [process for process in processes if process != self.process and self._is_dead(process)]

    def close(self) -> None:
        self._index.release()
        self._own.release()
        self._path(self.process).unlink(missing_ok=True)

    def _is_dead(self, process: str) -> bool:
        lock = FileLock(self._path(process))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        lock.release()
        self._path(process).unlink(missing_ok=True)
        return True

    def _path(self, process: str) -> Path:
        return self._folder / f"{process}.lock"
