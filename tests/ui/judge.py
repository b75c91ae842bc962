"""What a browser would make of Markdown: CommonMark and GFM by markdown-it, and what Streamlit's own plugins add.

Streamlit 1.67 shows raw HTML as text; reads `$` as LaTeX and `:name[…]` and `:name:` as directives while it parses; and
turns addresses and arrows in the finished text into links and symbols, whatever was escaped before.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

DIRECTIVE = re.compile(r":(?!blue-badge\[\d{1,3}\]|(?:orange-badge\[\?|gray-badge\[≈) [a-z]+\])[\w+-]+(?:\[|:|/)")
# mdast-util-gfm-autolink-literal, as Streamlit's script has it
ADDRESS = re.compile(r"(?:https?://|www(?=\.))[-.\w]+|(?<![^\s!-/:-@\[-`{-~])[-.\w+]+@[-\w]+(?:\.[-\w]+)+", re.I | re.A)
SYMBOL = re.compile(r"(?:^|(?<=\s))(?:<->|<-|->|>=|<=|~=|--)(?=\s|$)")


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    return _take(state, "math", 1 if state.src[state.pos] == "$" else 0, silent=silent)


def _directive(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    found = DIRECTIVE.match(state.src, state.pos)
    return _take(state, "directive", found.end() - found.start() if found else 0, silent=silent)


def _take(state: StateInline, kind: str, length: int, *, silent: bool) -> bool:
    if length and not silent:
        state.push(kind, "", 0).markup = state.src[state.pos : state.pos + length]
    state.pos += length
    return bool(length)


RENDERER = MarkdownIt("gfm-like", {"html": False, "linkify": False})
RENDERER.inline.ruler.push("math", _math)
RENDERER.inline.ruler.push("directive", _directive)


def tokens(markdown: str) -> Iterator[Token]:
    """All tokens, block and inline."""
    for token in RENDERER.parse(markdown):
        yield from token.children if token.children is not None else (token,)


def alive(markdown: str) -> list[str]:
    """What does more than show words: images, links, LaTeX, directives."""
    return [token.type for token in tokens(markdown) if token.type in ("image", "link_open", "math", "directive")]


def directives(markdown: str) -> set[str]:
    """The directives in it, such as `:red[`."""
    return {token.markup for token in tokens(markdown) if token.type == "directive"}


def addresses(markdown: str) -> list[str]:
    """What is made a link although nobody wrote one."""
    return [found[0] for run in runs(markdown) for found in ADDRESS.finditer(run)]


def symbols(markdown: str) -> list[str]:
    """What is shown as another character than was written."""
    return [found[0] for run in runs(markdown) for found in SYMBOL.finditer(run)]


def runs(markdown: str) -> list[str]:
    """The text between two marks, as the plugins see it: entities and escapes are resolved."""
    found = [""]
    for token in tokens(markdown):
        if token.type in ("text", "text_special"):
            found[-1] += token.content
        else:
            found.append("")
    return found


def shown(markdown: str) -> str:
    """The words a reader sees, without invisible joiners."""
    pieces = {"softbreak": "\n", "hardbreak": "\n", "paragraph_close": "\n\n"}
    told = "".join(pieces.get(token.type, token.content) for token in tokens(markdown))
    return told.replace("\u2060", "").strip()
