"""Texts made to keep patterns busy: so long that one which goes over them again for each sign would not come back."""

from collections.abc import Callable

import pytest

from guards.figures import figures
from guards.follow_ups import sane
from guards.guard import Context
from guards.leak import Leak
from guards.links import Links
from guards.personal.guard import seen
from guards.secrets import Secrets
from rag.citations import settled, unmarked
from ui import markdown

LONG = 100_000
CONTEXT = Context("?", ("A passage.",), canary="deadbeef")
READERS: tuple[Callable[[str], object], ...] = (
    lambda text: list(figures(text)),
    lambda text: sane([text], "?"),
    lambda text: [*Links().find(text, CONTEXT), *Secrets().find(text, CONTEXT), *Leak().find(text, CONTEXT)],
    seen,
    lambda text: unmarked(settled(text)),
    lambda text: markdown.answer(text, linked={"https://a.example"}),
)


@pytest.mark.parametrize("text", ["\n" * LONG, " " * LONG, "~" * LONG, "[a](" + "x" * LONG, "[a](" + " " * LONG])
def test_hostile_texts_are_read_like_others(text: str) -> None:
    for read in READERS:
        read(text)
