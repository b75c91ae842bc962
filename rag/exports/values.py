"""Personal data in what writers are sent, looked for once in each text: the same passages come in many examples.

What is sent is looked through part by part: rules, turns, each passage with its title, question. More than forty signs
that are always the same stand between two parts, which is further than anything about one value reaches.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from guards.personal.masks import values
from guards.personal.seen import Kind
from rag import prompting
from rag.types import Passage, Turn

FENCE = "0" * 8  # as long as the one of an example, which is another each time
KEPT = 4000  # texts: some megabytes
Found = Sequence[tuple[Kind, str]]


class Values:
    """What was found in texts that may come again. Not for many threads at once."""

    def __init__(self, kinds: Collection[Kind]) -> None:
        self.kinds = frozenset(kinds)
        self._known: OrderedDict[str, Found] = OrderedDict()  # the latest last

    def of(self, texts: Iterable[str]) -> list[tuple[Kind, str]]:
        """The values in these texts, in their order."""
        return [one for text in texts for one in self._of(text)]

    def _of(self, text: str) -> Found:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = values(text, self.kinds)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(text)
        return found


def parts(prompt: str, brand: str, question: str, given: Sequence[Passage], history: Sequence[Turn]) -> list[str]:
    """What an example sends, in parts that are the same wherever they come again."""
    rules = prompting.part(prompt, "system", brand=brand, fence=FENCE, examples="")
    *before, (_, asked) = prompting.opening(prompt, rules, question, "", history)
    passages = [prompting.fenced([replace(one, number=1)], FENCE) for one in given]
    return [*(text for _, text in before), *passages, asked]
