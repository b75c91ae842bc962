"""Parsing in a child process: real children, real limits, and files that try to get out of them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.cancellation import Cancelled
from rag.ingest import parsing
from rag.ingest.content import Extracted, Finding, InnerFile, Unpacked, Unreadable
from rag.ingest.extract import extract
from rag.ingest.parsing import Limits, ProcessParser, Request
from rag.ingest.wire import heard, told

MARKDOWN = b"# Travel\n\nA hotel night costs 180 EUR. \xc3\x96l \xf0\x9f\x9b\xa2.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
Parse = Callable[..., Extracted | Unpacked]


@pytest.fixture
def parser_with() -> Iterator[Callable[..., ProcessParser]]:
    made: list[ProcessParser] = []

    def make(**limits: float) -> ProcessParser:
        made.append(ProcessParser(Limits(**({"seconds": 20, "still_seconds": 20} | limits))))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for parser in made:
        parser.close()


@pytest.fixture
def parser(parser_with: Callable[..., ProcessParser]) -> ProcessParser:
    return parser_with()


def request(folder: Path, data: bytes, name: str = "travel.md") -> Request:
    path = folder / "kept"
    path.write_bytes(data)
    return Request(name, path, 50_000_000)


def parsed(parser: ProcessParser, asked: Request) -> Extracted | Unpacked:
    return parser.parse(asked, lambda *_: None, lambda: False)


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes the child run this program, with `request` already read, instead of parsing."""

    def use(program: str) -> None:
        package = tmp_path / "rogue" / "rag" / "ingest"
        package.mkdir(parents=True)
        for folder in (package.parent, package):
            (folder / "__init__.py").touch()
        head = "import json, os, sys, time\nrequest = json.loads(sys.stdin.readline())\n"
        (package / "child.py").write_text(head + program)
        monkeypatch.setattr(parsing, "ROOT", tmp_path / "rogue")

    return use


def test_a_child_reads_as_this_process_would(parser: ProcessParser, tmp_path: Path) -> None:
    assert parsed(parser, request(tmp_path, MARKDOWN)) == extract("travel.md", MARKDOWN)


def test_a_child_is_used_again(parser: ProcessParser, tmp_path: Path) -> None:
    parsed(parser, request(tmp_path, MARKDOWN))
    first = parser._child
    parsed(parser, request(tmp_path, b"other words"))
    assert first is not None
    assert parser._child is first


def test_a_child_is_let_go_after_so_many_files(
    parser: ProcessParser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "FILES", 2)
    for _ in range(2):
        parsed(parser, request(tmp_path, MARKDOWN))
    assert parser._child is None


def test_what_cannot_be_read_says_why_and_the_child_goes_on(parser: ProcessParser, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"travel\.md is empty") as raised:
        parsed(parser, request(tmp_path, b"  \n"))
    assert raised.value.kind == "empty"
    assert parser._child is not None
    assert isinstance(parsed(parser, request(tmp_path, MARKDOWN)), Extracted)


def test_a_kept_file_that_is_gone_is_told_apart(parser: ProcessParser, tmp_path: Path) -> None:
    asked = request(tmp_path, MARKDOWN)
    asked.path.unlink()
    with pytest.raises(FileNotFoundError):
        parsed(parser, asked)


def test_a_child_that_dies_fails_its_file_alone(
    parser: ProcessParser, tmp_path: Path, misbehaving: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        misbehaving("os.kill(os.getpid(), 11)")
        with pytest.raises(Unreadable, match="stops the program that reads it") as raised:
            parsed(parser, request(tmp_path, MARKDOWN))
    assert raised.value.kind == "damaged"
    monkeypatch.undo()
    assert isinstance(parsed(parser, request(tmp_path, MARKDOWN)), Extracted)


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"parsed": {}}', '{"parsed": {"text": "a", "files": []}}', ""])
def test_a_child_that_talks_nonsense_is_not_believed(
    parser: ProcessParser, tmp_path: Path, misbehaving: Callable[[str], None], line: str
) -> None:
    misbehaving(f"print({line!r}, flush=True)")
    with pytest.raises(Unreadable, match=r"travel\.md"):
        parsed(parser, request(tmp_path, MARKDOWN))


@pytest.mark.parametrize("limits", [{"seconds": 0.5}, {"still_seconds": 0.5}])
def test_an_endless_file_ends(
    parser_with: Callable[..., ProcessParser],
    limits: dict[str, float],
    tmp_path: Path,
    misbehaving: Callable[[str], None],
) -> None:
    misbehaving("time.sleep(60)")
    parser = parser_with(**limits)
    with pytest.raises(Unreadable, match="takes too long"):
        parsed(parser, request(tmp_path, MARKDOWN))
    assert parser._child is None


def test_a_child_ends_with_an_app_that_is_killed(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    slow = request(tmp_path, b"# x\n" * 3_000_000)  # takes longer than this test
    asked = {"name": slow.name, "path": str(slow.path), "max_bytes": 50_000_000, "folder": str(left), "seconds": 60}
    app = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-m', 'rag.ingest.child', '1500'], stdin=subprocess.PIPE,"
        " stdout=sys.stdout, start_new_session=True)\n"
        f"child.stdin.write({(json.dumps(asked) + chr(10)).encode()!r})\n"
        "child.stdin.flush()\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", app], stdout=subprocess.PIPE, cwd=parsing.ROOT) as parent:
        time.sleep(1)
        parent.kill()
        assert parent.stdout is not None
        assert parent.stdout.read() == b""  # ends when the child, which holds it as well, has ended
    assert not left.exists()


def test_a_file_that_gets_on_may_take_its_time(
    parser_with: Callable[..., ProcessParser], tmp_path: Path, misbehaving: Callable[[str], None]
) -> None:
    misbehaving(
        "for page in range(6):\n    print(json.dumps({'done': page, 'of': 6}), flush=True)\n    time.sleep(0.3)\n"
        "print(json.dumps({'parsed': {'files': [], 'findings': []}}), flush=True)"
    )
    parser = parser_with(seconds=60, still_seconds=1.5)
    pages: list[tuple[int, int]] = []
    found = parser.parse(request(tmp_path, MARKDOWN), lambda done, of: pages.append((done, of)), lambda: False)
    assert (found, pages[-1]) == (Unpacked(()), (5, 6))


def test_a_child_that_eats_memory_is_stopped(
    parser_with: Callable[..., ProcessParser], tmp_path: Path, misbehaving: Callable[[str], None]
) -> None:
    """The real child's limit, under which the program then runs."""
    root = str(parsing.ROOT)
    misbehaving(
        f"sys.path.insert(0, {root!r}); import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('real', {root!r} + '/rag/ingest/child.py')\n"
        f"import rag; rag.__path__[:] = [{root!r} + '/rag']\n"
        "import rag.ingest; rag.ingest.__path__[:] = [rag.__path__[0] + '/ingest']\n"
        "real = importlib.util.module_from_spec(spec); spec.loader.exec_module(real)\n"
        "real._limit(int(sys.argv[1]))\nhoard = bytearray(2_000_000_000)"
    )
    with pytest.raises(Unreadable, match="needs too much memory"):
        parsed(parser_with(megabytes=600), request(tmp_path, MARKDOWN))


def test_a_cancel_ends_the_child_and_what_it_started(
    parser: ProcessParser, tmp_path: Path, misbehaving: Callable[[str], None]
) -> None:
    misbehaving(
        "import subprocess\n"
        "own = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(own.pid))\n"
        "print(json.dumps({'done': 1, 'of': 2}), flush=True)\ntime.sleep(60)"
    )
    begun: list[int] = []
    with pytest.raises(Cancelled):
        parser.parse(request(tmp_path, MARKDOWN), lambda done, _: begun.append(done), lambda: bool(begun))
    wait_for_end(int((tmp_path / "pid").read_text()))


def wait_for_end(pid: int) -> None:
    """A process that was killed is gone, or at least dead, soon."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)
    pytest.fail(f"{pid} is still running")


def test_a_child_knows_no_key_of_ours(
    parser: ProcessParser, tmp_path: Path, misbehaving: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    misbehaving("print(json.dumps({'unreadable': 'damaged', 'problem': ' '.join(sorted(os.environ))}), flush=True)")
    with pytest.raises(Unreadable) as raised:
        parsed(parser, request(tmp_path, MARKDOWN))
    assert "PYTHONPATH" in str(raised.value)
    assert "KEY" not in str(raised.value)


def test_what_a_parser_prints_is_not_taken_for_an_answer(parser: ProcessParser, tmp_path: Path) -> None:
    """The child's standard output is its parent's; printing goes elsewhere."""
    parsed(parser, request(tmp_path, MARKDOWN))
    child = parser._child
    assert child is not None
    if sys.platform == "linux":
        assert Path(f"/proc/{child.pid}/fd/1").readlink() == Path(f"/proc/{child.pid}/fd/2").readlink()


def test_closing_ends_the_child(parser: ProcessParser, tmp_path: Path) -> None:
    parsed(parser, request(tmp_path, MARKDOWN))
    child = parser._child
    assert child is not None
    parser.close()
    assert child.returncode == -signal.SIGKILL


def test_files_inside_travel_beside_the_words(tmp_path: Path) -> None:
    unpacked = Unpacked(
        (InnerFile("a/../b.md", b"\x00\xff"), InnerFile("c.md", b"")),
        (Finding("left_out", "x.exe is left out."), Finding("hidden_text", "psst", 3)),
    )
    assert heard(told(unpacked, tmp_path), tmp_path) == unpacked
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1"]
