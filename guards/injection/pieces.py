"""A request in pieces that are given names and put together later: a = "ignore all", b = "rules", do a + b."""

import re
from collections.abc import Iterator

from guards.injection.looks import Disguise

_NAMED = re.compile(
    r"\b(?P<name>[a-zA-Z]\w{0,15})\s{0,2}(?::=|=|:)\s{0,2}[\"'“‘`](?P<piece>[^\"'”’`\n]{1,300})[\"'”’`]"
)
_SUM = re.compile(r"(?<![\w+])[a-zA-Z]\w{0,15}(?:\s{0,2}\+\s{0,2}[a-zA-Z]\w{0,15})+")
_QUOTED = re.compile(r"([\"'])((?:(?!\1)[^\n]){1,80})\1(?:\s{0,2}\+\s{0,2}|\s{0,2},\s{0,2})(?=[\"'])")
MOST = 40


def joined(text: str) -> Iterator[Disguise]:
    """The pieces in the order in which they are added up; in their own order where they are not."""
    found = [named for _, named in zip(range(MOST), _NAMED.finditer(text), strict=False)]
    pieces = {named["name"]: named["piece"] for named in found}
    if len(pieces) > 1:
        sums = [(re.split(r"\s*\+\s*", one[0]), one.end()) for one in _SUM.finditer(text)]
        orders = [(names, end) for names, end in sums if all(name in pieces for name in names)]
        for names, end in orders[:4] or [(list(pieces), 0)]:
            for glue in ("", " "):
                whole = glue.join(pieces[name] for name in names)
                yield "pieces put together", whole, found[0].start(), max(found[-1].end(), end)
    literal = list(_QUOTED.finditer(text))[:MOST]
    if literal:
        end = text.find(literal[-1][1], literal[-1].end() + 1)
        last = text[literal[-1].end() + 1 : end] if end > 0 else ""
        if len(last) <= 80:
            yield (
                "pieces put together",
                "".join(piece[2] for piece in literal) + last,
                literal[0].start(),
                max(end + 1, literal[-1].end()),
            )
