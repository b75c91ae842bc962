"""The app's own instructions in an answer: the canary, a random word that stands in them alone, and their sentences."""

import re
from collections.abc import Iterator

from guards.guard import Context
from guards.verdicts import Finding

CANARY, INSTRUCTIONS = "canary", "instructions"
WHY = "It repeated the app's own instructions, which are no part of the documents."
RUN = 12  # words in a row: no sentence of a document agrees with ours that long by chance

_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[^\W_]")


class Leak:
    """Finds what an answer repeats of the instructions. Looks at the text alone, however it is spaced or cased."""

    name = "leak"

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        for place in _canary(text, context.canary):
            yield Finding(self.name, CANARY, WHY, place)
        for place in _runs(text, context.instructions):
            yield Finding(self.name, INSTRUCTIONS, WHY, place)

    def forming(self, text: str, context: Context) -> int:
        """Where the last signs of the text begin to be those of the canary."""
        secret = context.canary.casefold()
        if not secret:
            return len(text)
        signs = _signs(text, max(0, len(text) - 4 * len(secret)))[-len(secret) + 1 :]
        said = "".join(sign for sign, _ in signs)
        begun = next((at for at in range(len(said)) if secret.startswith(said[at:])), None)
        return len(text) if begun is None else signs[begun][1]


def _canary(text: str, canary: str) -> Iterator[tuple[int, int]]:
    secret = "".join(_SIGN.findall(canary)).casefold()
    if not secret:
        return
    signs = _signs(text)
    said, at = "".join(sign for sign, _ in signs), -1
    while (at := said.find(secret, at + 1)) >= 0:
        yield signs[at][1], signs[at + len(secret) - 1][1] + 1


def _signs(text: str, start: int = 0) -> list[tuple[str, int]]:
    """Letters and digits in small, and where they stand; none of those that become two when they are small."""
    found = ((sign[0].casefold(), sign.start()) for sign in _SIGN.finditer(text, start))
    return [(small, at) for small, at in found if len(small) == 1]


def _runs(text: str, instructions: str) -> Iterator[tuple[int, int]]:
    """Spans of at least `RUN` words in a row that stand in the instructions."""
    told = [word.casefold() for word in _WORD.findall(instructions)]
    known = {tuple(told[at : at + RUN]) for at in range(len(told) - RUN + 1)}
    words = list(_WORD.finditer(text)) if known else []
    said = [word[0].casefold() for word in words]
    begun: int | None = None
    for at in range(len(said) - RUN + 1):
        if tuple(said[at : at + RUN]) in known:
            begun = at if begun is None else begun
        elif begun is not None:
            yield words[begun].start(), words[at + RUN - 2].end()
            begun = None
    if begun is not None:
        yield words[begun].start(), words[-1].end()
