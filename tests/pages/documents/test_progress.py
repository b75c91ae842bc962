"""Files on their way in: each with its stage, to be cancelled, tried again or put away."""

from io import BytesIO
from zipfile import ZipFile

from rag.house import House
from tests.pages.conftest import Tab
from tests.pages.documents.shelf import TIDES, NewTab, listed, read, upload, work

BROKEN = b"%PDF-1.4 and nothing more"


def bars(tab: Tab) -> list[str]:
    return [bar.proto.text for bar in tab.app.get("progress")]


def test_each_file_is_shown_on_its_way(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()), ("more.md", b"# More\n\nMore of it."))

    assert bars(opened) == [r"tides\.md – waiting", r"more\.md – waiting"]


def test_a_file_that_is_read_is_listed_while_its_vectors_follow(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    read(house)
    opened.app.run()

    assert (bars(opened), listed(opened)) == (
        [r"tides\.md – searchable by words – vectors follow (0 of 1 chunks)"],
        ["Tides"],
    )
    assert "vectors follow, 0 of 1" in opened.words()


def test_a_file_that_is_done_is_listed_and_no_more_on_its_way(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    work(house)
    opened.app.run()

    assert (listed(opened), bars(opened)) == (["Tides"], [])
    assert "1 file is in the library" in opened.words()


def test_many_files_share_a_bar(house: House, tab: NewTab) -> None:
    for number in range(25):
        house.library.add(f"tale-{number}.md", f"# Tale {number}\n\nOnce.".encode())
    opened = tab(house).open("documents")

    assert bars(opened)[0] == "25 files on their way in, 25 still to be read"
    assert "and 5 more" in opened.words()


def test_a_file_is_left_out_when_it_is_cancelled(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    [entry] = house.library.unfinished()
    opened.click(f"cancel-{entry.id}")
    work(house)

    assert (house.library.listing(), bars(opened)) == ([], [])
    assert r"tides\.md was left out" in opened.words()


def test_all_files_are_cancelled_at_once(house: House, tab: NewTab) -> None:
    for number in range(6):
        house.library.add(f"tale-{number}.md", f"# Tale {number}\n\nOnce.".encode())
    tab(house).open("documents").click("cancel-all")

    assert house.library.unfinished() == []


def test_a_new_version_that_answers_cannot_be_cancelled(shelf: Tab) -> None:
    entry = shelf.house.library.add("tides.md", b"# Tides\n\nThe tide turns four times a day now.\n")
    read(shelf.house)

    assert not shelf.open("documents").has(f"cancel-{entry}")


def test_a_file_that_could_not_be_read_is_shown_with_its_reason(house: House, tab: NewTab) -> None:
    house.library.add("broken.pdf", BROKEN)
    work(house)
    opened = tab(house).open("documents")

    assert [r"broken\.pdf" in error.value for error in opened.app.error] == [True]


def test_a_file_that_could_not_be_read_is_tried_again(house: House, tab: NewTab) -> None:
    entry = house.library.add("broken.pdf", BROKEN)
    work(house)
    opened = tab(house).open("documents").click(f"retry-{entry}")

    assert (list(opened.app.error), [e.id for e in house.library.unfinished()]) == ([], [entry])


def test_a_file_that_could_not_be_read_can_be_dismissed(house: House, tab: NewTab) -> None:
    entry = house.library.add("broken.pdf", BROKEN)
    work(house)
    opened = tab(house).open("documents").click(f"dismiss-{entry}")

    assert (list(opened.app.error), house.library.failed()) == ([], [])


def test_many_that_could_not_be_read_are_dismissed_at_once(house: House, tab: NewTab) -> None:
    for number in range(8):
        house.library.add(f"broken-{number}.pdf", BROKEN + bytes([48 + number]))
    work(house)
    opened = tab(house).open("documents")
    assert len(opened.app.error) == 8
    opened.click("dismiss-all")

    assert house.library.failed() == []


def test_a_file_that_is_gone_in_another_tab_is_cancelled_without_a_word(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    [entry] = house.library.unfinished()
    house.library.cancel(entry.id)
    opened.click(f"cancel-{entry.id}")

    assert list(opened.app.error) == []


def test_files_in_an_archive_name_it_and_their_number_is_told(house: House, tab: NewTab) -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("a/one.md", "# One\n\nThe first.")
        packed.writestr("two.md", "# Two\n\nThe second.")
    opened = tab(house).open("documents")
    upload(opened, ("all.zip", archive.getvalue()))
    house.worker._readings[0].step()
    opened.app.run()
    assert bars(opened) == [r"one\.md \(in all\.zip\) – waiting", r"two\.md \(in all\.zip\) – waiting"]
    work(house)
    opened.app.run()

    assert listed(opened) == ["Two", "One"]
    assert r"all\.zip\: 2 files in it" in opened.words()
