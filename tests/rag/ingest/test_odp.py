"""OpenDocument presentations."""

from rag.ingest.odp import read
from tests.rag.ingest.opendocument import package, table
from tests.rag.ingest.reading import path_of, texts


def _frame(words: str, top: str, kind: str = "") -> str:
    looks = f'presentation:class="{kind}"' if kind else ""
    box = f"<draw:text-box><text:p>{words}</text:p></draw:text-box>"
    return f'<draw:frame svg:y="{top}" svg:x="1cm" {looks}>{box}</draw:frame>'


def test_slides_are_sections_with_their_number_and_notes() -> None:
    notes = f"<presentation:notes>{_frame('Say it slowly.', '1cm')}</presentation:notes>"
    frames = _frame("Lower", "9cm") + _frame("Upper", "2cm") + _frame("Pumps", "1cm", "title")
    first = f"<draw:page>{frames}{notes}</draw:page>"
    grid = table(("Item", "Price"), ("Socks", "8"))
    second = f"<draw:page><draw:frame>{grid}</draw:frame></draw:page>"
    document = read(package("presentation", first + second), "a.odp")
    expected = ["Pumps", "Upper", "Lower", "Notes", "Say it slowly.", "Slide 2", "Item: Socks · Price: 8"]
    assert (texts(document), document.pages) == (expected, 2)
    assert (path_of(document, "slowly"), document.blocks[-1].page) == (("Pumps", "Notes"), 2)


def test_hidden_slides_are_left_out_and_told() -> None:
    looks = '<style:drawing-page-properties presentation:visibility="hidden"/>'
    style = f'<style:style style:name="H" style:family="drawing-page">{looks}</style:style>'
    body = f"<draw:page>{_frame('Seen', '1cm')}</draw:page>"
    body += f'<draw:page draw:style-name="H">{_frame("Secret", "1cm")}</draw:page>'
    document = read(package("presentation", body, styles=style), "a.odp")
    assert "Secret" not in document.text
    assert [finding.words for finding in document.findings] == ["Slide 2 is hidden in the presentation and left out."]
