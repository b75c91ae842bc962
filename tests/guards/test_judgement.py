"""A judge's verdicts are read out of what it wrote, or it is told why not."""

import pytest

from guards.judgement import Judgement, judgement_format, read_judgement


@pytest.mark.parametrize(
    "raw",
    [
        '{"reason": "ok", "faithful": true, "useful": false}',
        'Here it is:\n```json\n{"reason": "ok", "faithful": true, "useful": false,}\n```',
        "<think>{\"faithful\": false}</think>{'reason': 'ok', 'faithful': True, 'useful': 'no'}",
    ],
)
def test_verdicts_are_found_in_what_models_write(raw: str) -> None:
    assert read_judgement(raw) == Judgement(reason="ok", faithful=True, useful=False)


@pytest.mark.parametrize("raw", ["", "Yes.", '{"reason": "", "faithful": 4, "useful": true}', '{"faithful": true}'])
def test_what_is_no_verdict_is_told(raw: str) -> None:
    assert isinstance(read_judgement(raw), str)


def test_the_schema_is_closed() -> None:
    schema = judgement_format()["json_schema"]["schema"]
    assert (schema["required"], schema["additionalProperties"]) == (["reason", "faithful", "useful"], False)
