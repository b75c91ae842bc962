"""What holds at a place of an RTF file: inside its braces, and since the last paragraph ended."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside a group of braces; `fallback` counts the characters old programs show for a Unicode one."""

    skipped: bool = False
    hidden: bool = False
    tiny: bool = False
    is_note: bool = False
    encoding: str = "cp1252"
    fallback: int = 1


@dataclass(slots=True)
class Paragraph:
    """What was gathered since the last paragraph ended."""

    words: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    level: int = 0
    in_table: bool = False


def whole(text: str) -> str:
    """The text with the halves of characters beyond the first 65,536 made one."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
