"""Guards under a time limit: what hangs, ends or is closed."""

import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from guards.guard import NOTHING_ELSE, Context
from guards.timed import AT_ONCE, Timed
from guards.verdicts import Finding

_HANGS = """
import threading
from guards.guard import NOTHING_ELSE
from guards.timed import Timed
class Hangs:
    name = "hangs"
    def find(self, text, context):
        threading.Event().wait()
assert Timed(Hangs()).ask("?", NOTHING_ELSE).result(0.05) is None
"""


class Ending:
    name = "ending"

    def __init__(self, how: type[BaseException]) -> None:
        self._how = how

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        raise self._how


class Waiting:
    name = "waiting"

    def __init__(self) -> None:
        self.go_on, self.asked = threading.Event(), 0

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        self.asked += 1
        self.go_on.wait(20)
        return ()


def test_a_guard_that_hangs_does_not_keep_the_process_from_ending() -> None:
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", _HANGS], cwd=root, timeout=30)
    assert ended.returncode == 0


@pytest.mark.parametrize("how", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_guard_that_wants_to_end_the_program_is_broken(how: type[BaseException]) -> None:
    assert Timed(Ending(how)).ask("?", NOTHING_ELSE).result(5) is None


def test_a_guard_that_is_closed_is_broken() -> None:
    guard = Timed(Waiting())
    guard.close()
    assert guard.ask("?", NOTHING_ELSE).result(5) is None


def test_nobody_waits_for_what_was_not_begun_when_it_closed() -> None:
    waiting = Waiting()
    guard = Timed(waiting)
    asked = [guard.ask("?", NOTHING_ELSE) for _ in range(AT_ONCE + 1)]
    guard.close()
    assert asked[-1].result(600) is None
    waiting.go_on.set()
    assert [one.result(20) for one in asked[:-1]] == [[]] * AT_ONCE


def test_a_text_whose_turn_did_not_come_is_never_looked_at() -> None:
    waiting = Waiting()
    guard = Timed(waiting)
    asked = [guard.ask("?", NOTHING_ELSE) for _ in range(AT_ONCE + 1)]
    assert asked[-1].result(0.01) is None
    waiting.go_on.set()
    assert [one.result(20) for one in asked[:-1]] == [[]] * AT_ONCE
    assert guard.ask("?", NOTHING_ELSE).result(20) == []
    assert waiting.asked == AT_ONCE + 1


def test_threads_stay_few_however_much_is_asked() -> None:
    waiting = Waiting()
    waiting.go_on.set()
    guard, before = Timed(waiting), threading.active_count()
    assert all(guard.ask("?", NOTHING_ELSE).result(20) == [] for _ in range(200))
    assert threading.active_count() - before <= AT_ONCE
