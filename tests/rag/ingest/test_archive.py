"""Archives: what is taken out, and what is said about the rest."""

import zipfile
from io import BytesIO

import pytest

from rag.ingest import archive
from rag.ingest.archive import read
from rag.ingest.content import Unreadable


def _zip(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def _paths(members: dict[str, bytes]) -> list[str]:
    return [file.path for file in read(_zip(members), "a.zip").files]


def _sentences(members: dict[str, bytes]) -> list[str]:
    return [finding.words for finding in read(_zip({"a.md": b"a"} | members), "a.zip").findings]


def test_members_keep_their_folders_and_bytes() -> None:
    found = read(_zip({"notes/a.md": b"words"}), "a.zip")
    assert [(file.path, file.data) for file in found.files] == [("notes/a.md", b"words")]


def test_names_cannot_lead_out() -> None:
    names = {"../../etc/a.md": b"1", "/root/b.md": b"2", "C:\\win\\..\\c.md": b"3", "d/./\u202ee.md": b"4"}
    assert _paths(names) == ["etc/a.md", "root/b.md", "win/c.md", "d/e.md"]


def test_hidden_files_are_passed_over_in_silence() -> None:
    hidden = {"__MACOSX/._a.md": b"x", ".git/b.md": b"x", "Thumbs.db": b"x"}
    assert (_paths({"a.md": b"a"} | hidden), _sentences(hidden)) == (["a.md"], [])


def test_kinds_that_cannot_be_read_are_named() -> None:
    assert _sentences({"b.exe": b"x", "c/d.psd": b"x"}) == [
        "Left out because their kind cannot be read: b.exe, c/d.psd."
    ]


def test_an_archive_in_the_archive_is_unpacked_but_none_in_that() -> None:
    inner = _zip({"b.md": b"b", "deep.zip": _zip({"c.md": b"c"})})
    found = read(_zip({"inner.zip": inner}), "a.zip")
    assert [file.path for file in found.files] == ["inner.zip/b.md"]
    assert "inner.zip/deep.zip" in found.findings[0].words


def test_a_bomb_is_left_packed() -> None:
    assert "far more than honest files" in _sentences({"bomb.txt": b"\0" * 20_000_000})[0]


def test_what_a_member_declares_is_the_most_that_is_read() -> None:
    data = bytearray(_zip({"a.txt": b"0123456789" * 500_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="damaged"):
        read(bytes(data), "a.zip")


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_BYTES", 25)])
def test_limits_leave_the_rest_out_and_say_so(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(archive, limit, value)
    found = read(_zip({f"{place}.md": b"ten bytes." for place in range(3)}), "a.zip")
    assert ([file.path for file in found.files], "2.md" in found.findings[0].words) == (["0.md", "1.md"], True)


def test_locked_members_are_told() -> None:
    data = bytearray(_zip({"a.md": b"words"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match=r"^a\.zip is protected by a password") as caught:
        read(bytes(data), "a.zip")
    assert caught.value.kind == "encrypted"


def test_an_archive_of_nothing_readable_says_why() -> None:
    with pytest.raises(Unreadable, match=r"a\.zip holds no file that can be read\..*b\.exe") as caught:
        read(_zip({"b.exe": b"x"}), "a.zip")
    assert caught.value.kind == "empty"
