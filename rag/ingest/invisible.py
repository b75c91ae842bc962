"""Words written in characters that no font draws: tag letters, variation selectors, runs of zero-width marks.

All three are used to give a language model orders that a person reading along does not see. The few honest uses are
told apart: flags of regions are tag letters after a black flag, and a lone zero-width mark shapes a word or an emoji.
"""

import re

_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
_TAGS = re.compile("[\U000e0020-\U000e007e]{3,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]{8,}")
_TAG_OFFSET = 0xE0000


def invisible_words(text: str) -> str:
    """What `text` says in characters nobody sees, as far as it can be told; empty if it says nothing so."""
    tags = " ".join(match.translate(_Letters()) for match in _TAGS.findall(_FLAG.sub("", text)))
    selectors = " ".join(map(_bytes_of, _SELECTORS.findall(text)))
    runs = [f"{len(match)} zero-width characters in a row" for match in _ZERO_WIDTH.findall(text)[:1]]
    return " ".join(filter(None, [tags, selectors, *runs]))


class _Letters(dict[int, int]):
    """A table for `str.translate` from tag letters to those they stand for."""

    def __missing__(self, code: int) -> int:
        return code - _TAG_OFFSET


def _bytes_of(selectors: str) -> str:
    """The bytes a run of variation selectors carries: the first sixteen values and then the rest, as UTF-8."""
    codes = (ord(mark) - 0xFE00 if mark < "\U000e0000" else ord(mark) - 0xE0100 + 16 for mark in selectors)
    return bytes(codes).decode("utf-8", errors="replace")
