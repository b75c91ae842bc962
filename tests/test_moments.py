"""Words that tell when they were sent."""

import time

from tests.model_server.moments import ROUND_MS, WORD, lag_ms, lags_ms, telling, word


def test_a_word_tells_its_moment() -> None:
    assert lag_ms(word(5_000_000), 5_000.250) == 250


def test_clocks_begin_anew_without_a_jump() -> None:
    assert lag_ms(word(ROUND_MS - 10), (ROUND_MS + 15) / 1000) == 25


def test_a_word_is_late_when_it_was_first_there() -> None:
    words = [word(1000), word(1020), word(1040)]
    assert lags_ms([(1.030, 2), (1.100, 3)], words) == [30, 10, 60]


def test_an_answer_is_words_and_marks() -> None:
    before = time.time()
    text = "".join(telling(60, (3, "A passage.")))
    words = WORD.findall(text.replace("[3]", "&nbsp;:blue-badge[1]"))
    assert len(words) == 60
    assert text.count(" [3].") == 3
    assert -1 <= lag_ms(words[0], before) + 1000 * (time.time() - before) < 60_000
