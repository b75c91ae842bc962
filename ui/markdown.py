"""Texts of others, made harmless for st.markdown: questions, documents and answers are never trusted.

Streamlit shows raw HTML as text. The rest happens there in two steps. A parser finds images, links, LaTeX and
directives (`:red[…]`): no sign that could begin one of them is left as itself. Then plugins go over the finished
text, whatever was escaped in it, and make links of addresses and symbols of arrows: an invisible joiner inside
keeps them as they were written.
"""

import html
import re
from collections.abc import Collection, Sequence

from ui import links

_JOINER = "\u2060"  # no width, no line break
_FENCE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`\n]*)\n(?P<code>.*?)(?:^ {0,3}(?P=fence)[`~]*[ \t]*(?:\n|\Z)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"(?<![`\\])`([^`\n]+)`(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(\s*+<?([^()\s<>]*+)>?[^()]*+\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARK = re.compile(r"(?<![ \t])[ \t]*\[(\d{1,3})\]")
_ADDRESS = re.compile(r"(?<=http)(?=s?://)|(?<=www)(?=\.)|(?<=@)(?=[-\w])", re.IGNORECASE)
_SYMBOL = re.compile(r"(?<!\S)(<->|<-|->|>=|<=|~=|--)(?!\S)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Signs for private use, which stand for marks of our own until the rest is harmless.
_FIRST_PLACE = 0xF0000
_PLACE = re.compile("[\U000f0000-\U000ffffd]")
_ENDS_FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*\Z")
# What may begin an image, link, formula, fence or directive.
_BEGINS = re.compile(r"[\[\]<$]|`{3,}|~{3,}|:(?=[\w:+]|-\d)")


def plain(text: str) -> str:
    """Text to be shown as it is, line by line: nothing in it is read as Markdown."""
    lines = [_literal(line.rstrip()) for line in text.splitlines()]
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", "\n".join(lines))


def answer(
    text: str, *, numbered: bool = True, linked: Collection[str] = (), marks: Sequence[tuple[int, str]] = ()
) -> str:
    """An answer's Markdown without images, links and directives, its numbers as badges; code stays as it is.

    Not `numbered`: nothing was found for the numbers, so they are left out. `linked` are addresses that may be
    followed, see ui/links.py. `marks` are pieces of Markdown of our own with the places of the text they stand at.
    """
    text = _with_places(text, [at for at, _ in marks])
    text = text if numbered else _MARK.sub("", text)
    pieces, end = [], 0
    for block in _FENCE.finditer(text):
        info = "" if "mermaid" in block["info"].casefold() else block["info"]  # it would be drawn
        pieces += [
            _prose(text[end : block.start()], linked),
            f"{block['fence']}{info}\n{block['code'].rstrip()}\n{block['fence']}\n",
        ]
        end = block.end()
    shown = "".join((*pieces, _prose(text[end:], linked)))
    # The joiner keeps a mark from what stands behind it, such as "(address)".
    return _PLACE.sub(lambda place: f"&nbsp;{marks[ord(place[0]) - _FIRST_PLACE][1]}{_JOINER}", shown)


def _with_places(text: str, places: Sequence[int]) -> str:
    """The text with a sign that nobody uses at each place, where it shows: behind code, within a table's row."""
    pieces, end = [], 0
    text = _PLACE.sub("\ufffd", text)
    for number, at in enumerate(places):
        before = text[end:at]
        sign = chr(_FIRST_PLACE + number)
        if _ENDS_FENCE.search(before):
            sign = f"\n\n{sign}"
        elif before.rstrip().endswith("|"):
            before, sign = before.rstrip()[:-1], f"{sign} |"
        pieces += [before, sign]
        end = at
    return "".join((*pieces, text[end:]))


def quoted(text: str, *, linked: Collection[str] = ()) -> str:
    """The words of documents with footnote numbers: shown as they are, the numbers as badges, `linked` as above."""
    pieces = links.parted(text, linked)
    return "".join(_live(words, to) if to else _quoted(words) + words[len(words.rstrip(" ")) :] for words, to in pieces)


def _quoted(text: str) -> str:
    return "".join(plain(piece) if i % 2 == 0 else _badge(piece) for i, piece in enumerate(_MARK.split(text)))


def _prose(text: str, linked: Collection[str]) -> str:
    pieces = _CODE.split(text)
    return "".join(_code(piece) if i % 2 else _linking(piece, linked) for i, piece in enumerate(pieces))


def _linking(text: str, linked: Collection[str]) -> str:
    pieces = links.parted(text, linked)
    return "".join(_live(words, to) if to else _words(words) for words, to in pieces)


def _live(words: str, to: str) -> str:
    """A link that may be followed, and where it leads, whatever its words say."""
    leads = "" if words == to else f" ({_literal(links.host(to))})"
    return f"[{_literal(words)}](<{to}>){leads}"


def _words(text: str) -> str:
    """Markdown that is no code: links become their words, what is left of them and all else that is live, signs."""
    told = _LINK.sub(_linked_words, _IMAGE.sub(r"\1", html.unescape(text)))
    pieces = _MARK.split(_ESCAPED.sub(lambda sign: _entities(sign[1]), told))
    return "".join(_badge(piece) if i % 2 else _dead(piece) for i, piece in enumerate(pieces))


def _code(text: str) -> str:
    """Code in a line. Inside backticks an entity is shown as such, so code that needs one goes without them."""
    dead = _entities(_ADDRESS.sub(_JOINER, text))
    return f"`{text}`" if _dead(text) == text else dead


def _dead(text: str) -> str:
    return _BEGINS.sub(lambda sign: _entities(sign[0]), _ADDRESS.sub(_JOINER, text))


def _literal(line: str) -> str:
    body = line.lstrip(" \t")
    indent = "\u00a0" * len(line[: len(line) - len(body)].expandtabs(4))
    kept = _SYMBOL.sub(lambda symbol: _JOINER + symbol[1], _ADDRESS.sub(_JOINER, body))
    return indent + _PUNCTUATION.sub(r"\\\g<0>", kept.replace("\t", " "))


def _entities(text: str) -> str:
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _badge(number: str) -> str:
    return f"&nbsp;:blue-badge[{number}]"


def _linked_words(link: re.Match[str]) -> str:
    words, host = link[1], links.host(link[2])
    return f"{words} ({host})" if host and host not in words else words
