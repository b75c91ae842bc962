"""What was changed from one text to another, word by word. Neither text is trusted."""

import re
from difflib import SequenceMatcher

from ui import markdown

LONGEST = 20_000  # characters in all, beyond which both texts are shown as they are
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def shown(before: str, after: str) -> str:
    """Markdown: what went is struck out, what came is bold; the colours say it again."""
    if len(before) + len(after) > LONGEST:
        return markdown.plain(after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(_plain("".join(old[a:b])))
            continue
        gone, come = _marked("".join(old[a:b]), "red", "~~"), _marked("".join(new[c:d]), "green", "**")
        pieces.append(f"{gone} {come}" if gone and come else gone + come)
    return "".join(pieces).strip()


def _marked(text: str, colour: str, sign: str) -> str:
    """Signs around words only: beside a blank they would be no Markdown."""
    words = text.strip()
    if not words:
        return _plain(text)
    start = text.index(words[0])
    lines = (f":{colour}[{sign}{_plain(line.strip())}{sign}]" for line in words.splitlines() if line.strip())
    return "".join((_plain(text[:start]), "  \n".join(lines), _plain(text[start + len(words) :])))


def _plain(text: str) -> str:
    """Words as they are, with the blanks at their ends, which Markdown needs."""
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if not text.strip():
        return "\n\n" if text.count("\n") > 1 else "  \n" if "\n" in text else " " if text else ""
    return f"{_plain(lead)}{markdown.plain(text.strip())}{_plain(trail)}"
