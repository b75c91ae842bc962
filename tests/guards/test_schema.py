"""The answer schema: what a model is asked for."""

import json

from guards.schema import Draft, response_format


def objects(schema: dict) -> list[dict]:
    """Every object in a JSON schema."""
    return [schema, *schema["$defs"].values()]


def test_answer_comes_first_so_that_it_can_stream() -> None:
    assert list(Draft.model_json_schema()["properties"]) == ["answer", "citations", "answerable", "follow_ups"]


def test_schema_fits_openai_strict_mode() -> None:
    for schema in objects(Draft.model_json_schema()):
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])
        assert not any("default" in field for field in schema["properties"].values())


def test_schema_uses_no_keyword_that_strict_servers_refuse() -> None:
    text = json.dumps(Draft.model_json_schema())
    assert not any(f'"{word}"' in text for word in ("maxItems", "minLength", "pattern", "format", "default"))


def test_response_format_asks_for_a_draft() -> None:
    asked = response_format()
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["strict"] is True
    assert asked["json_schema"]["schema"] == Draft.model_json_schema()


def test_a_fourth_follow_up_is_cut() -> None:
    draft = Draft(answer="a", citations=[], follow_ups=["1", "2", "3", "4"])
    assert draft.follow_ups == ["1", "2", "3"]


def test_null_lists_are_empty() -> None:
    draft = Draft.model_validate({"answer": "a", "citations": None, "follow_ups": None})
    assert (draft.citations, draft.follow_ups) == ([], [])


def test_half_a_character_is_replaced() -> None:
    assert Draft.model_validate(json.loads('{"answer": "a\\ud83d"}')).answer == "a\ufffd"
