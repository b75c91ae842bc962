"""Documents come, answer, rest and go; on their way they can be cancelled; a tag narrows what is searched."""

from io import BytesIO

from playwright.sync_api import FilePayload, Locator, expect
from reportlab.pdfgen.canvas import Canvas

from tests.e2e.conftest import Visit
from tests.e2e.person import PATIENCE_MS, Person, text_file
from tests.e2e.running import App

QUESTION = "What do the quokkas of Rottnest eat?"
PAGES = (
    "A field guide to the island. It begins with the ferry and its timetable.",
    "The quokkas of Rottnest eat leaves, grasses and the bark of young shrubs.",
    "The lighthouse was built of limestone and is open to visitors.",
)


def test_a_document_comes_answers_rests_and_goes(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    document = added(reader, samples, field_guide())
    reader.turn_to("/")
    reader.ask(QUESTION)
    footnotes = reader.wait_for_answer("bark of young shrubs").locator('[class*="st-key-sources-"]')
    expect(footnotes).to_contain_text("page 2", timeout=1000)

    opened(reader, document).get_by_text("Answers may use this document").click()
    expect(reader.keyed(f"document-{document}")).to_contain_text("it answers no question")
    ask_anew(reader, QUESTION)
    expect(reader.wait_for_answer()).not_to_contain_text("bark of young shrubs")

    opened(reader, document).get_by_text("Answers may use this document").click()
    expect(reader.keyed(f"document-{document}")).not_to_contain_text("it answers no question")
    ask_anew(reader, QUESTION)
    reader.wait_for_answer("bark of young shrubs")

    opened(reader, document).get_by_role("button", name="Delete").click()
    reader.keyed(f"delete-document-{document}").get_by_role("button").click()
    expect(reader.keyed("receipt")).to_contain_text("field-guide.pdf is deleted", timeout=PATIENCE_MS)
    expect(reader.keyed(f"document-{document}")).to_have_count(0)
    assert samples.rows("SELECT count(*) FROM chunks WHERE text LIKE '%quokkas%'") == [(0,)]
    ask_anew(reader, QUESTION)
    expect(reader.wait_for_answer()).not_to_contain_text("bark of young shrubs")


def test_questions_are_narrowed_to_a_tag(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    document = added(reader, samples, field_guide(), tag="Islands")
    reader.turn_to("/")
    narrow(reader, "islands")
    reader.ask("What caused the outage of 14 February 2026?")
    expect(reader.wait_for_answer("could not find")).to_contain_text("Only documents tagged islands were searched")

    ask_anew(reader, QUESTION)
    reader.wait_for_answer("bark of young shrubs")
    opened(reader, document).get_by_role("button", name="Delete").click()
    reader.keyed(f"delete-document-{document}").get_by_role("button").click()
    expect(reader.keyed("receipt")).to_be_visible(timeout=PATIENCE_MS)


def test_a_file_on_its_way_is_cancelled(samples: App, visit: Visit) -> None:
    samples.wait_until_warm()  # with the samples still on their way, all would share one bar
    reader = visit(samples)
    reader.open("/documents")
    tale = "# Tale\n\n" + "\n\n".join(f"## Part {n}\n\nThe tale of part {n}. {'La la. ' * 80}" for n in range(800))
    reader.keyed("upload").locator("input[type=file]").last.set_input_files(text_file("tale.md", tale))
    on_its_way = reader.all_keyed("entry").filter(has_text="tale.md")
    expect(on_its_way).to_contain_text("searchable by words", timeout=PATIENCE_MS)
    on_its_way.get_by_role("button", name="Cancel").click()

    expect(reader.keyed("arrived")).to_contain_text("tale.md was left out", timeout=PATIENCE_MS)
    expect(on_its_way).to_have_count(0)
    assert samples.rows("SELECT count(*) FROM documents WHERE name = 'tale.md'") == [(0,)]


def test_a_search_is_tried_and_leads_to_its_document_and_back(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.open("/documents")
    reader.keyed("documents-view").get_by_text("Try a search").click()
    box = reader.keyed("try-query").locator("input")
    box.fill("What caused the outage of 14 February 2026?")
    box.press("Enter")
    first = reader.all_keyed("found").first
    expect(first).to_contain_text("by words: ", timeout=PATIENCE_MS)
    first.get_by_role("button").first.press("Enter")  # by keyboard
    expect(reader.page.get_by_text("Text and chunks")).to_be_visible(timeout=PATIENCE_MS)

    reader.page.go_back()
    expect(reader.all_keyed("found").first).to_contain_text("by words: ", timeout=PATIENCE_MS)
    expect(box).to_have_value("What caused the outage of 14 February 2026?")


def added(reader: Person, app: App, file: FilePayload, *, tag: str = "") -> int:
    """Uploads a file and gives the id of its document."""
    reader.open("/documents")
    if tag:
        box = reader.keyed("upload-tags").locator("input")
        box.fill(tag)
        box.press("Enter")
        expect(reader.keyed("upload-tags")).to_contain_text(tag)
        reader.settle()
    reader.upload(file)
    document: int = app.rows("SELECT id FROM documents WHERE name = ?", file["name"])[0][0]
    return document


def opened(reader: Person, document: int) -> Locator:
    """A document's own view, by its address."""
    reader.open(f"/documents?d={document}")
    view = reader.keyed(f"document-{document}")
    expect(view).to_contain_text("Text and chunks", timeout=PATIENCE_MS)
    return view


def narrow(reader: Person, tag: str) -> None:
    reader.keyed("scope-menu").get_by_role("button").first.click()
    reader.keyed("search-in").get_by_text(tag).click()
    expect(reader.keyed("scope")).to_contain_text(f"Search in: {tag}")
    reader.page.keyboard.press("Escape")


def ask_anew(reader: Person, question: str) -> None:
    """Asks in a new conversation."""
    reader.turn_to("/")
    reader.keyed("new-conversation").get_by_role("button").click()
    expect(reader.answers).to_have_count(0)
    reader.ask(question)


def field_guide() -> FilePayload:
    """A PDF of three pages with one sentence each."""
    file = BytesIO()
    canvas = Canvas(file)
    for sentence in PAGES:
        canvas.drawString(72, 720, sentence)
        canvas.showPage()
    canvas.save()
    return {"name": "field-guide.pdf", "mimeType": "application/pdf", "buffer": file.getvalue()}
