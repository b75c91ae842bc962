"""Values give way to masks and come back, whatever stands around them."""

import json
import re
from itertools import cycle, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.personal.masks import Masks
from guards.personal.unmasking import UnmaskingStream

QUICK = settings(max_examples=60, derandomize=True, database=None, deadline=None)
VALUES = [
    "jo@x.example",
    "+44 20 7946 0958",
    "GB29 NWBK 6016 1331 9268 19",
    "4111 1111 1111 1111",
    "Dr. Jo Doe",
    "41.176.181.243",
]
TEXT = "Mail jo@x.example or al@x.example; ring +44 20 7946 0958, then jo@x.example again."
texts = st.lists(
    st.one_of(st.sampled_from([*VALUES, "EMAIL", "PHONE", "BCDFGH", "\\", '"', "\n"]), st.text(max_size=12))
)
texts = texts.map(" ".join) | texts.map("".join)


def test_no_value_is_left():
    masked = Masks().mask(TEXT)
    assert not re.search("example|7946", masked)


def test_the_same_value_has_the_same_mask_and_another_one_another():
    words = re.findall(r"EMAIL\w+", Masks().mask(TEXT))
    assert (words[0] == words[2], words[0] == words[1]) == (True, False)


def test_masks_are_drawn_anew():
    assert Masks().mask(TEXT) != Masks().mask(TEXT)


def test_values_are_counted_by_kind():
    masks = Masks()
    masks.mask(TEXT)
    assert masks.count == {"e-mail": 2, "phone": 1}


def test_only_the_kinds_that_are_asked_for_are_masked():
    assert Masks({"phone"}).mask("jo@x.example") == "jo@x.example"


def test_a_name_that_is_known_is_masked_where_nothing_tells_it():
    masks = Masks()
    masks.learn(["Ask Dr. Okafor.", "Okafor knows. Okafors do not."])
    assert re.fullmatch(r"NAME\w{6} knows\. Okafors do not\.", masks.mask("Okafor knows. Okafors do not."))


def test_a_part_of_a_name_has_the_mask_it_has_in_the_whole():
    masks = Masks()
    masks.learn(["By Claudia van der Berg."])
    whole, part = masks.mask("Claudia van der Berg"), masks.mask("When was Berg born?")
    assert re.fullmatch(r"NAME\w{6} van der NAME\w{6}", whole)
    assert part == f"When was {whole.split()[-1]} born?"
    assert masks.count == {"name": 1}


def test_values_behind_the_line_breaks_of_json_are_masked():
    text = json.dumps({"answer": "Ring\n030 1234567\njo@x.example"})
    masks = Masks()
    masked = masks.mask(text)
    assert "1234567" not in masked
    assert "jo@" not in masked
    assert masks.unmask(masked) == text


def test_a_text_that_brings_a_mask_along_cannot_pass_for_one():
    draws = cycle(["BCDFGH", "BCDFGJ", "BCDFGK"])
    masks = Masks(draw=lambda: next(draws))
    text = "emailBCDFGH is jo@x.example"
    assert masks.mask(text) == "emailBCDFGH is EMAILBCDFGJ"
    again = masks.mask("EMAILBCDFGJ said so")
    assert "EMAILBCDFGJ" not in again
    assert masks.unmask(again) == "EMAILBCDFGJ said so"


def test_a_draw_that_never_ends_well_is_an_error():
    masks = Masks(draw=lambda: "BCDFGH")
    with pytest.raises(RuntimeError):
        masks.mask("jo@x.example and al@x.example")


@QUICK
@given(st.lists(texts, min_size=1, max_size=3))
def test_texts_come_back_sign_for_sign(said):
    masks = Masks()
    masked = [masks.mask(text) for text in said]
    assert [masks.unmask(text) for text in masked] == said


@QUICK
@given(texts, st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_a_stream_gives_back_the_same_however_it_is_cut(text, cuts):
    masks = Masks()
    masked = masks.mask(text)
    stream, out, at = UnmaskingStream(masks), [], 0
    for long in cycle(cuts):
        out.append(stream.feed(masked[at : at + long]))
        at += long
        if at >= len(masked):
            break
    assert "".join(out) + stream.rest() == text


@QUICK
@given(texts, st.integers(1, 7), st.booleans())
def test_json_stays_json_and_brings_the_values_back(text, long, escaped):
    masks = Masks()
    said = json.dumps({"answer": masks.mask(text)})
    if escaped:
        said = re.sub(r"(?<![\\\w])[A-Z]", lambda sign: f"\\u{ord(sign[0]):04x}", said)
    stream = UnmaskingStream(masks, in_json=True)
    plain = "".join(stream.feed(said[at : at + long]) for at in range(0, len(said), long)) + stream.rest()
    assert json.loads(plain) == {"answer": text}


def test_every_cut_of_a_mask_is_bridged():
    masks = Masks()
    masked = masks.mask("to jo@x.example.")
    for at, then in product(range(len(masked)), repeat=2):
        stream = UnmaskingStream(masks)
        pieces = (masked[: min(at, then)], masked[min(at, then) : max(at, then)], masked[max(at, then) :])
        assert "".join(map(stream.feed, pieces)) + stream.rest() == "to jo@x.example."


def test_words_are_held_back_only_while_a_mask_may_be_forming():
    masks = Masks()
    masks.mask("jo@x.example")
    stream = UnmaskingStream(masks)
    assert [stream.feed(piece) for piece in ("Ask th", "e E", "m", "ma", " now")] == [
        "Ask th",
        "e ",
        "",
        "Emma",
        " now",
    ]


def test_masks_are_known_in_other_letters():
    masks = Masks()
    assert masks.unmask(masks.mask("jo@x.example").title()) == "jo@x.example"


def test_a_value_with_quotes_is_escaped_in_json():
    masks = Masks()
    masked = masks.mask("PSC 12, Box 34\nAPO AE 12345")
    stream = UnmaskingStream(masks, in_json=True)
    assert json.loads(f'"{stream.feed(masked) + stream.rest()}"') == "PSC 12, Box 34\nAPO AE 12345"
