"""What the words of a text leave out and what tells it from another all the same: "$50" and "€50", "C" and "C++"."""

import re

_SIGNS = re.compile(
    r"[$€£¥₹%‰#<>=*/@&~^|\\]|\+"
    r"|\b\d+\.\d?0\b(?![.\d])"  # "1.20" beside "1.2"
    r"|(?<!\S)--?[A-Za-z][\w-]*"  # options of programs
    r"|(?<!\S)\.\w+"  # ".env"
    r"|(?<=\d)\s*[-−](?=\s*\d)|(?<=\d)\s+[-−](?=\s)"  # taken from, or up to
    r"|(?<=\d)\s?(?:[mM][A-Za-z]?|[kKMGT][bB])\b"  # "5 mW" and "5 MW", "2 Gb" and "2 GB"
)
_LETTER = re.compile(r"(?<=\s)([A-HJ-Z])(?=[\s?.!,;]|$)")  # "plan A": no article
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d+(?:st|nd|rd|th))\b",
    re.I,
)


def signs(text: str) -> tuple[str, ...]:
    """The signs of a text, in no order; `text` has its punctuation."""
    return tuple(sorted(found[0].strip() for found in _SIGNS.finditer(text)))


def lettered(text: str) -> str:
    """The text with single capital letters as words of their own."""
    return _LETTER.sub(lambda letter: f"{letter[1].lower()}letter", text)


def ordinals(text: str) -> int:
    """How many of a text's figures count places, and not things."""
    return len(_ORDINAL.findall(text))
