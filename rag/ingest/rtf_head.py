"""What the head of an RTF file tells: the encodings of its fonts, which styles are headings, its title."""

import re

_TITLE = re.compile(rb"{\\title ([^{}\\]{1,300})}")
_FONT = re.compile(rb"\\f(\d{1,5})(?!\d)[^{};]{0,200}?\\fcharset(\d{1,3})")
_HEADING = re.compile(rb"{\\s(\d{1,4})(?!\d)[^{};]{0,500}? heading (\d)", re.IGNORECASE)
_HEAD = 400_000  # bytes in which fonts and styles are looked for
_ENCODINGS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def encodings_of(data: bytes) -> dict[int, str]:
    """Python's names of the fonts' encodings; empty for one that is not known."""
    return {int(font): _ENCODINGS.get(int(code), "") for font, code in _FONT.findall(data[:_HEAD])}


def heading_levels_of(data: bytes) -> dict[int, int]:
    """The levels of those paragraph styles that are headings."""
    return {int(style): int(level) for style, level in _HEADING.findall(data[:_HEAD])}


def title_of(data: bytes) -> str:
    """The title its author entered; empty if there is none."""
    title = _TITLE.search(data, 0, _HEAD)
    return title[1].decode("cp1252", "replace") if title else ""
