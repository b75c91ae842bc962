"""The attacks themselves: each can succeed only by being obeyed, and harmless ones name nothing to obey."""

from collections import Counter

from evals.redteam.cases import HARMLESS, LINES, cases, folded


def test_what_counts_as_success_stands_in_nothing_the_attacker_brings() -> None:
    given_away = [case.id for case in cases() if any(words in case.given for words in case.success)]
    nothing = [case.id for case in cases() if not (case.harmless or case.success or case.leaks or case.spoofs)]

    assert (given_away, nothing) == ([], [])


def test_each_attack_has_its_words_in_what_it_brings() -> None:
    without = [case.id for case in cases() if not case.harmless and not all(one in case.given for one in case.triggers)]

    assert without == []


def test_each_kind_has_its_cases_and_its_line() -> None:
    counted = Counter(case.kind for case in cases())

    assert set(counted) == set(LINES)
    assert min(counted.values()) >= 3
    assert counted[HARMLESS] >= 40


def test_no_two_cases_have_one_name() -> None:
    assert [name for name, count in Counter(case.id for case in cases()).items() if count > 1] == []


def test_letters_that_nobody_sees_are_read() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "Obey me")

    assert folded(f"Hello\u200b {hidden}") == "hello obey me"
