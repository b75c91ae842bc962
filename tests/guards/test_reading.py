"""Drafts in other shapes than asked for: read where the meaning is plain, and never with a word of our own."""

import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from guards.reading import NO_JSON, Reading, read
from guards.schema import AnswerStream, Draft

ANSWER, QUOTE, MORE = "Up to 140 euros. [1]", "up to 140 euros", "Trains are second class."
CITED = {"passage": 1, "quote": QUOTE}
MEANT = Draft.model_validate({"answer": ANSWER, "citations": [CITED]})


def given(**changes: Any) -> str:
    return json.dumps({"answer": ANSWER, "citations": [CITED]} | changes, ensure_ascii=False)


SHAPES = {
    "one citation alone": ({"citations": CITED}, "citations that are no list"),
    "quotes by passage": ({"citations": {"1": QUOTE}}, "citations that are no list"),
    "lists of quotes by passage": ({"citations": {"[1]": [QUOTE]}}, "citations that are no list"),
    "citations by passage": ({"citations": {"passage 1": {"quote": QUOTE}}}, "citations that are no list"),
    "a citation as text": ({"citations": [f'[1] "{QUOTE}"']}, "citations that are texts"),
    "a citation as pair": ({"citations": [[1, QUOTE]]}, "citations that are lists"),
    "several quotes": ({"citations": [{"passage": 1, "quote": [QUOTE]}]}, "several quotes in one citation"),
    "a number as text": ({"citations": [{"passage": "1", "quote": QUOTE}]}, "passages that are texts"),
    "a number in brackets": ({"citations": [{"passage": "[1]", "quote": QUOTE}]}, "passages that are texts"),
    "a number in words": ({"citations": [{"passage": "Passage 1", "quote": QUOTE}]}, "passages that are texts"),
    "other keys of a citation": ({"citations": [{"source": 1, "text": QUOTE}]}, "other keys"),
    "an answer in a list": ({"answer": [ANSWER]}, "an answer in parts"),
    "an answer in an object": ({"answer": {"text": ANSWER}}, "an answer in parts"),
    "a draft in its answer": ({"answer": given(), "citations": []}, "JSON within JSON"),
    "a fenced draft in its answer": ({"answer": f"```json\n{given()}\n```"}, "JSON within JSON"),
    "thoughts in the answer": ({"answer": f"<think>140?</think>\n{ANSWER}"}, "reasoning in the answer"),
    "follow-ups as text": ({"follow_ups": {"q": 1}}, "follow-ups that are no list of texts"),
    "nulls": ({"follow_ups": None, "answerable": None}, None),
    "truth as text": ({"answerable": "yes"}, None),
}


@pytest.mark.parametrize(("changes", "told"), SHAPES.values(), ids=SHAPES)
def test_a_wrong_type_is_taken_as_it_was_meant(changes: dict[str, Any], told: str | None) -> None:
    reading = read(given(**changes))
    assert reading.draft == MEANT
    assert told is None or told in reading.repaired
    assert bool(reading.repaired) == bool(told)


FORMS = {
    "other case": json.dumps({"Answer": ANSWER, "Citations": [{"Passage": 1, "Quote": QUOTE}]}),
    "other names": json.dumps({"response": ANSWER, "sources": [{"source": 1, "excerpt": QUOTE}]}),
    "an object around it": json.dumps({"name": "answer", "arguments": json.loads(given())}),
    "a message around it": json.dumps({"role": "assistant", "content": given()}),
    "escaped whole": json.dumps(given()),
    "Python": repr(json.loads(given(answerable=True))),
    "curly quotes": given().replace('"', "”"),
    "words around it": f"Here you are:\n{given()}\nGood luck!",
    "another object first": f'{{"steps": 2}}\n{given()}',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_another_form_is_taken_as_it_was_meant(text: str) -> None:
    reading = read(text)
    assert reading.draft == MEANT
    assert reading.repaired


def test_paragraphs_become_one_text_and_items_a_list() -> None:
    for parts, text in ((["One. [1]", "Two. [1]"], "One. [1]\n\nTwo. [1]"), (["- One", "- Two"], "- One\n- Two")):
        draft = read(given(answer=parts)).draft
        assert draft is not None
        assert draft.answer == text


@pytest.mark.parametrize("citations", [[1], ["[1]"], [{"passage": 1}], [{"passage": 1, "quote": None}], {"passage": 1}])
def test_citations_without_quotes_are_left_to_be_looked_up(citations: object) -> None:
    reading = read(given(citations=citations))
    if citations == {"passage": 1}:  # may be the number of a passage and its quote
        assert reading.draft is None
        return
    assert reading.draft is not None
    assert reading.draft.citations == []
    assert "citations without quotes" in reading.repaired


def test_json_that_is_the_answer_stays_one() -> None:
    answer = '{"text": "a lamp", "watts": 5}'
    reading = read(given(answer=answer))
    assert reading == Reading(Draft.model_validate({"answer": answer, "citations": [CITED]}))


def test_no_answer_where_there_is_none() -> None:
    reading = read('{"answer": null, "answerable": "no"}')
    assert reading.draft == Draft(answer="", answerable=False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NO_JSON),
        ("Just words.", NO_JSON),
        ('{"answer": "a" "b"}', NO_JSON),
        ('{"query": "travel"}', "answer: "),
        ('{"text": "a", "response": "b"}', "answer: "),
        (given(answer=[{"claim": "a"}]), "answer: "),
        (given(answer=None), "answer: "),
        (given(citations="none"), "citations: "),
        (given(citations=[{"passage": "1 or 2", "quote": QUOTE}]), "citations[0].passage: "),
        (given(citations=[CITED, {"passage": 2}]), "citations[1].quote: "),
        (given(answerable="perhaps"), "answerable: "),
    ],
)
def test_what_could_mean_anything_is_no_draft(text: str, problem: str) -> None:
    reading = read(text)
    assert reading.draft is None
    assert reading.problems[0].startswith(problem)


WORDS = "lamp euros night hotel don't Zürich “free” 140 co-op [1] (net) a:b no. “why”, {x} it's".split()
KEYS = {"answer": "response", "citations": "Sources", "quote": "excerpt", "passage": "number"}


def draws(hundred: int) -> Iterator[random.Random]:
    """A hundred seeds in one test: each by itself would cost more in being a test than in being run."""
    return (random.Random(seed) for seed in range(100 * hundred, 100 * hundred + 100))


def words_of(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randrange(1, 9)))


def mangled(rng: random.Random, draft: dict[str, Any]) -> str:
    """A draft with several of the mistakes that models make, and some that make no sense."""
    text = json.dumps(draft, ensure_ascii=False, indent=rng.choice([None, 1]))
    for _ in range(rng.randrange(1, 5)):
        old, new = rng.choice(list(KEYS.items()))
        cut = rng.randrange(len(text)) if text else 0
        text = rng.choice(
            [
                lambda text=text: text.replace('"', "'"),
                lambda text=text: text.replace('"', "”"),
                lambda text=text: text.replace("}", ",}"),
                lambda text=text: text.replace('", ', '" '),
                lambda text=text: text.replace("true", "True").replace("[]", "None"),
                lambda text=text, old=old, new=new: text.replace(f'"{old}"', f'"{new}"'),
                lambda text=text: re.sub(r'"(\w+)":', r"\1:", text),
                lambda text=text: f"```json\n{text}\n```",
                lambda text=text: f"<think>lamp {text[:30]}</think>{text}",
                lambda text=text: f"{text[:40]}</think>{text} night",
                lambda text=text: json.dumps({"answer": text}, ensure_ascii=False),
                lambda text=text, cut=cut: text[:cut],
                lambda text=text, cut=cut: text[:cut] + text[cut + 1 :],
                lambda text=text, cut=cut: f"{text[:cut]}{rng.choice('{}[]:,')}{text[cut:]}",
            ]
        )()
    return text


@pytest.mark.parametrize("hundred", range(15))
def test_however_it_is_mangled_nothing_raises_and_no_word_is_made_up(hundred: int) -> None:
    for rng in draws(hundred):
        quotes = [{"passage": rng.randrange(4), "quote": words_of(rng)} for _ in range(rng.randrange(3))]
        text = mangled(rng, {"answer": words_of(rng), "citations": quotes, "answerable": True, "follow_ups": []})
        draft = read(text).draft
        if draft is not None:
            said = [draft.answer, *draft.follow_ups, *(citation.quote for citation in draft.citations)]
            assert {word for one in said for word in re.findall(r"\w+", one)} <= set(re.findall(r"\w+", text)), text


BLOCKS = [
    "<think>{}</think>",
    "<Reasoning>{}</Reasoning>",
    "{}</think>",
    "[THINK]{}[/THINK]",
    "analysis{}assistantfinal",
]


@pytest.mark.parametrize("hundred", range(3))
def test_a_draft_in_reasoning_is_neither_streamed_nor_taken(hundred: int) -> None:
    for rng in draws(hundred):
        thought = f"{words_of(rng)} {rng.choice(['', '```json'])}{given(answer='secret')} {words_of(rng)}"
        text = rng.choice(BLOCKS).format(thought) + rng.choice(["", "\n\n", "```json\n"]) + given()
        cuts = sorted(rng.choices(range(len(text)), k=rng.randrange(1, 40)))
        stream = AnswerStream()
        streamed = "".join(stream.feed(text[a:b]) for a, b in pairwise((0, *cuts, len(text))))
        assert (streamed, read(text).draft) == (ANSWER, MEANT), text


MISTAKES: list[Callable[[str], str]] = [
    lambda text: text.replace('"', "'"),
    lambda text: text.replace('"', "”"),
    lambda text: text.replace("}", ",}"),
    lambda text: text.replace('", ', '" '),
    lambda text: text.replace("true", "True").replace("[]", "None"),
    lambda text: text.replace('"answer"', '"response"').replace('"quote"', '"excerpt"'),
    lambda text: re.sub(r'"(\w+)":', r"\1:", text),
    lambda text: text.replace("{", "{ // so\n", 1) if text.startswith("{") else text,
    lambda text: f"```json\n{text}\n```",
    lambda text: f"<think>lamp {text[:30]}</think>{text}",
]


@pytest.mark.parametrize("hundred", range(5))
def test_what_is_read_in_spite_of_mistakes_is_what_was_meant(hundred: int) -> None:
    for rng in draws(hundred):
        answer, quote = (words_of(rng).replace("{x}", "x") for _ in range(2))
        text = given(answer=answer, citations=[{"passage": 1, "quote": quote}])
        for mistake in rng.choices(MISTAKES, k=rng.randrange(1, 4)):
            text = mistake(text)
        draft = read(text).draft
        if draft is not None:
            understood = [straight(one) for one in (draft.answer, draft.citations[0].quote)]
            assert understood == [straight(answer), straight(quote)], text


def straight(text: str) -> str:
    return re.sub('["“”‘’]', "'", text)


@pytest.mark.parametrize("quote", ["." * 50_000, " " * 50_000, "[1]" + " " * 50_000, "_" * 50_000])
def test_odd_citations_are_refused_soon(quote: str) -> None:
    """Without an end in sight the test would not come to its own."""
    assert read(given(citations=[quote])).draft is None
    assert read(given(citations=[{"passage": quote, "quote": quote}])).draft is None
