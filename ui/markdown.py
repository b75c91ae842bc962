"""Texts of others, made harmless for st.markdown: questions, documents and answers are never trusted.

Streamlit shows raw HTML as text. What is left to disarm: remote images and links, LaTeX between dollar signs, and
Streamlit's own directives (`:red[…]`, `:material/…:`, emoji codes).
"""

import re
from urllib.parse import urlsplit

_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])?")
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
_MARK = re.compile(r"[ \t]*\[(\d{1,3})\]")
_DIRECTIVE = re.compile(r":(?=[\w+-]+(?:\[|:|/))")
_SPECIAL = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")


def plain(text: str) -> str:
    """Text to be shown as it is, line by line: nothing in it is read as Markdown."""
    escaped = _SPECIAL.sub(r"\\\1", text).replace("\t", " ")
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", escaped)


def answer(text: str) -> str:
    """An answer's Markdown without images, links and directives, its footnote numbers as badges."""
    disarmed = _DEFINITION.sub("", text)
    disarmed = _IMAGE.sub(lambda image: image[1], disarmed)
    disarmed = _LINK.sub(_linked_words, disarmed)
    disarmed = disarmed.replace("$", r"\$")
    disarmed = disarmed.replace("://", "&#58;//").replace("www.", "www&#46;")
    disarmed = _DIRECTIVE.sub("&#58;", disarmed)
    return _MARK.sub(lambda mark: f"&nbsp;:primary-badge[{mark[1]}]", disarmed)


def quoted(text: str) -> str:
    """The words of documents with footnote numbers: shown as they are, the numbers as badges."""
    pieces = _MARK.split(text)
    words = [plain(piece) if i % 2 == 0 else f"&nbsp;:primary-badge[{piece}]" for i, piece in enumerate(pieces)]
    return "".join(words)


def _linked_words(link: re.Match[str]) -> str:
    words, host = link[1], urlsplit(link[2]).hostname if "//" in link[2] else None
    return f"{words} ({host})" if host and host not in words else words
