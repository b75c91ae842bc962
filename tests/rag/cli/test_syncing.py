"""`footnote ingest --sync FOLDER`: the library made equal to a folder."""

import json
import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from rag.cli import main


@pytest.fixture
def folder(tmp_path: Path, leave: Path) -> Path:  # `leave` sets the data folder up
    made = tmp_path / "handbook"
    (made / "deep").mkdir(parents=True)
    (made / "leave.md").write_text("# Leave\n\nEverybody has 30 days of leave.")
    (made / "deep" / "cats.txt").write_text("Cats sleep sixteen hours a day.")
    return made


def synced(folder: Path, capsys: pytest.CaptureFixture[str], code: int = 0) -> list[str]:
    capsys.readouterr()
    assert main(["ingest", "--sync", str(folder)]) == code
    return capsys.readouterr().out.splitlines()


def names(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    main(["documents", "--json"])
    return sorted(row["name"] for row in json.loads(capsys.readouterr().out))


def test_new_changed_and_gone_files_are_followed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synced(folder, capsys)[-1] == "2 added, 0 replaced, 0 unchanged, 0 deleted."
    (folder / "leave.md").write_text("# Leave\n\nEverybody has 31 days of leave.")
    (folder / "deep" / "cats.txt").unlink()
    (folder / "dogs.txt").write_text("Dogs bark.")
    told = synced(folder, capsys)
    assert told[-1] == "1 added, 1 replaced, 0 unchanged, 1 deleted."
    assert "cats.txt: deleted" in told
    assert names(capsys) == ["dogs.txt", "leave.md"]


def test_nothing_new_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    synced(folder, capsys)
    assert synced(folder, capsys) == ["0 added, 0 replaced, 2 unchanged, 0 deleted."]


def test_documents_from_elsewhere_stay(folder: Path, leave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(leave)])
    (folder / "leave.md").write_text("Other words.")
    synced(folder, capsys)
    assert names(capsys) == ["cats.txt", "leave.md", "leave.md"]


def test_a_file_that_moved_is_not_deleted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    synced(folder, capsys)
    shutil.move(folder / "deep" / "cats.txt", folder / "felines.txt")
    assert synced(folder, capsys)[-1] == "0 added, 0 replaced, 2 unchanged, 0 deleted."
    assert names(capsys) == ["felines.txt", "leave.md"]


def test_a_file_that_cannot_be_read_any_more_keeps_its_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    synced(folder, capsys)
    (folder / "deep" / "cats.txt").write_bytes(b"")
    assert synced(folder, capsys, code=1)[-1] == "0 added, 0 replaced, 1 unchanged, 0 deleted, 1 not readable."
    assert names(capsys) == ["cats.txt", "leave.md"]


def test_a_folder_without_files_deletes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A disk that is not mounted looks like this."""
    synced(folder, capsys)
    shutil.rmtree(folder)
    folder.mkdir()
    assert main(["ingest", "--sync", str(folder)]) == 1
    assert "nothing is changed" in capsys.readouterr().err
    assert names(capsys) == ["cats.txt", "leave.md"]


def test_what_is_no_folder_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "--sync", str(folder / "leave.md")]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert main(["ingest", "--sync", str(folder), str(folder)]) == 2


def test_files_of_an_archive_follow_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("birds.txt", "Birds sing.")
        archive.writestr("fish.txt", "Fish swim.")
    synced(folder, capsys)
    assert names(capsys) == ["birds.txt", "cats.txt", "fish.txt", "leave.md"]
    with ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("birds.txt", "Birds sing at dawn.")
    assert "fish.txt: deleted" in synced(folder, capsys)
    assert names(capsys) == ["birds.txt", "cats.txt", "leave.md"]


def test_files_that_swapped_their_names_both_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    synced(folder, capsys)
    leave, cats = folder / "leave.md", folder / "deep" / "cats.txt"
    words = leave.read_text(), cats.read_text()
    leave.write_text(words[1])
    cats.write_text(words[0])
    synced(folder, capsys)
    assert names(capsys) == ["cats.txt", "leave.md"]


def test_a_copy_stays_when_the_first_takes_the_words_of_a_third(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(folder / "leave.md", folder / "zz copy.md")
    synced(folder, capsys)
    shutil.copy(folder / "deep" / "cats.txt", folder / "leave.md")
    synced(folder, capsys)
    assert names(capsys) == ["cats.txt", "zz copy.md"]


def test_a_name_that_is_no_text_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(os.fsdecode(bytes(folder / "old") + b"\xff.txt")).write_text("From an old disk.")
    assert synced(folder, capsys)[-1] == "3 added, 0 replaced, 0 unchanged, 0 deleted."
    assert synced(folder, capsys)[-1] == "0 added, 0 replaced, 3 unchanged, 0 deleted."
