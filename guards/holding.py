"""Text before it is shown: held back only while something to find could be forming at its end."""

import re
from collections.abc import Callable, Sequence

from guards.guard import Context, Watching
from guards.verdicts import Finding, Ruling, masked

_CLAUSE_END = re.compile(r"[.,;:!?…)\]\n—–](?=\s|\Z)")
LONGEST = 300  # characters without an end of a clause, after which a text is looked at anyway
Rule = Callable[[str, Context], Ruling]


class Holding:
    """Feed it a text piece by piece; it gives back what may be shown, the rest named instead of shown.

    `watching` are guards that know what may be forming; `rule` asks all others, a clause at a time, and is None where
    there are none. What was found so far is in `found`.
    """

    def __init__(self, watching: Sequence[Watching], rule: Rule | None, context: Context) -> None:
        self._watching = watching
        self._rule = rule
        self._context = context
        self._held = ""
        self.found: list[Finding] = []

    def feed(self, delta: str) -> str:
        """What can be shown after this much more."""
        text = self._held + delta
        cut = min((guard.forming(text, self._context) for guard in self._watching), default=len(text))
        if self._rule and cut:
            ends = [end.end() for end in _CLAUSE_END.finditer(text, 0, cut)]
            cut = ends[-1] if ends else cut if cut > LONGEST else 0
        shown, self._held = text[:cut], text[cut:]
        return self._passed(shown)

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        shown, self._held = self._held, ""
        return self._passed(shown)

    def _passed(self, text: str) -> str:
        if not text:
            return ""
        found = [finding for guard in self._watching for finding in guard.find(text, self._context)]
        if self._rule:
            ruling = self._rule(text, self._context)
            found += ruling.doing("mask", "ask_again", "refuse")
        self.found += found
        return masked(text, tuple(found)) if found else text
