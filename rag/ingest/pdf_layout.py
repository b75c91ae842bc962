"""What the looks of a PDF's lines say: which repeat on every page, which are headings, which go on."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rag.ingest.pdf_content import HYPHEN, Line, Page

_EDGE_LINES = 4  # lines looked at from the top and from the bottom of a page
_EDGE_SHARE = 0.14  # of the page's height, at the top and at the bottom: where headers and footers stand
_REPEATED = 0.4  # of the pages; odd and even pages may have different headers
_WIDEST_LEADING = 2.0  # times the letters' size: lines further apart are not one paragraph
_LARGER = 1.12  # times the body's size: clearly larger
_MOST_HEADING_LINES = 3
_SAME_SIZE = 0.6  # points by which the letters of one paragraph may differ
_MARK_LETTERS = 12  # a shorter "line" may be a raised number or a formula's piece
_LONGEST_HEADING = 160
_LONGEST_BOLD = 90
_MOST_LEVELS = 4
_BULLET = re.compile(r"(?:[•◦▪●○■□–—*·‣➢✓-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_PAGE_NUMBER = re.compile(r"(?:page|seite|p\.?)?\W*#\W*(?:(?:of|von|/|sur|de)\W*#\W*)?", re.IGNORECASE)
# A sentence's end, at the end or inside; an item of a list; a line of a table of contents.
_NO_HEADING = re.compile(r"[.,;]$|[a-z]{3}\.\s|^[•◦▪●○■□–—*·‣➢✓-]\s|\.{5}")
_LONGEST_PAGE_NUMBER = 24
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s")
_HYPHENATED = re.compile(rf"([^\W\d_]{{1,40}})(?:{HYPHEN}|[-‐]\n)\s*([^\W\d_]+)")


def without_furniture(pages: Sequence[Page], tabular: Sequence[frozenset[int]]) -> list[Page]:
    """The pages without the headers, footers and page numbers that repeat on most of them.

    `tabular` are the places of lines in tables, page by page: dates in columns repeat too, but are no furniture.
    """
    counts = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    least = max(2, len(pages) * _REPEATED)
    repeated = {key for key, count in counts.items() if count >= least}
    kept = []
    for page, in_table in zip(pages, tabular, strict=True):
        gone = {id(line) for line in _edge_lines(page) if _key(line) in repeated or _is_page_number(line, pages)}
        gone -= {id(page.lines[place]) for place in in_table}
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)))
    return kept


def _edge_lines(page: Page) -> list[Line]:
    margin = page.height * _EDGE_SHARE
    by_height = sorted(page.lines, key=lambda line: line.top)
    lowest = [line for line in by_height[:_EDGE_LINES] if line.top < margin]
    return lowest + [line for line in by_height[-_EDGE_LINES:] if line.top > page.height - margin]


def _key(line: Line) -> tuple[str, int]:
    """What repeats: the words without their numbers, in the same size (a title is set larger than its echo)."""
    return re.sub(r"\d+", "#", line.text.lower()), round(line.size)


def _is_page_number(line: Line, pages: Sequence[Page]) -> bool:
    return len(pages) > 1 and len(line.text) <= _LONGEST_PAGE_NUMBER and bool(_PAGE_NUMBER.fullmatch(_key(line)[0]))


class Headings:
    """Levels of headings by their looks: larger than the body's letters, or bold, short and alone on the line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            bold[line.bold] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        self.body_is_bold = bold[True] > bold[False]
        looks = {self._look(line) for line in lines if self._stands_out([line], line.text)}
        self.levels = {size: min(rank, _MOST_LEVELS) for rank, size in enumerate(sorted(looks, reverse=True), 1)}

    def level(self, group: Sequence[Line], text: str) -> int:
        """Level of the lines that together say `text`, from 1, the highest; 0 for what is no heading."""
        return self.levels.get(self._look(group[0]), _MOST_LEVELS) if self._stands_out(group, text) else 0

    def is_large(self, line: Line) -> bool:
        """Whether the letters are clearly larger than the body's."""
        return line.size >= self.body * _LARGER and line.size > self.body + 0.9

    def _look(self, line: Line) -> int:
        return max(round(line.size), round(self.body))

    def _stands_out(self, group: Sequence[Line], text: str) -> bool:
        first = group[0]
        if len(group) > _MOST_HEADING_LINES or first.is_row or _NO_HEADING.search(text) or text[:1].islower():
            return False
        if sum(map(str.isalpha, text)) < 3:
            return False
        if self.is_large(first):
            return len(text) <= _LONGEST_HEADING
        is_bold = all(line.bold for line in group) and not self.body_is_bold
        return is_bold and first.size >= self.body * 0.97 and len(text) <= _LONGEST_BOLD and text[-1] != ":"


def is_continued(group: Sequence[Line], line: Line, headings: Headings, leading: float) -> bool:
    """Whether `line` belongs to the lines above it."""
    above = group[-1]
    drop = above.bottom - line.top
    if group[0].is_row or line.is_row:
        is_rest = line.left > group[0].left + 2 * line.size and 0 < drop < line.size * 1.6
        return group[0].is_row and ((line.is_row and -1 < drop <= line.size * 4) or is_rest)
    near = -1 < drop <= min(max(leading, line.size * 1.1), line.size * _WIDEST_LEADING) * 1.3
    if min(len(above.text), len(line.text)) > _MARK_LETTERS and abs(line.size - above.size) > _SAME_SIZE:
        return False
    if not near or abs(line.size - above.size) > max(2.0, line.size * 0.3) or _BULLET.match(line.text):
        return _is_mid_sentence(above, line, drop)
    if headings.is_large(line) or (line.bold and above.bold):
        return line.bold == above.bold and not _NUMBERED.match(line.text)
    if line.bold != above.bold:
        return _had_no_room(group, line)
    return _had_no_room(group, line) or (line.text[:1].islower() and not above.text.endswith((".", ":", ";")))


def _is_mid_sentence(above: Line, line: Line, drop: float) -> bool:
    """A paragraph that goes on in the next column, or after a raised or lowered mark of a few letters."""
    next_column = drop < -20 and line.text[:1].islower() and above.text[-1:].isalpha() and len(above.text) > 20
    same_line = abs(drop) < line.size * 0.7 and not _BULLET.match(line.text) and line.left >= above.right - line.size
    return next_column or (same_line and line.left - above.right < line.size)


def _had_no_room(group: Sequence[Line], line: Line) -> bool:
    """Whether the line's first word did not fit behind the line above: then the break means nothing."""
    above = group[-1]
    first_word = line.text.split(maxsplit=1)[0]
    needed = (line.right - line.left) / max(1, len(line.text)) * (len(first_word) + 1)
    edge = max(above.right, line.right, *(other.right for other in group))
    return above.right + needed > edge - line.size * 0.5


def joined(texts: Sequence[str], compounds: frozenset[str]) -> str:
    """Lines as one; a word parted at a line's end is whole again, unless the file writes it with its hyphen."""

    def rejoined(match: re.Match[str]) -> str:
        before, after = match[1], match[2]
        hyphened = f"{before}-{after}"
        if not (before[-1].islower() and after.islower()) or hyphened.lower() in compounds:
            return hyphened
        return before + after

    text = "\n".join(texts)
    if HYPHEN in text or "-\n" in text or "‐\n" in text:
        text = _HYPHENATED.sub(rejoined, text)
    return text.replace(HYPHEN, "-").replace("\n", " ")
