"""How the sentences of an answer stand beside the passages."""

import random
from collections.abc import Sequence

import pytest

from guards.guard import Context
from guards.support import Sentence, Support
from guards.support.entailment import ModelMissing
from rag.ingest.sentences import sentences

REFUNDS = (
    "Refunds\nCustomers get their money back within 14 days of the purchase. The fee is 1,200 euros. "
    "Ask Maria Lopez in the Berlin office on 03.05.2024 at 17:30."
)
LEAVE = "Staff get twelve days of paid leave a year. Leave does not carry over. Two plans are sold: Basic and Pro."
SUPPORT = Support(sentences)


def look(answer: str, *passages: str, quotes: Sequence[tuple[int, str]] = ()) -> tuple[Sentence, ...]:
    return SUPPORT.look(answer, Context(passages=passages or (REFUNDS, LEAVE), quotes=tuple(quotes)))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Customers get their money back within 14 days.", "supported"),
        ("Please ask Maria Lopez at 5 p.m. on 3 May 2024, at 17:30.", "unsupported"),
        ("Please ask Maria Lopez on 3 May 2024 at 5:30 p.m.", "supported"),
        ("Leave of 12 paid days is given to staff a year.", "supported"),
        ("The moon is made of green cheese.", "unsupported"),
        ("Please write to John Miller in Madrid.", "unsupported"),
        ("Customers get their money back within 30 days.", "unsupported"),
        ("Customers get their money back on 4 May 2024.", "unsupported"),
        ("Three plans are sold: Basic and Pro.", "weak"),
    ],
)
def test_a_sentence_stands_by_what_the_passages_hold(answer: str, verdict: str) -> None:
    assert [one.verdict for one in look(answer)] == [verdict]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("It takes 30 days at 42 %.", "“30” and “42 %” stand in none of the passages."),
        ("Write to John Miller about cheese.", "“John Miller” stands in none of the passages."),
        ("Three plans are sold.", "“Three” stands in none of the passages; it may have been counted."),
        ("The moon is made of green cheese.", "Hardly any of its words stand in the passages."),
        ("Wait for 14 euros.", "“14” stands in the passages, but beside other words."),
    ],
)
def test_the_reader_is_told_why(answer: str, why: str) -> None:
    assert [one.why for one in look(answer)] == [why]


def test_a_verified_quote_is_believed_where_words_leave_a_doubt() -> None:
    answer = "Reimbursement of customers happens swiftly. [1]"
    assert [one.verdict for one in look(answer)] != ["supported"]
    assert [one.verdict for one in look(answer, quotes=[(1, "Customers get their money back")])] == ["supported"]


def test_a_quote_about_something_else_says_nothing_for_a_sentence() -> None:
    answer = "Reimbursement of customers happens swiftly. [1]"
    assert look(answer, quotes=[(1, "Leave does not carry over.")]) == look(answer)


def test_no_quote_saves_a_figure_that_stands_nowhere() -> None:
    found = look("Customers get their money back within 15 days. [1]", quotes=[(1, "within 14 days")])
    assert [(one.verdict, one.why) for one in found] == [("unsupported", "“15” stands in none of the passages.")]


@pytest.mark.parametrize(
    "answer",
    ["# 99 rules\nAsk Maria Lopez.", "Is it 99 days? Ask Maria Lopez.", "```\nwait = 99\n```\nAsk Maria Lopez."],
)
def test_figures_are_looked_up_also_where_nothing_is_claimed(answer: str) -> None:
    assert ("unsupported", "“99” stands in none of the passages.") in [(one.verdict, one.why) for one in look(answer)]


def test_of_a_very_long_answer_every_figure_is_looked_up() -> None:
    found = look("Leave does not carry over. " * 50 + "It is 99 days.")
    assert (len(found), found[-1].verdict) == (41, "unsupported")


def test_what_claims_nothing_is_not_counted() -> None:
    assert look("# Leave\nHere are the rules:\nDo you need more? I hope this helps.") == ()


def test_figures_and_names_of_questions_and_headings_count_as_found() -> None:
    asked = Context(
        passages=("Nights cost 80 euros.",),
        question="What do nights cost for 4 people?",
        history=("I am going to Lisbon.",),
        headings=("Prices 2026",),
    )
    (found,) = SUPPORT.look("Nights for 4 in Lisbon cost 80 euros, says Prices 2026.", asked)
    assert (found.verdict, found.why) == ("supported", "")


def test_spans_are_those_of_the_answer_with_its_marks() -> None:
    answer = "## Leave\n- Staff get **twelve** days. [1]\n- The moon is green cheese [2]."
    assert [answer[one.start : one.end] for one in look(answer)] == [
        "Staff get **twelve** days. [1]",
        "The moon is green cheese [2].",
    ]


def test_another_language_is_only_compared_by_figures_and_quotes() -> None:
    answer = "Die Kunden bekommen ihr Geld in 14 Tagen zurück und müssen nicht warten. [1] Es gibt aber auch 99 andere."
    quotes = [(1, "Customers get their money back within 14 days")]
    assert [one.verdict for one in look(answer)] == ["weak", "unsupported"]
    assert [one.verdict for one in look(answer, quotes=quotes)] == ["supported", "unsupported"]


def test_german_stems_match() -> None:
    passage = "Die Rechnungen werden innerhalb von 14 Tagen bezahlt. Die Zentrale ist in Köln und nicht in Bonn."
    said = "Eine Rechnung wird innerhalb von 14 Tagen von der Zentrale bezahlt."
    assert [one.verdict for one in look(said, passage)] == ["supported"]


@pytest.mark.parametrize("answer", ["休暇は28日です。", "Отпуск составляет 28 дней в году для всех."])
def test_other_scripts_are_looked_up_too(answer: str) -> None:
    assert [one.verdict for one in look(answer, answer)] == ["supported"]
    assert [one.verdict for one in look(answer.replace("28", "31"), answer)] == ["unsupported"]


def test_meaning_is_asked_once_for_a_few_doubtful_sentences() -> None:
    asked: list[int] = []

    def embed(texts: Sequence[str]) -> list[list[float]]:
        asked.append(len(texts))
        return [[1.0, 0.0] for _ in texts]

    answer = " ".join(f"The purchase of green cheese {word} pleases staff." for word in "by on under over at".split())
    close = Support(sentences, embed).look(answer, Context(passages=(REFUNDS, LEAVE)))
    assert [count <= 16 for count in asked] == [True]
    assert close[0].score > look(answer)[0].score


def test_meaning_that_is_not_there_yet_changes_nothing() -> None:
    answer = "The purchase of green cheese pleases the staff."
    assert Support(sentences, lambda texts: None).look(answer, Context(passages=(REFUNDS,))) == look(answer, REFUNDS)  # noqa: ARG005


class Always:
    """A model that finds everything as likely."""

    def __init__(self, score: float | None) -> None:
        self.score = score

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        if self.score is None:
            raise ModelMissing("gone")
        return [self.score for _ in pairs]


def test_a_model_by_name_decides_but_for_figures() -> None:
    said = "Customers get their money back. The moon is green cheese. They wait 99 days."
    assert [one.verdict for one in Support(sentences, None, Always(0.9)).look(said, Context(passages=(REFUNDS,)))] == [
        "supported",
        "supported",
        "unsupported",
    ]
    assert [one.verdict for one in Support(sentences, None, Always(0.1)).look(said, Context(passages=(REFUNDS,)))] == [
        "unsupported"
    ] * 3


def test_without_that_model_words_decide() -> None:
    said = "Customers get their money back within 14 days. The moon is green cheese."
    assert Support(sentences, None, Always(None)).look(said, Context(passages=(REFUNDS,))) == look(said, REFUNDS)


def test_as_a_guard_it_is_as_sure_as_large_the_unsupported_share_is() -> None:
    text = "Leave does not carry over. Wait for 99 days. It is 98 days. Two plans are sold."
    found = list(SUPPORT.find(text, Context(passages=(LEAVE,))))
    assert [(one.guard, one.what, one.sure) for one in found] == [("support", "unsupported sentence", 0.5)] * 2
    assert [text[slice(*one.where or ())] for one in found] == ["Wait for 99 days.", "It is 98 days."]


@pytest.mark.parametrize("seed", range(3))
def test_any_text_can_be_looked_at(seed: int) -> None:
    """Random signs: no exception, spans inside the text and in order."""
    chance = random.Random(seed)
    signs = "aB1 .,:;!?[]()|#*_`~<>-\n\t“”%€é日ア中\u0301\u200bÅİß½²①٣3年月:pm/'"
    for _ in range(150):
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(120)))
        passage = "".join(chance.choice(signs) for _ in range(80))
        found = SUPPORT.look(text, Context(passages=(passage,), question=passage))
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert [one.start for one in found] == sorted(one.start for one in found)
