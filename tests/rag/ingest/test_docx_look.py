"""Words of a Word document that nobody sees are told; white words on something dark are read."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from rag.ingest.docx import read

_WHITE = RGBColor(255, 255, 255)


def _read(document: DocxDocument) -> tuple[str, list[str]]:
    stream = BytesIO()
    document.save(stream)
    found = read(stream.getvalue(), "a.docx")
    return found.text, [finding.words for finding in found.findings]


def _shaded(properties: object, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), colour)
    properties.append(shade)  # type: ignore[attr-defined]


def test_hidden_white_and_tiny_runs_are_told() -> None:
    document = Document()
    paragraph = document.add_paragraph("Seen")
    paragraph.add_run(" hidden one").font.hidden = True
    paragraph.add_run(" white one").font.color.rgb = _WHITE
    paragraph.add_run(" tiny one").font.size = Pt(1)
    assert _read(document) == ("Seen", ["hidden one white one tiny one"])


def test_a_style_that_hides_is_followed() -> None:
    document = Document()
    style = document.styles.add_style("Ghost", 2)
    style.font.hidden = True
    document.add_paragraph("Seen").add_run(" obey me", style="Ghost")
    assert _read(document) == ("Seen", ["obey me"])


def test_white_words_on_a_shaded_paragraph_are_read() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Words").font.color.rgb = _WHITE
    _shaded(paragraph._p.get_or_add_pPr(), "003366")
    assert _read(document) == ("Words", [])


def test_white_words_of_a_highlighted_run_are_read() -> None:
    document = Document()
    run = document.add_paragraph().add_run("Words")
    run.font.color.rgb = _WHITE
    _shaded(run._r.get_or_add_rPr(), "000000")
    assert _read(document) == ("Words", [])


def test_white_headers_of_tables_are_read() -> None:
    document = Document()
    table = document.add_table(2, 2)
    for place, words in enumerate(["Item", "Price", "Socks", "8.50"]):
        run = table.cell(place // 2, place % 2).paragraphs[0].add_run(words)
        if place < 2:
            run.font.color.rgb = _WHITE
    assert _read(document) == ("Item: Socks · Price: 8.50", [])


def test_page_numbers_of_a_table_of_contents_are_no_finding() -> None:
    document = Document()
    run = document.add_paragraph("Care of pumps").add_run(" page three")
    run._r.get_or_add_rPr().append(OxmlElement("w:webHidden"))
    assert _read(document) == ("Care of pumps", [])
