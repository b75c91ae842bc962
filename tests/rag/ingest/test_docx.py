"""Word documents: the body as read."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from rag.ingest.docx import read
from tests.rag.ingest.reading import path_of, texts


def _saved(document: DocxDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_and_tables_keep_their_order() -> None:
    document = Document()
    document.add_heading("Prices", 1)
    document.add_paragraph("Before.")
    table = document.add_table(2, 2)
    for place, words in enumerate(["Item", "Price", "Socks", "8.50"]):
        table.cell(place // 2, place % 2).text = words
    document.add_paragraph("After.")
    assert texts(read(_saved(document), "a.docx")) == ["Prices", "Before.", "Item: Socks · Price: 8.50", "After."]


def test_heading_styles_give_the_path_and_the_title_style_the_title() -> None:
    document = Document()
    document.add_heading("Handbook", 0)
    document.add_heading("Leave", 1)
    document.add_heading("Sick leave", 2)
    document.add_paragraph("Three days.", style="List Bullet")
    found = read(_saved(document), "a.docx")
    assert (found.title, path_of(found, "Three")) == ("Handbook", ("Handbook", "Leave", "Sick leave"))


def test_a_style_based_on_a_heading_is_one() -> None:
    document = Document()
    style = document.styles.add_style("Section", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Fees", style="Section")
    document.add_paragraph("Words.")
    assert path_of(read(_saved(document), "a.docx"), "Words") == ("Fees",)


def test_hidden_words_and_page_headers_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Confidential"
    paragraph = document.add_paragraph("Seen")
    paragraph.add_run(" hidden").font.hidden = True
    assert read(_saved(document), "a.docx").text == "Seen"


def test_insertions_are_read_and_deletions_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("A ")
    changes = "<w:ins {0}><w:r><w:t>new</w:t></w:r></w:ins>", "<w:del {0}><w:r><w:delText>old</w:delText></w:r></w:del>"
    for change in changes:
        paragraph._p.append(parse_xml(change.format(nsdecls("w"))))
    assert read(_saved(document), "a.docx").text == "A new"


def test_content_controls_are_read() -> None:
    document = Document()
    paragraph = document.add_paragraph("Inside.")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph._p.addprevious(control)
    control.append(content)
    content.append(paragraph._p)
    assert read(_saved(document), "a.docx").text == "Inside."


def test_cells_merged_downwards_are_repeated() -> None:
    document = Document()
    table = document.add_table(3, 2)
    for place, words in enumerate(["Plan", "Seats", "Team", "5", "", "10"]):
        table.cell(place // 2, place % 2).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    assert texts(read(_saved(document), "a.docx")) == ["Plan: Team · Seats: 5", "Plan: Team · Seats: 10"]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    document = Document()
    run = document.add_paragraph("Anchor.").runs[0]
    run._r.append(parse_xml(f"<mc:AlternateContent {compatibility} {nsdecls('w')}>{both}</mc:AlternateContent>"))
    assert texts(read(_saved(document), "a.docx")) == ["Anchor.", "Boxed."]
    assert run._r.tag == qn("w:r")
