"""Any text at all: no guard fails on it, every place lies in it, and harmless text is shown as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.guard import Context, Guard, Watching
from guards.holding import Holding
from rag.guarding import OWN

GUARDS: list[Guard] = [make() for make in OWN.values()]
WATCHING = [guard for guard in GUARDS if isinstance(guard, Watching)]
# What means something to one guard or another, mixed with anything that has a code point.
PIECES = st.sampled_from(
    "sk-proj- AKIA eyJ -----BEGIN ghp_ http:// https://a.b/c www. ](http ![x]( <img 4111111111111111 +49 30 123456 "
    "anna@host.example 192.168.0.1 DE89370400440532013000 ignore previous instructions system: <|im_start|> "
    "aWdub3Jl %69 &#105; \u200b \u202e \U000e0041 \ud83d 1,200 twelve 3rd 5% [1] `x` ``` $x$ :red[ Anna Berg Dr. "
    "Main Street 5 kill you all idiot".split(" ")
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12), st.sampled_from([" ", "\n", ". "])), max_size=12).map("".join)
BESIDE = Context(
    question="How late?", passages=("Until nine, see https://a.b/c.",), canary="ab12cd34", history=("Hm?",)
)
quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
@given(text=TEXTS)
@quick
def test_every_place_lies_in_the_text(guard: Guard, text: str) -> None:
    for finding in guard.find(text, BESIDE):
        start, end = finding.where or (0, len(text))
        assert 0 <= start <= end <= len(text)
        assert 0 <= finding.sure <= 1
        assert finding.what
        assert finding.why


@pytest.mark.parametrize("guard", WATCHING, ids=lambda guard: guard.name)
@given(text=TEXTS, cuts=st.lists(st.integers(0, 80), max_size=6))
@quick
def test_what_is_shown_in_pieces_holds_nothing_to_find(guard: Watching, text: str, cuts: list[int]) -> None:
    holding, at = Holding([guard], None, BESIDE), sorted(min(cut, len(text)) for cut in cuts)
    pieces = [text[start:end] for start, end in zip([0, *at], [*at, len(text)], strict=True)]
    shown = "".join([*(holding.feed(piece) for piece in pieces), holding.rest()])
    assert list(guard.find(shown, BESIDE)) == []
    if not list(guard.find(text, BESIDE)):
        assert shown == text
