"""Which reader a file gets: its content decides, and its ending only between formats of text."""

import re
import zipfile
from io import BytesIO

from rag.ingest.content import Unreadable
from rag.ingest.packages import BROKEN, check_package

# Each format's module, imported with its parser when the first such file comes: together they take half a second.
READERS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "plain",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".eml": "eml",
    ".msg": "msg",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".odt": "odt",
    ".ods": "ods",
    ".odp": "odp",
    ".rtf": "rtf",
    ".epub": "epub",
    ".pdf": "pdf",
    ".zip": "archive",
}
SUPPORTED: frozenset[str] = frozenset(READERS)
OLD = {".doc": ".docx", ".dot": ".docx", ".ppt": ".pptx", ".pps": ".pptx"}
_BINARY = frozenset((".docx", ".pptx", ".xlsx", ".xls", ".odt", ".ods", ".odp", ".epub", ".pdf", ".msg", ".zip"))
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02  # of the first bytes; more means the file is no text
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOLDERS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}


def format_of(data: bytes, suffix: str, name: str) -> str:
    """The ending the content deserves. Raises `Unreadable` for content of no kind we read."""
    if b"%PDF-" in data[:1024] and (suffix == ".pdf" or data.startswith(b"%PDF-")):
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_format(data, suffix, name)
    if data.startswith(_OLE):
        return _ole_format(data, suffix, name)
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if suffix in _BINARY:
        reason = f"is no {suffix[1:].upper()} file, whatever its name says, or is damaged"
        raise Unreadable("damaged", f"{name} {reason}; export it again.")
    start = data[:8192]
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and len(_CONTROLS.findall(start)) > len(start) * _MOST_CONTROLS:
        raise Unreadable("unsupported", f"{name} is no text, whatever its name says; add it under its right name.")
    return ".txt" if suffix == ".rtf" else suffix


def _package_format(data: bytes, suffix: str, name: str) -> str:
    """Office files and books are ZIP archives; what is none of them is an archive of files."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = frozenset(package.namelist())
            mimetype = package.read("mimetype")[:100].strip() if "mimetype" in parts else b""
    except BROKEN as error:
        raise Unreadable("damaged", f"{name} is damaged or cut short; save or export it again.") from error
    except RuntimeError:  # what zipfile raises for a part under a password: no office program protects this one
        mimetype = b""
    found = _MIMETYPES.get(mimetype.removesuffix(b"-template"), "")
    if not found and (suffix != ".zip" or "[Content_Types].xml" in parts):
        found = next((kind for folder, kind in _FOLDERS.items() if any(part.startswith(folder) for part in parts)), "")
    if not found:
        return ".zip"
    if found != ".epub":  # books declare document types, and their reader takes none of what these declare
        check_package(data, name)
    return found


def _ole_format(data: bytes, suffix: str, name: str) -> str:
    """The container of old office files, Outlook's mails, and new office files under a password."""
    if _has_stream(data, "EncryptedPackage"):
        raise Unreadable("encrypted", f"{name} is protected by a password; remove it and add the file again.")
    if _has_stream(data, "__properties_version1.0"):
        return ".msg"
    is_workbook = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    if is_workbook and suffix == ".xls":  # other office files may be embedded in it
        return ".xls"
    if _has_stream(data, "WordDocument") or _has_stream(data, "PowerPoint Document"):
        raise Unreadable(
            "unsupported", f"{name} is in an old office format; save it as .docx, .pptx or PDF and add that."
        )
    if is_workbook:
        return ".xls"
    raise Unreadable("unsupported", f"{name} is in a format of no known program; save it as PDF and add that.")


def _has_stream(data: bytes, stream: str) -> bool:
    """Whether the container names a stream so; names are stored as UTF-16, ended by a zero."""
    return f"{stream}\0".encode("utf-16-le") in data
