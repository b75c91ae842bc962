"""Markdown: the words of the page as rendered; raw HTML gives its visible text, pictures and link targets nothing."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.html import add_fragment
from rag.ingest.plain import decoded

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_LONGEST_INLINE = 10_000  # characters; the time for thousands of open brackets grows with their square


def read(data: bytes, name: str) -> Extracted:
    """Text of a Markdown file; its title is the front matter's, else the heading it opens with."""
    composer = Composer(name)
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    if front := _FRONT_MATTER.match(text):
        found = _FRONT_TITLE.search(front[1])
        title, text = (found[1] if found else ""), text[front.end() :]
    _Reader(composer).add_all(text)
    return composer.finish(title)


class _Reader:
    """Walks the blocks; parses the marks inside one only when its words are asked for."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.parser.core.ruler.disable("inline")
        self.references: dict[str, Any] = {}

    def add_all(self, text: str) -> None:
        tokens = self.parser.parse(text, self.references)
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "table_open":
                place = self._add_table(tokens, place)
            elif token.type == "heading_open":
                self.composer.heading(int(token.tag[1]), self._words(tokens[place + 1]))
                place += 1
            elif token.type == "inline":
                self.composer.text(self._words(token))
            elif token.type in ("fence", "code_block"):
                self.composer.code(token.content)
            elif token.type == "html_block":
                add_fragment(self.composer, token.content)
            place += 1

    def _add_table(self, tokens: list[Token], start: int) -> int:
        """Add the table that opens at `start`; the place of its end."""
        rows: list[list[str]] = []
        place = start
        while tokens[place].type != "table_close":
            if tokens[place].type == "tr_open":
                rows.append([])
            elif tokens[place].type == "inline":
                rows[-1].append(self._words(tokens[place]))
            place += 1
        self.composer.table(rows[0], rows[1:])
        return place

    def _words(self, token: Token) -> str:
        """Inline text: what links say, not where they lead; a soft break is a space, a hard one a new line."""
        if len(token.content) > _LONGEST_INLINE:
            return token.content
        children: list[Token] = []
        self.parser.inline.parse(token.content, self.parser, self.references, children)
        return "".join(map(_shown, children))


def _shown(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    is_break = token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br"))
    return "\n" if is_break else " " if token.type == "softbreak" else ""
