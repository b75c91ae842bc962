"""Checks on office files, which are ZIP archives of XML: how large they unpack, and that they declare no entities."""

import zipfile
import zlib
from io import BytesIO

from rag.ingest.content import Unreadable

MAX_UNPACKED = 500_000_000  # bytes, as declared; zipfile itself reads no more than was declared
# What zipfile was seen to raise, or says it raises, for archives cut short, altered or packed in unknown ways.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
MOST_RATIO = 250  # times its packed size; texts and sheets reach 50, bombs 1,000
_HARMLESS = 2_000_000  # bytes; smaller parts do no harm, however well they pack
_PROLOG = 65_536  # bytes of a part in which a document type would stand


def check_package(data: bytes, name: str) -> frozenset[str]:
    """The names of the parts of a package that is safe to parse.

    Raises `Unreadable`: damaged (no ZIP archive, or one that declares entities, which no office program writes) or
    too_large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            check_size(package, name)
            for part in package.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        _check_prolog(stream.read(_PROLOG), name)
            return frozenset(package.namelist())
    except BROKEN as error:
        raise Unreadable("damaged", f"{name} is damaged or cut short; save or export it again.") from error
    except RuntimeError as error:  # what zipfile raises for a part under a password
        raise Unreadable(
            "encrypted", f"{name} is protected by a password; remove it and add the file again."
        ) from error


def check_size(package: zipfile.ZipFile, name: str) -> None:
    """Raises `Unreadable` (too_large) for a package that unpacks to too much, or to far more than honest ones do."""
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        limit = f"{MAX_UNPACKED // 1_000_000} MB"
        raise Unreadable("too_large", f"{name} unpacks to more than {limit}; split it into smaller files.")
    if any(is_bomb(part) for part in parts):
        raise Unreadable("too_large", f"{name} unpacks to far more than honest files do; save it again.")


def is_bomb(part: zipfile.ZipInfo) -> bool:
    """Whether a part declares to unpack to so much that only a bomb does."""
    return part.file_size > max(_HARMLESS, part.compress_size * MOST_RATIO)


def _check_prolog(start: bytes, name: str) -> None:
    if b"<!DOCTYPE" in start.replace(b"\0", b""):
        reason = "declares XML entities, which no office program does"
        raise Unreadable("damaged", f"{name} {reason}; save it again from its program.")
