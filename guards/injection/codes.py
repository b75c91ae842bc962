"""Text that is written down in a code: base64, hexadecimal, percent signs, entities, shifted or reversed letters."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import unquote

from guards.injection.looks import Disguise
from guards.injection.words import signal_words

_BASE64 = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/_\-]{16,}(?:\r?\n[A-Za-z0-9+/_\-]{4,})*={0,2}")
_BASE32 = re.compile(r"(?<![\w=])[A-Z2-7]{24,}={0,6}(?![\w=])")
_HEX = re.compile(r"(?<!\w)(?:(?:0x|\\x|%)?[0-9a-fA-F]{2}[\s:,]?){8,}(?!\w)")
_BITS = re.compile(r"(?<!\w)[01]{8}(?:\s{0,2}[01]{8}){4,}(?!\w)")
_NUMBERS = re.compile(r"(?<![\w.])\d{2,3}(?:[ ,;]{1,2}\d{2,3}){7,}(?![\w.])")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}[^\s%]{0,40}){3,}")
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}){4,}")
_ENTITIES = re.compile(r"(?:&#?\w{2,8};[\w ]{0,3}){4,}")
_COMMENT = re.compile(r"<!--((?:(?!<!--|-->).){8,4000})-->", re.DOTALL)
_ALT = re.compile(r"\b(?:alt|title|aria-label|content|data-[a-z]+)\s*=\s*\"([^\"<>]{20,2000})\"", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,24}", re.IGNORECASE)
_WORDS = re.compile(r"[a-zA-Z]+")
_CODE = re.compile(r"[A-Za-z0-9+/_=%\s-]{16,}")
LONGEST = 8_000  # characters of one code that are decoded
ENOUGH = 2  # different words that attacks are made of, before a whole text is read as shifted or reversed
SHARE = 0.05  # of its words: in a long text some are others shifted, by chance
READABLE = 0.9  # share of letters, spaces and common marks of what was decoded


def encoded(text: str) -> Iterator[Disguise]:
    """What is written in codes inside of a text, each with its place."""
    for how, pattern, read in (
        ("base64", _BASE64, _from_base64),
        ("base32", _BASE32, _from_base32),
        ("hexadecimal", _HEX, _from_hex),
        ("binary", _BITS, _from_bits),
        ("character numbers", _NUMBERS, _from_numbers),
        ("escapes", _ESCAPES, _from_escapes),
        ("entities", _ENTITIES, html.unescape),
    ):
        for found in pattern.finditer(text):
            told = read(found[0][:LONGEST])
            if told != found[0] and _is_readable(told):
                yield how, told, *found.span()
    if percent := _PERCENT.search(text):
        yield "percent signs", unquote(text), *percent.span()
    for how, pattern in (("comment", _COMMENT), ("attribute", _ALT)):
        for found in pattern.finditer(text):
            yield how, found[1].strip(), *found.span(1)
    yield from _shifted(text)


def _shifted(text: str) -> Iterator[Disguise]:
    """The whole text under a cipher in which it holds several words that attacks are made of."""
    ciphers: dict[str, set[str]] = {}
    said = [word[0].lower() for word in _WORD.finditer(text)]
    for word in said:
        for cipher in _disguised_words().get(word, ()):
            ciphers.setdefault(cipher, set()).add(word)
    for cipher, words in ciphers.items():
        if len(words) >= max(ENOUGH, SHARE * len(said)):
            yield cipher, _deciphered(text, cipher), 0, len(text)


def _deciphered(text: str, cipher: str) -> str:
    if cipher == "reversed":
        return text[::-1]
    if cipher == "pig latin":
        known = {_to_pig_latin(word): word for word in signal_words()}
        return _WORDS.sub(lambda word: known.get(word[0].lower()) or _from_pig_latin(word[0]), text)
    return _rotated(text, -int(cipher.removeprefix("letters shifted by ")))


@cache
def _disguised_words() -> dict[str, tuple[str, ...]]:
    """The words attacks are made of as each cipher writes them; those that are words of attacks themselves left out."""
    plain = set(signal_words())
    found: dict[str, list[str]] = {}
    for word in plain:
        for shift in range(1, 26):
            found.setdefault(_rotated(word, shift), []).append(f"letters shifted by {shift}")
        found.setdefault(word[::-1], []).append("reversed")
        found.setdefault(_to_pig_latin(word), []).append("pig latin")
    return {word: tuple(ciphers) for word, ciphers in found.items() if word not in plain}


def _rotated(text: str, shift: int) -> str:
    small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    turn = shift % 26
    return text.translate(str.maketrans(small + large, small[turn:] + small[:turn] + large[turn:] + large[:turn]))


def _to_pig_latin(word: str) -> str:
    at = next((place for place, letter in enumerate(word) if letter in "aeiouy"), 0)
    return f"{word[at:]}{word[:at]}ay" if at else f"{word}way"


def _from_pig_latin(word: str) -> str:
    stem = word.removesuffix("ay")
    if stem == word:
        return word
    if stem.endswith("w"):
        return stem[:-1]
    at = next((place for place, letter in enumerate(stem[::-1]) if letter.lower() in "aeiouy"), 0)
    return stem[len(stem) - at :] + stem[: len(stem) - at]


def _from_base64(code: str) -> str:
    plain = re.sub(r"\s", "", code).rstrip("=").replace("-", "+").replace("_", "/")
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    return _decoded(base64.b64decode, whole + "=" * (-len(whole) % 4))


def _from_base32(code: str) -> str:
    plain = code.rstrip("=")
    return _decoded(base64.b32decode, plain + "=" * (-len(plain) % 8))


def _from_hex(code: str) -> str:
    return _decoded(bytes.fromhex, re.sub(r"0x|\\x|[\s:,%]", "", code))


def _from_bits(code: str) -> str:
    plain = re.sub(r"\s", "", code)
    return bytes(int(plain[at : at + 8], 2) for at in range(0, len(plain), 8)).decode("utf-8", "replace")


def _from_numbers(code: str) -> str:
    return "".join(chr(int(number)) for number in re.findall(r"\d+", code))


def _from_escapes(code: str) -> str:
    return "".join(chr(int(number, 16)) for number in re.findall(r"\\[ux]([0-9a-fA-F]+)", code))


def _decoded(decode: Callable[[str], bytes], code: str) -> str:
    try:
        told = decode(code)
        return str(told, "utf-8")
    except (binascii.Error, ValueError):
        return ""


def _is_readable(text: str) -> bool:
    """Whether a text is words and not the bytes of something else."""
    if _CODE.fullmatch(text) and len(text.split()) * 16 <= len(text):
        return True  # a code inside of a code
    good = sum(letter.isalpha() or letter in " \n.,:;!?'\"-()" for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    return len(text) >= 6 and good >= READABLE * len(text) and 2 * letters > len(text)
