"""The sentences of an answer in Markdown, and which of them claim something.

Headings, the lines that lead up to a list, questions, words of courtesy, code and sentences that say that nothing was
found claim nothing. They are looked at for their figures only, and not counted when these are found.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guards.unanswered import says_nothing_found

Splitter = Callable[[str], list[tuple[int, int]]]  # spans of the sentences of a text

_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_LEAD = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+•]|\(?\d{1,3}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?")
_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t].*|(\*\*|__)[^*_]+\1[ \t]*:?[ \t]*)\Z")
_DIVIDER = re.compile(r"[\s|:=_*-]*\Z")
_MARK = re.compile(r"[ \t]*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\](?!\()")
_SIGNS = re.compile(r"\*{1,3}|__|~~|`|\||!?\[(?=[^\]\n]{0,300}\]\()|\]\([^)\n]{0,2000}\)|<[^>\n]{0,200}>")
_COURTESY = re.compile(
    r"\W*(?:(?:sure|certainly|of course|yes|no|okay|gerne?|natürlich|ja|nein|oui|non|sí|claro)[\s,!.–—-]*)?"
    r"(?:(?:that|this|you)(?: is| are|['’]s|['’]re) (?:in)?(?:correct|right|wrong)|good question|great question"
    r"|(?:i apologi[sz]e|sorry|i hope|hope (?:this|that)|let me know|feel free|please (?:let|feel)|happy to help"
    r"|i can help|ich hoffe|bei fragen|j['’]espère|n['’]hésitez|espero|no dudes)\b.*)?\W*\Z",
    re.IGNORECASE,
)
_NUMBERED_ON = re.compile(r"(?<=[:;.!?])\s+\(?\d{1,2}[.)]\Z")  # the number of an item that stands in the same line
_LEADS = re.compile(r"[:：][\s*_]*\Z")
_ASKS = re.compile(r"[?？؟][\s*_\"”»)]*\Z")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: its span in the answer, with the marks behind it; its words without any; the marks' numbers."""

    start: int
    end: int
    words: str
    marks: tuple[int, ...] = ()
    claims: bool = True


def pieces(answer: str, split: Splitter) -> Iterator[Piece]:
    """The sentences of an answer in order, a block of code as one."""
    text = _FENCED.sub(_blanks, answer)
    blocks = [(found.start(), Piece(*found.span(), found[0], claims=False)) for found in _FENCED.finditer(answer)]
    lines = list(_LINE.finditer(text))
    found = [
        (piece.start, piece)
        for at, line in enumerate(lines)
        if not _DIVIDER.match(line[0])
        for piece in _of_line(answer, line, split, head=_is_divider(lines[at + 1][0]) if at + 1 < len(lines) else False)
    ]
    yield from (piece for _, piece in sorted([*blocks, *found], key=lambda one: one[0]))


def _of_line(answer: str, line: re.Match[str], split: Splitter, *, head: bool) -> Iterator[Piece]:
    """The sentences of a line, or a table's row as one; `head`: a line of hyphens follows."""
    lead = _LEAD.match(line[0])
    start = line.start() + (lead.end() if lead else 0)
    marked = answer[start : line.end()]
    bare = _SIGNS.sub(_blanks, _MARK.sub(_blanks, marked))
    spans = [(0, len(marked.rstrip()))] if marked.startswith("|") else split(bare)
    marks = list(_MARK.finditer(marked))
    title = head or bool(_HEADING.match(line[0]))
    before = 0
    for at, (first, last) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else len(bare)
        own = [mark for mark in marks if first <= mark.start() < following]
        begin, end = _with_signs(marked, bare, max([last, *(mark.end() for mark in own)]), start=max(before, first))
        numbers = tuple(int(number) for mark in own for number in re.findall(r"\d+", mark[1]))
        words = _NUMBERED_ON.sub("", " ".join(bare[first:following].split()))
        yield Piece(start + begin, start + end, words, numbers, claims=not title and _claims(words))
        before = end


def _with_signs(marked: str, bare: str, end: int, *, start: int) -> tuple[int, int]:
    """A span with the signs of Markdown that lie close around it."""
    while end < len(bare) and bare[end] == " " != marked[end]:
        end += 1
    while start > 0 and bare[start - 1] == " " != marked[start - 1] and marked[start - 1] != "]":
        start -= 1
    return start, end


def _claims(words: str) -> bool:
    return bool(_LETTER.search(words)) and not (
        _LEADS.search(words) or _ASKS.search(words) or _COURTESY.match(words) or says_nothing_found(words)
    )


def _is_divider(line: str) -> bool:
    return "-" in line and "|" in line and _DIVIDER.match(line) is not None


def _blanks(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
