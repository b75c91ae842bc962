"""Where quoted words stand in a passage: word for word first, then as a close copy, else nowhere."""

import re
from collections.abc import Iterator

from guards.alignment import align
from guards.folding import Folded, fold, glued

ELLIPSIS = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.+)\s*")
LONGEST_GAP = 400  # characters an ellipsis may stand for
SHORTEST_PART = 6  # characters on each side of an ellipsis: fewer are found anywhere
MOST_STARTS = 50  # places tried for the words before an ellipsis

_EDGES = " \t\n\"'.,;:!?()[]{}*_`•·#>|"


def locate(quote: str, passage: str) -> tuple[int, int] | None:
    """The span (start, end) in `passage` of the words quoted, or None when they do not stand there.

    First exact, after folding white space, case, quotation marks, dashes, ligatures and hyphenation (`folding.py`);
    then a close alignment that changes no number and no negation (`alignment.py`). A quote with an ellipsis spans
    from its first words to its last.
    """
    words = fold(quote).text.strip()
    if not words.strip(_EDGES):
        return None
    source = fold(passage)
    span = _exact(words, source) or _with_gaps(words, source) or align(words.strip(_EDGES), source.text)
    return _trimmed(passage, *source.original(*span)) if span else None


def _trimmed(passage: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends: a dash folds together with the space around it."""
    found = passage[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _exact(words: str, source: Folded) -> tuple[int, int] | None:
    """The first place where the words stand whole, if need be without the punctuation around them."""
    for form in (words, words.strip(_EDGES)):
        for start in _places(form, source.text, 0, len(source.text)):
            return start, start + len(form)
    return None


def _places(words: str, text: str, start: int, end: int) -> Iterator[int]:
    """Each start of `words` within `text[start:end]` that does not cut a word or a number."""
    at = text.find(words, start, end)
    while at >= 0:
        if not glued(text, at) and not glued(text, at + len(words)):
            yield at
        at = text.find(words, at + 1, end)


def _with_gaps(words: str, source: Folded) -> tuple[int, int] | None:
    """The span from the first to the last part of a quote with ellipses, all in order and close together."""
    parts = [part for piece in ELLIPSIS.split(words) if (part := piece.strip(_EDGES))]
    if len(parts) < 2 or min(map(len, parts)) < SHORTEST_PART:
        return None
    for tried, start in enumerate(_starts(parts[0], source.text)):
        end = _chain(parts[1:], source.text, start[1])
        if end is not None:
            return start[0], end
        if tried == MOST_STARTS:
            break
    return None


def _starts(words: str, text: str) -> Iterator[tuple[int, int]]:
    """The spans where the first part may stand: each exact one, or else the closest copy."""
    exact = False
    for at in _places(words, text, 0, len(text)):
        exact = True
        yield at, at + len(words)
    if not exact and (close := align(words, text)):
        yield close


def _chain(parts: list[str], text: str, at: int) -> int | None:
    """The end of the last part when each stands within `LONGEST_GAP` of the one before, from `at` on."""
    for part in parts:
        limit = min(len(text), at + LONGEST_GAP + len(part))
        start = next(_places(part, text, at, limit), None)
        if start is not None:
            at = start + len(part)
            continue
        close = align(part, text[at:limit])
        if close is None:
            return None
        at += close[1]
    return at
