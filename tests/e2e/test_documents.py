"""A document answers as soon as it is uploaded, and no more once it is deleted."""

from io import BytesIO

from playwright.sync_api import FilePayload, expect
from reportlab.pdfgen.canvas import Canvas

from tests.e2e.conftest import Visit
from tests.e2e.person import PATIENCE_MS
from tests.e2e.running import App

QUESTION = "What do the quokkas of Rottnest eat?"
PAGES = (
    "A field guide to the island. It begins with the ferry and its timetable.",
    "The quokkas of Rottnest eat leaves, grasses and the bark of young shrubs.",
    "The lighthouse was built of limestone and is open to visitors.",
)


def test_an_uploaded_pdf_answers_at_once_and_a_deleted_one_no_more(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.open("/documents")
    reader.upload(field_guide())
    reader.turn_to("/")

    reader.ask(QUESTION)
    footnotes = reader.wait_for_answer("bark of young shrubs").locator('[class*="st-key-sources-"]')
    expect(footnotes).to_contain_text("page 2", timeout=1000)

    document = samples.rows("SELECT id FROM documents WHERE name = 'field-guide.pdf'")[0][0]
    reader.turn_to("/documents")
    row = reader.keyed(f"document-{document}")
    row.get_by_role("button", name="Delete").click()
    reader.keyed(f"delete-document-{document}").get_by_role("button").click()
    expect(row).to_have_count(0, timeout=PATIENCE_MS)
    assert samples.rows("SELECT count(*) FROM chunks WHERE text LIKE '%quokkas%'") == [(0,)]

    reader.turn_to("/")
    reader.keyed("new-conversation").get_by_role("button").click()
    expect(reader.answers).to_have_count(0)
    reader.ask(QUESTION)
    expect(reader.wait_for_answer()).not_to_contain_text("bark of young shrubs")


def field_guide() -> FilePayload:
    """A PDF of three pages with one sentence each."""
    file = BytesIO()
    canvas = Canvas(file)
    for sentence in PAGES:
        canvas.drawString(72, 720, sentence)
        canvas.showPage()
    canvas.save()
    return {"name": "field-guide.pdf", "mimeType": "application/pdf", "buffer": file.getvalue()}
