"""Whether the SQLite file we opened still stands at its path.

On Unix a file that was moved or deleted stays open: all would seem well, and everything written would be lost with the
last connection. Another file at its path may be a restored backup, which is used, unless the old write-ahead log still
lies beside it: SQLite would play the old file's pages into the new one.
"""

from pathlib import Path

Identity = tuple[int, int]


class Gone(Exception):
    """The file is not there, or another one whose log is not its own; the message says which."""


class Presence:
    """One database file, from the first time it is seen."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._known: Identity | None = None
        self._known_log: Identity | None = None

    def check(self) -> Identity | None:
        """Which file stands there; None while there never was one. Raises Gone."""
        found, log = _identity(self._path), _identity(self._log)
        if found is None:
            if self._known is None:
                return None
            raise Gone(f"{self._path} is gone; put it back, or start the app again for an empty one")
        if self._known not in (None, found) and log is not None and log == self._known_log:
            raise Gone(
                f"{self._path} was replaced while the log of the file before it still lies beside it; "
                "stop the app, remove the files ending in -wal and -shm, and start it again"
            )
        self._known, self._known_log = found, log
        return found


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
