"""Texts made to keep patterns busy: so long that one which goes over them again for each sign would not come back."""

from collections.abc import Callable, Sequence

import pytest

from guards.figures import figures
from guards.follow_ups import sane
from guards.guard import Context
from guards.leak import Leak
from guards.links import Links
from guards.personal.guard import seen
from guards.secrets import Secrets
from rag.citations import settled, unmarked
from tests.ui.judge import alive
from ui import markdown

LONG = 100_000
CHEAP = 2_000  # characters that the judge of Markdown reads as well
CONTEXT = Context("?", ("A passage.",), canary="deadbeef")
FINDERS: tuple[Callable[[str], Sequence[object]], ...] = (
    lambda text: list(figures(text)),
    lambda text: sane([text], "?"),
    lambda text: [*Secrets().find(text, CONTEXT), *Leak().find(text, CONTEXT)],
    seen,
)


@pytest.mark.parametrize("text", ["\n" * LONG, " " * LONG, "~" * LONG, "[a](" + "x" * LONG, "[a](" + " " * LONG])
def test_hostile_texts_are_read_like_others(text: str) -> None:
    """Nothing is found in them; what stands in them stays, but for the blanks at their end."""
    assert [list(find(text)) for find in FINDERS] == [[]] * len(FINDERS)
    assert [one.where for one in Links().find(text, CONTEXT)] == ([(4, 4 + 2000)] if "x" in text else [])
    assert unmarked(settled(text)).rstrip() == text.rstrip()
    assert alive(markdown.answer(text[:CHEAP], linked={"https://a.example"})) == []
    assert markdown.answer(text, linked={"https://a.example"}).count("x") == text.count("x")
