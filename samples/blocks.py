"""Markdown as a short list of blocks: all that the Word and PDF documents need of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Block:
    """One piece of a text document; `level` counts headings from 1, `text` of an item includes its number."""

    kind: Literal["heading", "paragraph", "item", "table"]
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def read_blocks(markdown: str) -> list[Block]:
    """The headings, paragraphs, numbered items and tables of a Markdown text, in reading order."""
    return list(_blocks(MarkdownIt().enable("table").parse(markdown)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    rows: list[list[str]] = []
    number = ""
    for before, token in pairwise(tokens):
        match before.type, token.type:
            case _, "list_item_open":
                number = f"{token.info}. "
            case "heading_open", "inline":
                yield Block("heading", token.content, level=int(before.tag[1]))
            case "paragraph_open", "inline":
                yield Block("item" if number else "paragraph", number + token.content)
                number = ""
            case _, "tr_open":
                rows.append([])
            case (("th_open" | "td_open"), "inline"):
                rows[-1].append(token.content)
            case _, "table_close":
                yield Block("table", rows=tuple(map(tuple, rows)))
                rows = []
