"""Changes of a text in one piece: deleted words struck through, new ones bold, both on a coloured ground.

They can be told without their colours; what people wrote stays what it is, not Markdown.
"""

from collections.abc import Iterator, Sequence

import streamlit as st

from store.records import ChangeRecord
from ui import markdown

_MARKED = {"deleted": ":red-background[~~{}~~]", "inserted": ":green-background[**{}**]"}
_BREAK = "¶"  # a line break that came or went


def show(diff: Sequence[ChangeRecord]) -> None:
    st.markdown(inline(diff))


def inline(diff: Sequence[ChangeRecord]) -> str:
    """The changes as Markdown."""
    lines = "".join(piece for change in diff for piece in _pieces(change)).split("\n")
    shown = [line.strip() for line in lines]
    pairs = zip(shown, [*shown[1:], ""], strict=True)
    return "\n".join(f"{line}  " if line and following else line for line, following in pairs)  # breaks stay breaks


def _pieces(change: ChangeRecord) -> Iterator[str]:
    first, *others = change.text.split("\n")
    yield _piece(change, first)
    for line in others:
        if change.kind != "same":
            yield _MARKED[change.kind].format(_BREAK)
        if change.kind != "deleted":
            yield "\n"
        yield _piece(change, line)


def _piece(change: ChangeRecord, line: str) -> str:
    words = line.strip()
    if not words:
        return " " if line else ""
    shown = markdown.plain(words)
    if change.kind != "same":
        shown = _MARKED[change.kind].format(shown)
    before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{' ' if before else ''}{shown}{' ' if after else ''}"
