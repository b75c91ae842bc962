"""JSON with the mistakes that models make: read where only one meaning is left, refused elsewhere."""

import json

import pytest

from guards.lenient import Unreadable, read_value

MEANT = {"answer": "Up to 140 euros. [1]", "citations": [{"passage": 1, "quote": "140 euros"}], "answerable": True}

READ = {
    "single quotes": (repr(MEANT), ("other quotes", "Python's words")),
    "a trailing comma": (json.dumps(MEANT).replace("}]", "},]"), ("a comma too many",)),
    "a trailing comma at the end": (json.dumps(MEANT)[:-1] + ",}", ("a comma too many",)),
    "line comments": (json.dumps(MEANT).replace("{", "{ // the draft\n", 1), ("comments",)),
    "block comments": (json.dumps(MEANT).replace(", ", ", /* next */ ", 1), ("comments",)),
    "bare keys": (json.dumps(MEANT).replace('"answer"', "answer"), ("keys without quotes",)),
    "curly quotes": (
        '{“answer”: “Up to 140 euros. [1]”, “citations”: [{“passage”: 1, “quote”: “140 euros”}], "answerable": true}',
        ("other quotes",),
    ),
    "no comma between lines": (
        json.dumps(MEANT, indent=1).replace('[1]",', '[1]"'),
        ("a comma too few",),
    ),
}


@pytest.mark.parametrize(("text", "repaired"), READ.values(), ids=READ)
def test_a_mistake_is_read_as_it_was_meant(text: str, repaired: tuple[str, ...]) -> None:
    assert read_value(text, 0) == (MEANT, len(text), repaired)


def test_what_is_right_needs_no_repair() -> None:
    text = json.dumps(MEANT, indent=2)
    assert read_value(f"{text} and so on", 0) == (MEANT, len(text), ())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('{"a": "He said "yes" to it."}', 'He said "yes" to it.'),
        ('{"a": "It is "free", he said.", "b": 1}', 'It is "free", he said.'),
        ("{'a': 'It's the firm's lamp.'}", "It's the firm's lamp."),
        ('{"a": "in \\_italics\\_ \\[1\\]"}', "in \\_italics\\_ \\[1\\]"),
        ("{'a': 'it\\'s'}", "it's"),
        ('{"a": "tab\\tand \\u00fc and \\ud83d\\ude00",}', "tab\tand ü and 😀"),
        ('{"a": "http://lamps.example/a#b",}', "http://lamps.example/a#b"),
    ],
)
def test_a_text_is_read_to_its_end(text: str, meant: str) -> None:
    value, _, _ = read_value(text, 0)
    assert isinstance(value, dict)
    assert value["a"] == meant


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x" "b"}',
        '{"a": "cut o',
        '{"a": "x", "b": [1, 2',
        "{name}",
        '{"a": x}',
        '{"a": "one " two"}',
        '{"a": 1, "a": 2,}',
        '{"a": [1 2]}',
        "{" * 100,
        '{"a": ' * 50,
        "",
        "{'a': 'the employees' rights'}",
    ],
)
def test_what_has_no_single_meaning_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_value(text, 0)
