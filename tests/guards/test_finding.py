"""The objects in what models write around them."""

import json

import pytest

from guards.finding import around, cut_off, objects, prose

GOOD = '{"answer": "It is {30} [1].", "citations": [{"passage": 1, "quote": "```"}]}'
DRAFT = '{"answer": "no"}'


def values(text: str) -> list[dict[str, object]]:
    return [found.value for found in objects(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD, ()),
        (f"\ufeff {GOOD}\n", ()),
        (f"```json\n{GOOD}\n```", ("a frame around it",)),
        (f"[{GOOD}]", ("a frame around it",)),
        (f"```\n{GOOD}\n```\nI hope this helps {{really}}!", ("words around it", "a frame around it")),
        (f"<think>Maybe {DRAFT}?</think>\n{GOOD}", ("reasoning",)),
        (f"Maybe {DRAFT}?</think>{GOOD}", ("reasoning",)),
        (f"<thinking>Maybe {DRAFT}?</thinking>\n{GOOD}", ("reasoning",)),
        (f"Sure. <reasoning>{DRAFT}</reasoning> So: {GOOD}", ("reasoning", "words around it")),
        (f"analysisMaybe {DRAFT}?assistantfinal{GOOD}", ("reasoning",)),
        (
            f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{GOOD}<|return|>",
            ("reasoning",),
        ),
        (f"Here is the answer for {{name}}:\n\n{GOOD}", ("words around it",)),
    ],
)
def test_json_is_found_in_what_models_write_around_it(text: str, told: tuple[str, ...]) -> None:
    (found,) = objects(text)
    assert found.value == json.loads(GOOD)
    assert around(text, found) == told


def test_objects_come_in_order() -> None:
    assert values(f'{{"note": "first"}} {GOOD} {DRAFT}') == [{"note": "first"}, json.loads(GOOD), {"answer": "no"}]


@pytest.mark.parametrize("text", [f"<think>perhaps {DRAFT}", f"Sure. <think>perhaps {DRAFT} or {DRAFT}"])
def test_a_draft_within_unfinished_thoughts_is_none(text: str) -> None:
    assert values(text) == []
    assert prose(text) in ("", "Sure.")


def test_an_end_of_thoughts_inside_of_a_text_ends_none() -> None:
    answer = {"answer": "They end with </think>, then comes the answer. [1]"}
    assert values(json.dumps(answer)) == [answer]


def test_an_object_whose_quotes_are_escaped_is_read() -> None:
    (found,) = objects(json.dumps(json.dumps({"answer": 'a "b"\nc'})))
    assert (found.value, found.repaired) == ({"answer": 'a "b"\nc'}, ("JSON within JSON",))


@pytest.mark.parametrize(
    "text", ['```json\n{"answer": "cut o', 'So: {"answer": "cut o', '<think>x</think>{"answer": "cut o']
)
def test_cut_off_json_is_returned_from_its_brace_on(text: str) -> None:
    assert (objects(text), cut_off(text), prose(text)) == ([], '{"answer": "cut o', "")


@pytest.mark.parametrize(
    "text", ["```\nJust words [1].\n```", "<think>So {so}</think>Just words [1].", "Just words [1]."]
)
def test_prose_is_what_is_left_without_json(text: str) -> None:
    assert (objects(text), prose(text)) == ([], "Just words [1].")


@pytest.mark.parametrize(
    "text", ['"citations": [1]}', 'words [1].", "citations": [{"passage": 1', "{answer: cut", GOOD]
)
def test_what_looks_like_json_is_no_prose(text: str) -> None:
    assert prose(text) == ""


RUBBISH = [
    "{" * 20_000,
    '{"a": "' * 5_000,
    "{'a': '" * 5_000,
    "<" * 20_000,
    '{"a":[' * 3_000,
    '{"a": "x" ' + "/*a*/ " * 5_000 + "!",
    '{"a": "x" ' + "# " * 5_000 + "!",
    "{ " + "// " * 5_000 + "\n!",
    '{"a": "' + 'x" /*b*/ ' * 2_000,
    '["' * 9_000,
    "\\" * 9_000,
    "<|" * 9_000,
    "passage " * 3_000,
]


@pytest.mark.parametrize("text", RUBBISH, ids=lambda text: text[:12])
def test_rubbish_is_given_up_soon(text: str) -> None:
    """Without an end in sight the test would not come to its own."""
    assert objects(text) == []
    assert isinstance(prose(text), str)
