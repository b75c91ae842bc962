"""Reasoning inside a text: known by its marks, never given out."""

import random

import pytest

from guards.thoughts import Spoken, spoken

SAID = "Up to 140 euros. [1]"
BLOCKS = [
    "<think>Hm, {0}</think>",
    "<THINKING>Hm</thinking>",
    "<reasoning>Hm <b>so</b></reasoning>",
    "<thought>Hm</thought>",
    "[THINK]Hm[/THINK]",
    "◁think▷Hm◁/think▷",
    "<|begin_of_thought|>Hm<|end_of_thought|>",
    "<|START_THINKING|>Hm<|END_THINKING|>",
    "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final<|message|>",
    "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>",
]


def streamed(text: str, size: int) -> str:
    filtered = Spoken()
    said = "".join(filtered.feed(text[at : at + size]) for at in range(0, len(text), size))
    return said + filtered.rest()


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_left_out(block: str) -> None:
    assert spoken(f"{block}\n{SAID}") in (SAID, f"\n{SAID}")
    assert spoken(f"{SAID} {block}{SAID}") == f"{SAID} {SAID}"


@pytest.mark.parametrize("block", BLOCKS[:8])
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_a_stream_gives_the_same_in_any_pieces(block: str, size: int) -> None:
    text = f"{block}\n\n{SAID}{block} And so on [2]."
    assert streamed(text, size) == spoken(text) == f"{SAID} And so on [2]."


@pytest.mark.parametrize("text", [f"Hm, no. {SAID}</think>{SAID}", f"analysisHm, no.assistantfinal{SAID}"])
def test_before_an_end_without_a_beginning_all_is_reasoning(text: str) -> None:
    assert spoken(text) == SAID


def test_thoughts_that_do_not_end_are_left_out() -> None:
    assert spoken(f"{SAID}<think>But then") == SAID
    assert spoken("<think>But then") == ""


def test_a_mark_the_text_is_about_stays() -> None:
    text = "The model thinks in `<think>` blocks, which `</think>` ends. [1]"
    assert spoken(text) == text
    assert streamed(text, 3) == text


def test_signs_that_begin_like_a_mark_stay() -> None:
    text = "a < b, <b>c</b>, [t] and <thin"
    assert streamed(text, 1) == text


@pytest.mark.parametrize("seed", range(50))
def test_no_thought_is_given_out_on_the_way(seed: int) -> None:
    rng = random.Random(seed)
    block = rng.choice(BLOCKS)
    text = f"{rng.choice(['', SAID])}{block.replace('Hm', 'secret')}{SAID}"
    filtered, at, out = Spoken(), 0, ""
    while at < len(text):
        size = rng.randrange(1, 9)
        out += filtered.feed(text[at : at + size])
        at += size
    assert "secret" not in out
