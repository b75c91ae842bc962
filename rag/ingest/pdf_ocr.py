"""Pages that are pictures, read by the `tesseract` program where it is installed; nothing is downloaded for it."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium

from rag.ingest.reporting import report

PAGE_S = 15.0  # seconds a page may take
FILE_S = 240.0  # seconds all pages of a file may take; those beyond stay unread, and the file says so
_RESOLUTION = 300  # dots an inch: what tesseract was trained on
_MOST_DOTS = 4_500  # of the longer side
_MOST_LANGUAGES = 3  # each makes it slower
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))


def advice() -> str:
    """What to do about pages that are pictures, as the end of a sentence."""
    if _program() is None:
        return "install the program tesseract to have them read, or run text recognition (OCR) and add the result"
    return "text recognition found no words in them; add a version with text"


def read_pictures(data: bytes, numbers: Sequence[int], *, lock: threading.Lock) -> dict[int, str]:
    """The text of those pages (from 1) on which any is found; none at all without the program."""
    program = _program()
    if program is None or not numbers:
        return {}
    languages = _languages(program)
    found: dict[int, str] = {}
    ends = time.monotonic() + FILE_S
    for done, number in enumerate(numbers, start=1):
        if time.monotonic() > ends:
            break
        with lock:
            picture = _picture(data, number)
        text = _recognised(program, picture, languages) if picture else ""
        if any(map(str.isalnum, text)):
            found[number] = text
        report(done, len(numbers))
    return found


def _program() -> str | None:
    return shutil.which("tesseract")


@cache
def _languages(program: str) -> str:
    """The installed languages in tesseract's form, English first."""
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=PAGE_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return "eng"
    installed = [line.strip() for line in done.stdout.splitlines()[1:] if line.strip() not in _NO_LANGUAGES]
    return "+".join(sorted(installed, key=lambda name: name != "eng")[:_MOST_LANGUAGES]) or "eng"


def _picture(data: bytes, number: int) -> bytes:
    """The page as a grey PNG; nothing if pdfium cannot draw it."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return b""
    try:
        page = document[number - 1]
        scale = min(_RESOLUTION / 72, _MOST_DOTS / max(1.0, *page.get_size()))
        return _as_png(page.render(scale=scale, grayscale=True))
    except pdfium.PdfiumError:
        return b""
    finally:
        document.close()


def _as_png(bitmap: Any) -> bytes:
    stream = BytesIO()
    bitmap.to_pil().save(stream, format="PNG", compress_level=1)
    return stream.getvalue()


def _recognised(program: str, picture: bytes, languages: str) -> str:
    """What the program reads; nothing if it fails or takes too long. One thread: more are slower on a page."""
    command = [program, "stdin", "stdout", "-l", languages]
    surroundings = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=PAGE_S, check=True, env=surroundings)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")
