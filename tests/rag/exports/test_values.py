"""Examples whose parts are looked through once each are masked as if the whole had been looked through."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from guards.personal.masks import LENGTH, SIGNS, Masks
from guards.personal.seen import KINDS
from rag import prompting
from rag.exports.values import Values, parts
from rag.models.masking import masked
from rag.types import Passage, Place, Turn
from tests.guards.personal.test_quick_looks import texts

QUICK = settings(max_examples=25, derandomize=True, database=None, deadline=None)
PROMPT = prompting.read("answer")
FENCE = "3f9c01de"
VALUES = Values(KINDS)  # what one example left behind is there for the next


def in_order() -> "Masks":
    """Masks whose signs are counted up."""
    numbers = count(28**5)
    return Masks(
        KINDS, lambda: "".join(SIGNS[(at // 28**place) % 28] for at in [next(numbers)] for place in range(LENGTH))
    )


@QUICK
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=3), texts, texts, texts)
def test_parts_hold_what_the_whole_holds(
    given_passages: list[tuple[str, str, str]], question: str, before: str, reply: str
) -> None:
    given_to = [
        Passage(at, (at,), 1, title, (Place(0, section, None),), 0, len(text), text, 0.9)
        for at, (title, section, text) in enumerate(given_passages, 1)
    ]
    history = (Turn(before, question),)
    rules = prompting.part(PROMPT, "system", brand="Footnote", fence=FENCE, examples="")
    sent = prompting.opening(PROMPT, rules, question, prompting.fenced(given_to, FENCE), history)
    whole, quick = in_order(), in_order()
    slowly = masked([*sent, ("ai", reply)], whole)
    quick.know(VALUES.of(parts(PROMPT, "Footnote", question, given_to, history)), [text for _, text in sent])
    assert masked([*sent, ("ai", reply)], quick) == slowly
    assert quick.count == whole.count
