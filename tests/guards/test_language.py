"""The language of a text by its function words and its script."""

import pytest

from guards.language import NAMES, language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How many days of leave do I have in a year?", "en"),
        ("Wie viele Urlaubstage habe ich im Jahr?", "de"),
        ("Combien de jours de congé est-ce que j'ai par an pour les enfants ?", "fr"),
        ("¿Cuántos días de vacaciones tengo en el año y cómo se piden?", "es"),
        ("Quanti giorni di ferie ho in un anno e come li chiedo alla mia sede?", "it"),
        ("Quantos dias de férias tenho por ano e como é que os peço?", "pt"),
        ("Hoeveel vakantiedagen heb ik per jaar en hoe vraag ik ze aan?", "nl"),
        ("Hur många semesterdagar har jag om året och hur ska jag söka?", "sv"),
        ("Ile dni urlopu mam w roku i jak o nie się ubiegać?", "pl"),
        ("Сколько дней отпуска у меня в году?", "ru"),
        ("Скільки днів відпустки я маю на рік?", "uk"),
        ("有給休暇は年に何日ありますか。", "ja"),
        ("我每年有多少天年假？", "zh"),
        ("연차 휴가는 며칠인가요?", "ko"),
        ("كم عدد أيام الإجازة السنوية؟", "ar"),
        ("Πόσες ημέρες άδειας έχω τον χρόνο;", "el"),
    ],
)
def test_a_question_tells_its_language(text: str, code: str) -> None:
    assert language(text) == code
    assert code in NAMES


@pytest.mark.parametrize(
    "text",
    ["", "42", "VPN setup?", "Berlin, Tokyo, Lima", "`if (a and b) or the_c`", "Acme 東京", "no", "die", "API key 2FA"],
)
def test_too_little_tells_nothing(text: str) -> None:
    assert language(text) is None


def test_what_is_quoted_does_not_count() -> None:
    text = "Es steht dort so: “You get 28 days of leave in the year, not paid.” Das ist alles, was wir haben."
    assert language(text) == "de"


def test_letters_that_this_python_has_no_name_for_tell_nothing() -> None:
    assert language("\U00017000" * 20 + "ͰͺΆΆؠٮஃ\U00018cff") is None
