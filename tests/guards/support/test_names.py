"""Names in a sentence."""

import pytest

from guards.support.names import names


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Please ask Maria Lopez in Berlin.", ["Maria Lopez", "Berlin"]),
        ("Customers may ask.", []),
        ("Contact Bank of America today.", ["Bank of America"]),
        ("The EU and NASA agree.", ["EU", "NASA"]),
        ("IBM sells it.", ["IBM"]),
        ("He asked. They told Élodie Durand.", ["Élodie Durand"]),
        ("担当はマリア・ロペスです。", ["マリア・ロペス"]),
        ("Спросите Анну Петрову завтра.", ["Анну Петрову"]),
        ("I think I can.", []),
    ],
)
def test_capitals_where_none_are_needed(words: str, found: list[str]) -> None:
    assert [name for name, _ in names(words)] == found


def test_in_german_only_names_of_several_words_can_be_told() -> None:
    said = "Der Antrag geht an Maria Lopez und die Zentrale."
    assert [name for name, _ in names(said, nouns_have_capitals=True)] == ["Maria Lopez"]
