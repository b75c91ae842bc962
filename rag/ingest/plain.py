"""Plain text: its encoding guessed, hard-wrapped lines joined, headings taken only when they are plain to see."""

import codecs
import re
from itertools import pairwise

from charset_normalizer import from_bytes

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted

_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
_SAMPLE = 64_000  # bytes looked at when guessing: guessing is slow, and files rarely change encoding
_SURE = 0.1  # charset-normalizer's measure of mess; above it the western default is the better bet
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[^\W\d_].{1,70}")
_ITEM = re.compile(r"\s*(?:[-*•·–+‣◦]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_LABEL = re.compile(r"[^\W\d_][\w ]{0,24}: ")  # "Date: 3 May", a line of a form
_LONGEST_HEADING = 80
_FULL_LINE = 0.6  # a line under this share of the paragraph's widest was broken on purpose (verse, an address)
_NARROW = 45  # characters; a paragraph of narrower lines was not wrapped by an editor either


def read(data: bytes, name: str) -> Extracted:
    """Text of a `.txt` file; blank lines part its paragraphs."""
    composer = Composer(name)
    add_paragraphs(composer, decoded(data))
    return composer.finish()


def add_paragraphs(composer: Composer, text: str) -> None:
    """Add plain text, as it stands in files and mails."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    for paragraph in _paragraphs(lines):
        _add_paragraph(composer, paragraph)


def decoded(data: bytes) -> str:
    """`data` as text: by its byte order mark, as UTF-8, else as the guess, else as Windows-1252; never fails."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) // 2 and error.start > _SAMPLE:
            return data.decode("utf-8", errors="replace")  # one bad byte far into a UTF-8 file
    guess = from_bytes(data[:_SAMPLE]).best() if len(data) > 64 else None
    encoding = guess.encoding if guess is not None and guess.chaos < _SURE else "cp1252"
    return data.decode(encoding, errors="replace")


def _paragraphs(lines: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _add_paragraph(composer: Composer, lines: list[str]) -> None:
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0].strip()) <= _LONGEST_HEADING:
        composer.heading(1 if "=" in lines[1] else 2, lines[0])
        lines = lines[2:]
    elif len(lines) == 1 and (level := _lone_heading_level(lines[0].strip())):
        composer.heading(1 if composer.is_empty else level, lines[0])
        return
    composer.text(_unwrapped([line for line in lines if not _UNDERLINE.fullmatch(line)]))


def _lone_heading_level(line: str) -> int:
    """The level of a heading that stands between blank lines, 0 for a line that is none."""
    if len(line) > _LONGEST_HEADING or line.endswith((".", ",", ";", ":", "!", "?")):
        return 0
    if numbered := _NUMBERED.fullmatch(line):
        return 2 + numbered[1].count(".")
    letters = [character for character in line if character.isalpha()]
    return 2 if len(letters) >= 4 and line == line.upper() and line != line.lower() else 0


def _unwrapped(lines: list[str]) -> str:
    """Lines of one paragraph, joined where an editor broke them at its margin."""
    if not lines:
        return ""
    widest = max(map(len, lines))
    labelled = sum(bool(_LABEL.match(line)) for line in lines) > 1
    text = lines[0].strip()
    for above, line in pairwise(lines):
        wrapped = widest >= _NARROW and _goes_on(above, line, widest) and not _ITEM.match(line)
        wrapped = wrapped and not (labelled and _LABEL.match(line))
        text += (" " if wrapped else "\n") + line.strip()
    return text


def _goes_on(above: str, line: str, widest: int) -> bool:
    """Whether `line` continues `above`: its first word no longer fitted there."""
    first_word = line.split(maxsplit=1)[0]
    return len(above) + 1 + len(first_word) > widest * _FULL_LINE + 1 and len(above) >= widest * _FULL_LINE
