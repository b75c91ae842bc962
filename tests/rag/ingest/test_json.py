"""JSON and JSON Lines."""

import json

import pytest

from rag.ingest.content import Unreadable
from rag.ingest.json import read
from tests.rag.ingest.reading import path_of, texts


def _read(value: object, name: str = "a.json") -> list[str]:
    return texts(read(json.dumps(value).encode(), name), "row")


def test_values_stand_with_the_way_to_them() -> None:
    assert _read({"name": "Pump", "tags": ["red", "blue"]}) == ["name: Pump", "tags: red, blue"]


def test_objects_are_sections() -> None:
    found = read(b'{"pump": {"motor": {"power": {"kW": 4}}}, "a": 1}', "a.json")
    assert texts(found, "row") == ["a: 1", "power.kW: 4"]
    assert path_of(found, "kW") == ("pump", "motor")


def test_lists_of_records_are_rows_with_their_keys() -> None:
    records = [{"item": "Socks", "price": {"net": 8}}, {"item": "Hat", "sold": True, "note": None}]
    assert _read({"items": records}) == ["item: Socks · price.net: 8", "item: Hat · sold: true"]


def test_numbers_stay_as_written() -> None:
    assert texts(read(b'{"price": 8.50, "id": 12345678901234567890123}', "a.json")) == [
        "price: 8.50",
        "id: 12345678901234567890123",
    ]


def test_a_record_a_line() -> None:
    found = read(b'{"a": 1, "b": "x"}\n\n{"a": 2, "b": "y"}\nno json\n', "a.jsonl")
    assert texts(found) == ["a: 1 · b: x", "a: 2 · b: y"]
    assert [finding.words for finding in found.findings] == ["Line 4 is no JSON and left out."]


def test_what_is_no_json_says_where() -> None:
    with pytest.raises(Unreadable, match=r"a\.json is no JSON from line 2 on"):
        read(b'{"a": 1,\nb: 2}', "a.json")


def test_depth_is_read_as_far_as_python_can() -> None:
    data = b'{"a":[' * 200 + b'"words"' + b"]}" * 200
    assert "words" in read(data, "a.json").text


def test_endless_depth_ends_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        read(b'{"a":[' * 200_000 + b'"words"' + b"]}" * 200_000, "a.json")


def test_values_along_a_deep_way_are_all_read() -> None:
    data = b'{"v": "word", "a":' * 300 + b"1" + b"}" * 300
    assert read(data, "a.json").text.count("word") == 300
