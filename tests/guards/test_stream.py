"""The answer's text while its JSON is still being written."""

import json
import random
import re
from itertools import pairwise

import pytest
from pydantic_core import from_json

from guards.schema import AnswerStream, partial_answer

PIECES = [
    "word ",
    "ü",
    "€",
    "😀",
    "👩‍👩‍👧",
    '"',
    "\\",
    "\n",
    "\t",
    "/",
    "\b",
    "\x01",
    "{",
    "}",
    "[1]",
    "\ud83d",
    "\ude00",
    "</think>",
    "```",
]
BEFORE = [
    "",
    " \n",
    "```json\n",
    "\ufeff[",
    "json\n",
    '<think>{"answer": "no"} <</think>\n',
    'Sure. <THINKING>{"answer": "no"} <</thinking>```json\n',
    'So {"answer": "no"} {"answer": "no"}</think>\n',
    'analysisHm {"answer": "no"}assistantfinal',
    '<|channel|>analysis<|message|>{"answer": "no"}<|end|><|start|>assistant<|channel|>final<|message|>',
    '<|channel|>analysis<|message|>{"answer": "no"}<|channel|>final <|constrain|>json<|message|>',
    '{"other": {"answer": "no"}} ',
]


def random_case(rng: random.Random) -> tuple[str, str]:
    """A model's text and the answer in it."""
    answer = "".join(rng.choices(PIECES, k=rng.randrange(12)))
    answer = re.sub(r"\A(?=\s*(?:```\s*)?\{)", "a", answer)  # what begins like JSON is not shown
    draft = {"answer": answer, "citations": [{"passage": 1, "quote": 'a "answer": "b"'}], "answerable": True}
    if rng.random() < 0.3:
        draft = {"citations": [{"answer": "no", "quote": "}\\"}], "ans\\wer": ":", **draft}
    whole = json.dumps(draft, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 2]))
    return rng.choice(BEFORE) + shown(whole) + rng.choice(["", "\n```", " Done."]), shown(answer)


def shown(text: str) -> str:
    """The text with pairs of surrogates joined, and U+FFFD for those that stand alone."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return re.sub("[\ud800-\udfff]", "\ufffd", joined)


def chunks(text: str, rng: random.Random) -> list[str]:
    """The text in random pieces."""
    cuts = sorted(rng.choices(range(len(text) + 1), k=rng.randrange(1, len(text))))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize("seed", range(100))
def test_any_chunking_gives_the_answer_that_json_gives(seed: int) -> None:
    rng = random.Random(seed)
    text, answer = random_case(rng)
    stream = AnswerStream()
    assert "".join(map(stream.feed, chunks(text, rng))) == answer


@pytest.mark.parametrize("seed", range(30))
def test_later_text_only_adds(seed: int) -> None:
    text, answer = random_case(random.Random(seed))
    seen = [partial_answer(text[:end]) for end in range(len(text) + 1)]
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
    assert (seen[0], seen[-1]) == ("", answer)


def test_agrees_with_pydantic_on_partial_json() -> None:
    text = '{"answer": "Within 30 days [1].\\n- yes", "citations": []}'
    for end in range(12, len(text)):
        if text[end - 1] != "\\":
            assert partial_answer(text[:end]) == from_json(text[:end], allow_partial="trailing-strings")[
                "answer"
            ].removesuffix("[")


@pytest.mark.parametrize(
    "text", ["", "no json", '{"answer', '{"answer":', '{"answer": "', '<think>{"answer": "x', '{"a": "x"}']
)
def test_there_is_nothing_before_the_answer_starts(text: str) -> None:
    assert partial_answer(text) == ""


def test_a_dangling_escape_is_held_back() -> None:
    assert partial_answer('{"answer": "a\\') == "a"
    assert partial_answer('{"answer": "a\\u00e') == "a"
    assert partial_answer('{"answer": "a\\ud83d') == "a"
    assert partial_answer('{"answer": "a\\ud83d\\ude0') == "a"
    assert partial_answer('{"answer": "a\\ud83d\\ude00') == "a😀"


def test_a_broken_escape_ends_the_text() -> None:
    stream = AnswerStream()
    assert stream.feed('{"answer": "a\\u12x4 b') == "a"
    assert stream.feed(" and more") == ""


def test_an_answer_that_is_no_text_gives_nothing() -> None:
    assert partial_answer('{"answer": ["a"], "note": "b"}') == ""


@pytest.mark.parametrize("before", ["Sure, {name}, here:\n", "Let me see. ", "{name}: "])
def test_behind_words_nothing_streams_as_they_may_be_thoughts(before: str) -> None:
    assert partial_answer(before + '{"answer": "perhaps"}') == ""
    assert partial_answer(before + '{"answer": "perhaps"}</think>{"answer": "yes"}') == "yes"


@pytest.mark.parametrize(
    "block", ["<think>Hm</think>", "[THINK]Hm[/THINK]", "<|begin_of_thought|>Hm<|end_of_thought|>"]
)
def test_thoughts_within_the_answer_are_never_given_out(block: str) -> None:
    text = json.dumps({"answer": f"{block}\n\nUp to {block}140 euros. [1] a < b"})
    seen = [partial_answer(text[:end]) for end in range(len(text) + 1)]
    assert not any("H" in one or "think" in one.lower() for one in seen)
    assert seen[-1] == "Up to 140 euros. [1] a < b"


@pytest.mark.parametrize("answer", ['{"answer": "no"}', '```json\n{"answer": "no"}\n```', ' \n{"answer": "no"}'])
def test_an_answer_that_is_json_itself_is_not_shown(answer: str) -> None:
    stream = AnswerStream()
    assert stream.feed(json.dumps({"answer": answer})) == ""
    assert stream.ended


def test_nothing_is_kept_of_what_was_passed_over() -> None:
    """So that a token costs the same at the start and at the end."""
    stream = AnswerStream()
    for _ in range(500):
        stream.feed("thinking <thin {  ")
    stream.feed('{"' + "k" * 500)
    stream.feed('": "v", "answer": "')
    for _ in range(500):
        stream.feed("words \\n and \\")
        stream.feed("u00e4")
    assert len(stream._held) + len(stream._key) < 100


def test_a_quote_that_may_belong_to_the_answer_does_not_end_it() -> None:
    for text, ended in (('{"answer": "a", "b": 1}', True), ('{"answer": "a"}', True), ('{"answer": "a "b" c"}', False)):
        stream = AnswerStream()
        stream.feed(text)
        assert stream.ended is ended
