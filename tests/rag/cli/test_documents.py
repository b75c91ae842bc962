"""`footnote ingest`, `documents` and `forget`."""

import json
import os
from pathlib import Path

import pytest

from rag.cli import main
from rag.house import House


def test_a_file_is_added_and_listed(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(leave)]) == 0
    assert capsys.readouterr().out == "leave.md: added\n"
    assert main(["documents"]) == 0
    assert capsys.readouterr().out == "     1  leave.md  (Leave, 1 chunks)\n"


def test_the_same_content_is_recognised(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    copy = leave.with_name("copy.md")
    copy.write_bytes(leave.read_bytes())
    capsys.readouterr()
    assert main(["ingest", str(copy)]) == 0
    assert capsys.readouterr().out == "copy.md: in the library already\n"


def test_bad_files_are_named_and_the_rest_goes_in(
    tmp_path: Path, leave: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.md").touch()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    paths = [tmp_path / "absent.md", tmp_path / "empty.md", tmp_path / "broken.pdf", tmp_path / "x.exe", leave]
    (tmp_path / "x.exe").write_bytes(b"MZ")
    assert main(["ingest", *map(str, paths)]) == 1
    said = capsys.readouterr()
    assert "leave.md: added" in said.out
    assert "broken.pdf" in said.out
    assert all(name in said.err for name in ("absent.md", "empty.md", "x.exe"))
    assert "Traceback" not in said.out + said.err


def test_a_folder_gives_what_can_be_read_in_it(tmp_path: Path, leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "handbook"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "deep" / "a.txt").write_text("Cats sleep.")
    (folder / ".hidden" / "b.txt").write_text("Dogs bark.")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    assert main(["ingest", str(folder)]) == 0
    assert capsys.readouterr().out == "a.txt: added\n"


def test_while_the_app_runs_it_does_the_work(
    running_app: House, leave: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command queues in SQL and watches: it must not open the app's vector index."""
    assert main(["ingest", str(leave)]) == 0
    assert capsys.readouterr().out == "leave.md: added\n"
    meaning = running_app.warmup.meaning()
    assert meaning is not None
    assert meaning.index.count() == 1


def test_forgetting_says_what_is_gone(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["forget", "1"]) == 0
    gone = capsys.readouterr().out
    assert gone == "leave.md: gone are 58 characters of text (1 version), 1 chunk, 1 vector and 1 file.\n"
    main(["documents", "--json"])
    assert json.loads(capsys.readouterr().out) == []


def test_forgetting_what_is_not_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "7"]) == 1
    assert capsys.readouterr().err == "There is no document 7. See: footnote documents\n"


def test_the_check_says_that_all_is_well(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    capsys.readouterr()
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Everything fits together.\n"


def test_tags_are_given_on_the_way_in(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", "--tag", "hr", "--tag", "rules", str(leave)])
    capsys.readouterr()
    main(["documents", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["tags"] == ["hr", "rules"]


def test_a_changed_file_is_a_new_version(leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    leave.write_text("# Leave\n\nEverybody has 31 days of leave a year.")
    capsys.readouterr()
    assert main(["ingest", str(leave)]) == 0
    assert capsys.readouterr().out == "leave.md: added (version 2)\n"


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path, leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert main(["ingest", str(tmp_path / "pipe.txt"), str(leave)]) == 1
    said = capsys.readouterr()
    assert "pipe.txt: Not a file that can be read." in said.err
    assert "leave.md: added" in said.out
