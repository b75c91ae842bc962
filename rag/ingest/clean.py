"""Plain text as people see it: composed characters, no control, invisible or direction-switching ones."""

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Besides controls: soft hyphen, zero-width space and word joiner, direction overrides (they can hide or reorder words),
# the byte order mark, lone surrogates (no database takes them), noncharacters, tag characters (invisible letters) and
# the supplementary variation selectors (they can carry any bytes; real ones change a sign's looks, not its meaning).
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u2064\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    "\U000e0100-\U000e01ef]"
)
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" *\n[ \n]*")
_BLANK_LINES = re.compile(r"\n{3,}")


def cleaned(text: str) -> str:
    """`text` in NFC without characters nobody sees; its spaces and line breaks stay, the latter as `\\n`."""
    if text.isascii() and text.isprintable():
        return text  # nearly every cell of a table, ten times faster
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _NEWLINES.sub("\n", text)))


def prose(text: str) -> str:
    """Clean text with single spaces, no blank lines and none at the ends; single line breaks stay."""
    return _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", cleaned(text))).strip()


def one_line(text: str) -> str:
    """Clean text on one line, for headings and table cells."""
    return " ".join(cleaned(text).split())


def verbatim(text: str) -> str:
    """Clean text with its indentation, for code: no spaces at line ends, no blank line at either end."""
    lines = "\n".join(line.rstrip() for line in cleaned(text).split("\n")).strip("\n")
    return _BLANK_LINES.sub("\n\n", lines).rstrip()


def word_set(text: str) -> frozenset[str]:
    """A set of words written as a line of text; long lists of names read better so."""
    return frozenset(text.split())
