"""What is logged, and how.

Our own words come at the level that is set, those of libraries only when they warn: below that they print requests,
with prompts and keys, and what people type. An error is logged by its place: its own words may repeat a document, a
prompt or what somebody asked. Personal data that a line holds all the same is left out of it.
"""

import logging
import traceback
from pathlib import Path
from types import TracebackType

OURS = ("api", "guards", "pages", "rag", "store", "ui")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
ROOT = Path(__file__).resolve().parents[1]
PLACES = 8  # of an error, the innermost ones

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """A line, and below it the places of an error."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have left its traceback there
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging names it so
        record.message = _without_persons(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - logging names it so
        return "  " + places(ei[1]) if ei[1] else ""


def set_up(level: str) -> None:
    """Has our own logs written from this level on, those of libraries when they warn. May be called again."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, Discreet) for handler in root.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(Discreet(FORMAT))
        root.addHandler(handler)
    wanted = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(wanted, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(wanted)


def places(error: BaseException) -> str:
    """An error and what is behind it, by kind and place: `KeyError at rag/task.py:81 in add < rag/job.py:9 in run`."""
    told, seen = [], set()
    while error and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
        where = " < ".join(f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in reversed(frames))
        told.append(f"{type(error).__name__} at {where}" if where else type(error).__name__)
        behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if behind is None:
            break
        error = behind
    return "; behind it ".join(told)


def _without_persons(message: str) -> str:
    """A message without personal data; addresses of machines stay, they are what operators look for."""
    if not any(sign.isdigit() or sign in "@ " for sign in message):
        return message
    from guards.personal.hiding import hidden
    from guards.personal.seen import KINDS

    return hidden(message, set(KINDS) - {"IP address"})


def _short(path: str) -> str:
    """A file of ours from its top folder on, another one by its last names."""
    file = Path(path)
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else "/".join(file.parts[-2:])
