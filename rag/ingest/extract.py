"""From a file to its text: the format is taken from the content, the extension has to be one we read."""

import logging
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from rag.ingest.content import Extracted, Unpacked, Unreadable
from rag.ingest.packages import check_package

MAX_BYTES = 50_000_000

Reader = Callable[[bytes, str], Extracted | Unpacked]
# Each format's module, imported with its parser when the first such file comes: together they take half a second.
_READERS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "plain",
    ".csv": "csv",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
}
SUPPORTED: frozenset[str] = frozenset(_READERS)
_BINARY = frozenset((".docx", ".pdf", ".xlsx"))
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02  # of the first bytes; more means the file is no text
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_log = logging.getLogger(__name__)


def check(name: str, data: bytes, max_bytes: int = MAX_BYTES) -> None:
    """What can be seen of a file before it is read. Raises `Unreadable`: unsupported, empty or too_large."""
    if PurePath(name).suffix.lower() not in SUPPORTED:
        kinds = ", ".join(sorted(SUPPORTED))
        raise Unreadable("unsupported", f"{name} is of a kind that cannot be read; save it as one of {kinds}.")
    if len(data) > max_bytes:
        limit = f"{max_bytes // 1_000_000} MB"
        raise Unreadable("too_large", f"{name} is larger than {limit}; split it into smaller files.")
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty", f"{name} is empty; add a version with text.")


def extract(name: str, data: bytes, max_bytes: int = MAX_BYTES) -> Extracted | Unpacked:
    """Text and blocks of the file called `name`. Raises `Unreadable` and nothing else, whatever the bytes are."""
    check(name, data, max_bytes)
    suffix = PurePath(name).suffix.lower()
    reader: Reader = import_module(f"rag.ingest.{_READERS[_format_of(data, suffix, name)]}").read
    try:
        return reader(data, name)
    except Unreadable:
        raise
    except Exception as error:  # the parsers raise anything, KeyError and AssertionError too
        _log.warning("%s could not be read as %s", name, suffix, exc_info=error)
        reason = "is damaged, or written in a way that cannot be read"
        raise Unreadable("damaged", f"{name} {reason}; save or export it again.") from error


def _format_of(data: bytes, suffix: str, name: str) -> str:
    """The suffix the content deserves. Raises `Unreadable` for content of no kind we read."""
    if b"%PDF-" in data[:1024] and (suffix == ".pdf" or data.startswith(b"%PDF-")):
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_format(check_package(data, name), name)
    if data.startswith(_OLE):
        raise _old_office(data, name)
    if data.startswith(b"{\\rtf"):
        raise Unreadable("unsupported", f"{name} is rich text (RTF); save it as .docx and add that.")
    if suffix in _BINARY:
        reason = f"is no {suffix[1:].upper()} file, whatever its name says, or is damaged"
        raise Unreadable("damaged", f"{name} {reason}; export it again.")
    start = data[:8192]
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and len(_CONTROLS.findall(start)) > len(start) * _MOST_CONTROLS:
        raise Unreadable("unsupported", f"{name} is no text, whatever its name says; add it under its right name.")
    return suffix


def _office_format(parts: frozenset[str], name: str) -> str:
    if any(part.startswith("word/") for part in parts):
        return ".docx"
    if any(part.startswith("xl/") for part in parts):
        return ".xlsx"
    if any(part.startswith("ppt/") for part in parts):
        raise Unreadable("unsupported", f"{name} is a PowerPoint file; export it as PDF and add that.")
    raise Unreadable("unsupported", f"{name} is an archive; unpack it and add the files in it.")


def _old_office(data: bytes, name: str) -> Unreadable:
    """New office files under a password and old ones share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("encrypted", f"{name} is protected by a password; remove it and add the file again.")
    advice = "save it as .docx, .xlsx or PDF and add that"
    return Unreadable("unsupported", f"{name} is in an old office format; {advice}.")
