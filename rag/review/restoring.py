"""What a reviewer wrote who sees marks such as [name], with the words again that these stand for.

Place by place: a mark is put back where it is clear which words it stands for, and never guessed. What is kept of an
answer is thereby the same whoever edited it, and nobody is ever shown or taught a mark in the place of words.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.examples import Unfit
from rag.review.veil import INSTEAD, KINDS_SHOWN, Veil

_TOKEN = re.compile(rf"{INSTEAD.pattern}|\w+|[^\w\s]|\n")
_TORN = re.compile(rf"\[(?:{KINDS_SHOWN})\b(?!\])|(?<!\[)\b(?:{KINDS_SHOWN})\]")
Context = tuple[str, str, str]  # a mark with the word before and the one behind it; "" where none is


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark in a text, and what it stands for, if that is known."""

    start: int
    end: int
    context: Context
    value: str = ""

    @property
    def kind(self) -> str:
        return self.context[1]


def restored(edited: str, stored: Sequence[str], veil: Veil) -> str:
    """The text with the words that its marks stand for; `stored` are what it may be made of, what it began with first.

    Raises Unfit for a mark that is torn, or of which it is not clear what it stands for.
    """
    if not veil.hides:
        return edited
    seen = [veil.marked(text) for text in stored if text]
    if set(_TORN.findall(edited)) - {one for shown, _ in seen for one in _TORN.findall(shown)}:
        raise Unfit("A mark such as [name] was torn. Put it back as it was, or say it in words that need none.")
    known = [_marks(shown, {(start, end): value for start, end, value in places}) for shown, places in seen]
    marks = _marks(edited, {})
    out, at, spans = [], 0, []
    for mark, value in zip(marks, _values(marks, known), strict=True):
        out += [edited[at : mark.start], value]
        end = sum(map(len, out))
        spans.append((end - len(value), end, value, mark.kind))
        at = mark.end
    text = "".join([*out, edited[at:]])
    _require_hidden(text, spans, veil)
    return text


def _values(marks: Sequence[_Mark], known: Sequence[Sequence[_Mark]]) -> list[str]:
    """What each mark stands for: in their order where nothing around any was changed, else each by itself."""
    for those in known:
        if [one.context for one in marks] == [one.context for one in those]:
            return [one.value for one in those]
    by_kind: dict[str, set[str]] = defaultdict(set)
    by_context: dict[Context, set[str]] = defaultdict(set)
    for one in (one for those in known for one in those):
        by_kind[one.kind].add(one.value)
        by_context[one.context].add(one.value)
    return [_value(mark, by_kind[mark.kind], by_context[mark.context]) for mark in marks]


def _value(mark: _Mark, of_kind: set[str], of_context: set[str]) -> str:
    if not of_kind:
        raise Unfit(f"{mark.kind} stands for nothing here. Say it in words that need no such mark.")
    clear = of_kind if len(of_kind) == 1 else of_context if all(mark.context) else set()
    if len(clear) != 1:
        raise Unfit(
            f"{mark.kind} stands for more than one thing here, and it is not clear for which. Leave the words beside "
            "it as they are, or say it in words that need no such mark."
        )
    return next(iter(clear))


def _require_hidden(text: str, spans: Sequence[tuple[int, int, str, str]], veil: Veil) -> None:
    """Raises Unfit when a value would come in sight of those from whom it is hidden."""
    hidden = {at for start, end in veil.places(text) for at in range(start, end)}
    for start, end, value, kind in spans:
        if value != kind and not hidden.issuperset(range(start, end)):
            raise Unfit(f"What {kind} stands for would come in sight in this text. Say it in words that need no mark.")


def _marks(text: str, values: dict[tuple[int, int], str]) -> list[_Mark]:
    tokens = list(_TOKEN.finditer(text))
    words = [one[0] for one in tokens]
    return [
        _Mark(*one.span(), (_word(words[:at][::-1]), one[0], _word(words[at + 1 :])), values.get(one.span(), one[0]))
        for at, one in enumerate(tokens)
        if INSTEAD.fullmatch(one[0])
    ]


def _word(tokens: Sequence[str]) -> str:
    """The first word, in the same line; "" where another mark comes before it."""
    found = next((one for one in tokens if one == "\n" or one[0].isalnum() or INSTEAD.fullmatch(one)), "")
    return found if found[:1].isalnum() else ""
