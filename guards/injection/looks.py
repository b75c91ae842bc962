"""What a text looks like to a reader whatever characters it is made of, and text that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from guards.injection.words import plays_a_part

# Letters that look like Latin ones, from Unicode's table of confusables (UTS 39): Cyrillic, Greek, Armenian, and small
# capitals. Only those that a reader would not notice.
_LOOK_ALIKE = {
    **dict(zip("авсԁеһіјқӏмпоԛрѕтцѵѡхуᴢгкѐё", "abcdehijklmnoqpstuvwxyzrkee", strict=True)),
    **dict(zip("АВСЕНІЈКМОРЅТХУԌԚԜΖ", "ABCEHIJKMOPSTXYGQWZ", strict=True)),
    **dict(zip("αβεηικνορτυχωγΑΒΕΗΙΚΜΝΟΡΤΥΧ", "abenikvoptuxwyABEHIKMNOPTYX", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏ", "abcdefghijklmnoprstuvwy", strict=True)),
    **dict(zip("ɑɡıℓօսոհ", "agilouuh", strict=True)),
}
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[a-zA-Z]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*|/·]{1,3}[^\W\d_](?!\w)){5,}")
_LEET = str.maketrans(
    {
        "0": "o",
        "1": "i",
        "3": "e",
        "4": "a",
        "5": "s",
        "7": "t",
        "@": "a",
        "$": "s",
        "!": "i",
        "|": "l",
        "8": "b",
        "9": "g",
    }
)
_LEET_WORD = re.compile(r"(?<![\w@$!|])[\w@$!|]{3,40}")
_LETTERS_AND_SIGNS = re.compile(
    r"[a-zA-Z]+[0134578@$!]+[a-zA-Z]|^[0134578@$]+[a-zA-Z]{2}|^[a-zA-Z][0134578@$!]{1,3}[a-zA-Z]?$"
)
ENOUGH = 2  # words in disguise: one is a name or a number of a part

Disguise = tuple[str, str, int, int]  # how, the text as read, start and end in the original


def disguises(text: str) -> Iterator[Disguise]:
    """What the eye reads where it is not what the characters say, each with its place."""
    if not text.isascii():
        yield from _unseen(text)
        seen = look(text)
        if seen != text and (changed := _differences(text, seen)):
            yield "look-alike letters", seen, *changed
    for spaced in _SPACED.finditer(text):
        yield "spaced letters", _joined(spaced[0]), *spaced.span()
    words = [word for word in _LEET_WORD.finditer(text) if _is_known(word[0])]
    if len(words) >= ENOUGH:
        read = _LEET_WORD.sub(lambda word: word[0] if word[0].isdigit() else word[0].translate(_LEET), text)
        yield "digits for letters", read, words[0].start(), words[-1].end()


def _is_known(word: str) -> bool:
    """Whether digits stand for letters in a word that attacks use: "pr3v10us", not "p95" or "H2O"."""
    return bool(_LETTERS_AND_SIGNS.search(word)) and plays_a_part(word.translate(_LEET))


def look(text: str) -> str:
    """The text without unseen marks, with full-width and fancy letters as plain ones, and look-alikes as Latin ones.

    Only words that also hold Latin letters, or stand in a text that is mostly Latin, are read as Latin.
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    if plain.isascii():
        return plain
    letters = sum(letter.isalpha() for letter in plain)
    mostly = 2 * len(_LATIN.findall(plain)) > letters
    return _WORD.sub(lambda word: _latin(word[0], mostly=mostly), plain)


def _latin(word: str, *, mostly: bool) -> str:
    if word.isascii() or not any(letter in _LOOK_ALIKE for letter in word):
        return word
    read = "".join(_LOOK_ALIKE.get(letter, letter) for letter in word)
    mixed = _LATIN.search(word) is not None
    return read if mixed or (mostly and read.isascii()) else word


def _unseen(text: str) -> Iterator[Disguise]:
    """Text in tag characters, which no font shows, and bytes in selectors of variants."""
    for tags in _TAGS.finditer(text):
        yield "invisible characters", "".join(chr(ord(tag) - 0xE0000) for tag in tags[0]), *tags.span()
    for selectors in _SELECTORS.finditer(text):
        told = bytes(_selected(ord(one)) for one in selectors[0])
        yield "invisible characters", told.decode("utf-8", "replace"), *selectors.span()


def _selected(code: int) -> int:
    return code - 0xFE00 if code < 0xE0000 else code - 0xE0100 + 16


def _differences(text: str, seen: str) -> tuple[int, int] | None:
    """From the first to the last character that is not as it looks; None when only typography differs."""
    kept = [place for place, letter in enumerate(text) if _UNSEEN.match(letter) or _disguised(letter)]
    return (kept[0], kept[-1] + 1) if kept and seen.casefold() != text.casefold() else None


def _disguised(letter: str) -> bool:
    if letter.isascii():
        return False
    return letter in _LOOK_ALIKE or (unicodedata.normalize("NFKC", letter).isascii() and letter.isalnum())


def _joined(spaced: str) -> str:
    """Letters put together; where the gap is wider, a word ends."""
    words = re.split(r"[ .\-_*|/·]{2,}", spaced)
    return " ".join(re.sub(r"[ .\-_*|/·]", "", word) for word in words)
