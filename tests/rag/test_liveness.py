"""Who is alive and who owns the index, told by file locks."""

import subprocess
import sys
from pathlib import Path

from rag.liveness import Liveness

HOLDING = """
import sys
from pathlib import Path
from rag.liveness import Liveness
held = Liveness(Path(sys.argv[1]))
print(held.process, held.own_index(), flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).parents[2]


def test_a_process_is_alive_until_it_closes(tmp_path: Path) -> None:
    first, second = Liveness(tmp_path), Liveness(tmp_path)
    assert first.dead([second.process]) == []
    second.close()
    assert first.dead([second.process]) == [second.process]
    first.close()


def test_nobody_is_dead_to_itself(tmp_path: Path) -> None:
    alive = Liveness(tmp_path)
    assert alive.dead([alive.process]) == []
    alive.close()


def test_only_one_owns_the_index_and_the_next_may_take_it(tmp_path: Path) -> None:
    first, second = Liveness(tmp_path), Liveness(tmp_path)
    assert (first.own_index(), first.own_index(), second.own_index()) == (True, True, False)
    first.close()
    assert second.own_index()
    second.close()


def test_a_killed_process_is_dead_and_owns_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        process, owns = other.stdout.readline().split()
        own = Liveness(tmp_path)
        assert (owns, own.dead([process]), own.own_index()) == ("True", [], False)
        other.kill()
        other.wait()
        assert (own.dead([process]), own.own_index()) == ([process], True)
        own.close()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    first = Liveness(tmp_path)
    first.dead(["gone"])
    first.close()
    assert list((tmp_path / "processes").iterdir()) == []
