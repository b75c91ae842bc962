"""Text before it is shown: held back only while something to find could be forming at its end."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from guards.guard import Context, Watching
from guards.verdicts import HIDING, Acted, Finding, Ruling, masked

_CLAUSE_END = re.compile(r"[.,;:!?…)\]\n—–](?=\s|\Z)")
_HALF_MARK = re.compile(r"(?<![ \t])[ \t]*\[[\d,; ]{0,12}\Z")  # of a footnote
BEFORE = 40  # characters
LONGEST = 300  # characters without an end of a clause, after which a text is looked at anyway
Rule = Callable[[str, Context], Ruling]


class Holding:
    """Feed it a text piece by piece; it gives back what may be shown, the rest named instead of shown.

    `watching` are guards that know what may be forming; `rule` asks all others, a clause at a time, and is None where
    there are none. What was found so far, and hidden, is in `found`; what is only told, in `flagged`.
    """

    def __init__(self, watching: Sequence[Watching], rule: Rule | None, context: Context) -> None:
        self._watching = watching
        self._rule = rule
        self._context = context
        self._seen = ""  # what stands just before it: whether a word begins there
        self._held = ""
        self.found: list[Finding] = []
        self.flagged: list[Finding] = []
        self.broken: dict[str, None] = {}  # guards, in order

    @property
    def ruling(self) -> Ruling | None:
        """What is told of all that was found; None: there is nothing to tell."""
        if not (self.found or self.flagged or self.broken):
            return None
        acted = (*(Acted(one, "mask") for one in self.found), *(Acted(one, "flag") for one in self.flagged))
        return Ruling("mask" if self.found else "flag" if self.flagged else "allow", acted, tuple(self.broken))

    def feed(self, delta: str) -> str:
        """What can be shown after this much more."""
        text = self._held + delta
        cut = min((self._forming(guard, text) for guard in self._watching), default=len(text))
        if self._rule and cut:
            ends = [end.end() for end in _CLAUSE_END.finditer(text, 0, cut)]
            cut = ends[-1] if ends else cut if cut > LONGEST else 0
        if cut < len(text) and (half := _HALF_MARK.search(text, max(0, cut - BEFORE), cut)):
            cut = half.start()  # readers would see a bracket and a number turn into a footnote
        shown, self._held = text[:cut], text[cut:]
        return self._passed(shown)

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        shown, self._held = self._held, ""
        return self._passed(shown)

    def _forming(self, guard: Watching, text: str) -> int:
        return max(0, guard.forming(self._seen + text, self._context) - len(self._seen))

    def _find(self, guard: Watching, text: str) -> Iterator[Finding]:
        """What a guard finds in a text, as it stands behind what was seen."""
        before = len(self._seen)
        for finding in guard.find(self._seen + text, self._context):
            start, end = finding.where or (0, 0)
            if end > before:
                yield replace(finding, where=(max(0, start - before), end - before))

    def _passed(self, text: str) -> str:
        if not text:
            return ""
        found = [finding for guard in self._watching for finding in self._find(guard, text)]
        self._seen = (self._seen + text)[-BEFORE:]
        if self._rule:
            ruling = self._rule(text, self._context)
            found += ruling.doing(*HIDING)
            self.flagged += ruling.doing("flag")
            self.broken |= dict.fromkeys(ruling.broken)
        self.found += found
        return masked(text, tuple(found)) if found else text
