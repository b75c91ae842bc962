"""A text as words that can be looked up, however they were disguised, each with its span in the text as it came in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LETTER = r"[^\W_]"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_SPELT = rf"(?<![\w'’])(?:{_LETTER}[ .\-·]){{2,}}{_LETTER}(?![\w'’])"  # s p e l t, s.p.e.l.t
_HIDING = rf"[{_INVISIBLE}*@$!|]*"
_WORD = rf"{_LETTER}{{1,2}}\*{{2,}}(?!{_LETTER})|{_LETTER}(?:{_HIDING}{_LETTER})*(?:['’]{_LETTER}+)?"
_MARK = r"``|[\"“”„«»]|(?<!\w)['‘](?=\w)|(?<=[\w.!?])['’](?!\w)"
_PIECE = re.compile(rf"(?P<spelt>{_SPELT})|(?P<mark>{_MARK})|(?P<word>{_WORD})")
_NOISE = re.compile(rf"[{_INVISIBLE}]")
_REPEATED = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("01345789@$!|", "oieastbgasii")
# Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏтмнкгαερονκτιυ", "aeopcyxijsdhltmhkraepovktiu")
_SHORT = {"re": "are", "s": "is", "m": "am", "ll": "will", "ve": "have", "d": "would"}
_WHOLE = {"can": "can", "won": "will"}
_LONGEST_QUOTE = 60  # words; a mark that nothing closes is no quotation


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case without its disguise; `quoted` when it stands in quotation marks."""

    word: str
    start: int
    end: int
    quoted: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text in order; of "don't" and "you're" both parts."""
    found: list[Token] = []
    opened: int | None = None
    for piece in _PIECE.finditer(text):
        if piece["mark"]:
            if opened is not None and len(found) - opened <= _LONGEST_QUOTE:
                found[opened:] = [Token(one.word, one.start, one.end, quoted=True) for one in found[opened:]]
                opened = None
            else:
                opened = len(found)
        else:
            found += _read(piece)
    if all(one.quoted for one in found):  # marks around the whole of a text quote nobody
        return [Token(one.word, one.start, one.end) for one in found]
    return found


def _read(piece: re.Match[str]) -> Iterator[Token]:
    start, end = piece.span()
    if piece["spelt"]:
        yield Token(plain(re.sub(r"[ .\-·]", "", piece[0])), start, end)
        return
    head, mark, tail = piece[0].replace("’", "'").partition("'")
    word = plain(head)
    if tail == "t" and word.endswith("n"):
        yield Token(_WHOLE.get(word, word[:-1]), start, end)
        yield Token("not", start, end)
    elif mark and (short := _SHORT.get(tail)):
        yield Token(word, start, end)
        yield Token(short, start, end)
    else:
        yield Token(word + (plain(tail) if len(tail) < 3 else f"'{plain(tail)}" if tail else ""), start, end)


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word without invisible marks, look-alikes, digits for letters and drawn-out letters."""
    seen = unicodedata.normalize("NFKC", _NOISE.sub("", word)).casefold()
    if not seen.isascii():
        swapped = seen.translate(_LOOKALIKES)
        seen = swapped if any("a" <= letter <= "z" for letter in seen) else seen
    if not seen.isdigit() and any(letter.isalpha() for letter in seen) and not seen.isalpha():
        seen = seen.translate(_LEET)
    return _REPEATED.sub(r"\1", seen)
