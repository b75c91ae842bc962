"""The part of a text where a query's words stand, with these words in bold. Neither text is trusted."""

import re

from rag.retrieval.terms import stem, stems, words
from ui import markdown

LENGTH = 260  # characters
BEFORE = 60  # of them before the first of the query's words
_WORD = re.compile(r"[^\W_]+")
_BEGIN, _END = "\ue000", "\ue001"  # private characters: no sign to any parser


def emphasised(text: str, query: str) -> str:
    """Markdown of the text's beginning, or of where its first word of the query stands if that is further on."""
    wanted = stems(query)
    line = " ".join(text.replace(_BEGIN, "").replace(_END, "").split())
    found = [match.start() for match in _WORD.finditer(line) if _stem(match[0]) in wanted]
    start = _word_start(line, found[0] - BEFORE) if found and found[0] > LENGTH - BEFORE else 0
    end = start + LENGTH
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + LENGTH // 2)  # a word may be endless
    marked = _WORD.sub(
        lambda word: f"{_BEGIN}{word[0]}{_END}" if _stem(word[0]) in wanted else word[0], line[start:end]
    )
    shown = markdown.plain(marked).replace(_BEGIN, "**").replace(_END, "**")
    return f"{'… ' if start else ''}{shown}{' …' if end < len(line) else ''}"


def _stem(word: str) -> str:
    folded = words(word)
    return stem(folded[0]) if folded else ""


def _word_start(line: str, position: int) -> int:
    return line.rfind(" ", 0, max(0, position)) + 1
