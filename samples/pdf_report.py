"""Sets blocks as an A4 report. The bytes are the same each time: no time of writing, no compression."""

from collections.abc import Iterator
from io import BytesIO

from blocks import Block
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

ACCENT = colors.HexColor("#3f3d99")
PADDING = 6  # of the frame that reportlab sets the text in, on each side
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=15, spaceAfter=7)
ITEM = ParagraphStyle("item", BODY, leftIndent=16, firstLineIndent=-16, spaceAfter=4)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=12, spaceAfter=0)
HEADER_CELL = ParagraphStyle("header cell", CELL, fontName="Helvetica-Bold", textColor=colors.white)
HEADINGS = {
    level: ParagraphStyle(
        f"heading {level}",
        BODY,
        fontName="Helvetica-Bold",
        textColor=ACCENT,
        keepWithNext=1,
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=before,
    )
    for level, size, before in [(1, 24, 0), (2, 16, 14), (3, 12.5, 8)]
}


class Report(SimpleDocTemplate):
    """A PDF page by page; each heading enters the bookmark outline as it is set."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab calls it by this name)
        level = getattr(flowable, "outline_level", None)
        if level is not None:
            key = f"heading-{self.canv.getPageNumber()}-{flowable.text}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.text, key, level=level)

    def afterPage(self) -> None:  # noqa: N802 (reportlab calls it by this name)
        self.canv.setFont("Helvetica", 8.5)
        self.canv.drawString(self.leftMargin + PADDING, 34, f"{self.author} · {self.title}")
        self.canv.drawRightString(A4[0] - self.rightMargin - PADDING, 34, f"Page {self.page}")


def write_pdf(blocks: list[Block], *, author: str) -> bytes:
    """An A4 PDF with bold headings, an outline, and the title and page number at the foot of each page."""
    buffer = BytesIO()
    margins = {"leftMargin": 68, "rightMargin": 68, "topMargin": 64, "bottomMargin": 68}
    about = {"title": blocks[0].text, "author": author, "creator": author, "subject": "", "lang": "en-GB"}
    report = Report(buffer, pagesize=A4, invariant=1, pageCompression=0, **margins, **about)
    flowables = [flowable for block in blocks for flowable in _pdf_flowables(block, report.width - 2 * PADDING)]
    report.build(flowables)
    return buffer.getvalue()


def _pdf_flowables(block: Block, width: float) -> Iterator[Flowable]:
    match block.kind:
        case "heading":
            heading = Paragraph(block.text, HEADINGS[block.level])
            heading.text, heading.outline_level = block.text, block.level - 1
            yield heading
        case "table":
            yield _pdf_table(block.rows, width)
            yield Spacer(0, 10)
        case "item":
            yield Paragraph(block.text, ITEM)
        case "paragraph":
            yield Paragraph(block.text, BODY)


def _pdf_table(rows: tuple[tuple[str, ...], ...], width: float) -> Table:
    longest = [min(max(map(len, column)), 44) + 6 for column in zip(*rows, strict=True)]
    head, *body = rows
    cells = [[Paragraph(text, HEADER_CELL) for text in head]]
    cells += [[Paragraph(text, CELL) for text in row] for row in body]
    table = Table(cells, [width * share / sum(longest) for share in longest], repeatRows=1)
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#c9c9dd")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, 0), ACCENT), *lines]))
    return table
