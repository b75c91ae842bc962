"""From a file to its text: the format is taken from the content, the ending has to be one we read."""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from rag.ingest.content import Extracted, Unpacked, Unreadable
from rag.ingest.formats import OLD, READERS, SUPPORTED, format_of
from rag.logs import places

__all__ = ["MAX_BYTES", "SUPPORTED", "check", "extract"]

MAX_BYTES = 50_000_000

Reader = Callable[[bytes, str], Extracted | Unpacked]
_log = logging.getLogger(__name__)


def check(name: str, data: bytes, max_bytes: int = MAX_BYTES) -> None:
    """What can be seen of a file before it is read. Raises `Unreadable`: unsupported, empty or too_large."""
    suffix = PurePath(name).suffix.lower()
    if suffix in OLD:
        advice = f"save it as {OLD[suffix]} or PDF and add that"
        raise Unreadable("unsupported", f"{name} is in an old office format; {advice}.")
    if suffix not in SUPPORTED:
        kinds = ", ".join(sorted(SUPPORTED))
        raise Unreadable("unsupported", f"{name} is of a kind that cannot be read; save it as one of {kinds}.")
    if len(data) > max_bytes:
        limit = f"{max_bytes // 1_000_000} MB"
        raise Unreadable("too_large", f"{name} is larger than {limit}; split it into smaller files.")
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty", f"{name} is empty; add a version with text.")


def extract(name: str, data: bytes, max_bytes: int = MAX_BYTES) -> Extracted | Unpacked:
    """Text and blocks of the file called `name`, or the files of an archive.

    Raises `Unreadable` and nothing else, whatever the bytes are.
    """
    check(name, data, max_bytes)
    suffix = PurePath(name).suffix.lower()
    reader: Reader = import_module(f"rag.ingest.{READERS[format_of(data, suffix, name)]}").read
    try:
        return reader(data, name)
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - the parsers raise anything, KeyError and AssertionError too
        # By its place, and not behind what is raised: its words may be those of the document.
        _log.warning("%s could not be read as %s: %s", name, suffix, places(error))
        reason = "is damaged, or written in a way that cannot be read"
        raise Unreadable("damaged", f"{name} {reason}; save or export it again.") from None
