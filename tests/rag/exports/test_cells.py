"""Cells no spreadsheet calculates, lines no reader cuts in two."""

import csv
import io
import json

import pytest

from rag.exports.cells import BOM, csv_lines, inert_cell, json_line

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "\x00=1+1",
    "\u200b=1+1",
    "＝1+1",
    "\r=1",
    "\n=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert inert_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["It closes at nine. [1]", "**bold** | table", "a=b", "", "“quoted”", "line\nbreak"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert inert_cell(text) == text


def test_a_reader_of_csv_finds_every_cell_again() -> None:
    rows = [{"a": 'He said "no", twice\nand left', "b": -1}, {"a": "nul\x00 half\ud83d", "b": None}]
    text = "".join(csv_lines(rows, ["a", "b"])).encode().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [
        ["a", "b"],
        ['He said "no", twice\nand left', "-1"],
        ["nul half\ufffd", ""],
    ]


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert next(iter(csv_lines([], ["ä"]))) == BOM + '"ä"\r\n'


def test_lists_of_words_are_joined_and_others_are_json() -> None:
    rows = [{"tags": ["travel", "old"], "diff": [["=", "a"]], "signals": {"left": 1}, "none": []}]
    line = list(csv_lines(rows, ["tags", "diff", "signals", "none"]))[1]
    assert next(csv.reader([line])) == ["travel; old", '[["=", "a"]]', '{"left": 1}', ""]


def test_a_line_of_json_is_one_line_to_every_reader() -> None:
    value = {"text": "one\u2028two\u2029three\x85four\nfive half\ud83d"}
    line = json_line(value)
    assert (line.count("\n"), len(line.splitlines())) == (1, 1)
    assert json.loads(line)["text"] == value["text"].replace("\ud83d", "\ufffd")
