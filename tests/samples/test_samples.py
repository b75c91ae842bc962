"""The sample documents are complete, say what the questions expect, and can be built again."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from lxml import html
from openpyxl import load_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
DOCUMENTS = SAMPLES / "documents"
QUESTIONS: dict[str, list[dict[str, Any]]] = tomllib.loads((SAMPLES / "questions.toml").read_text("utf-8"))
CASES = QUESTIONS["case"]
BUILT = sorted(source.stem for source in (SAMPLES / "sources").iterdir())


def from_pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub("[\ufffe\x02]\\s*", "-", text)  # pdfium's marks for a hyphen at the end of a line


def from_docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def from_xlsx(path: Path) -> str:
    rows = [row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(" | ".join(str(value) for value in row) for row in rows)


def from_html(path: Path) -> str:
    return " ".join(html.fromstring(path.read_bytes()).itertext())


READERS = {".pdf": from_pdf, ".docx": from_docx, ".xlsx": from_xlsx, ".html": from_html}


@cache
def words_of(name: str) -> str:
    """The text of a document with every run of white space as one space."""
    path = DOCUMENTS / name
    read = READERS.get(path.suffix, lambda path: path.read_text("utf-8"))
    return " ".join(read(path).split())


def test_readme_lists_exactly_the_documents() -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", (SAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(path.name for path in DOCUMENTS.iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_documents_contain_what_a_right_answer_contains(case: dict[str, Any]) -> None:
    if not case.get("answerable", True):
        assert case.keys() == {"question", "answerable"}
        return

    for expected in case["expects"]:
        assert expected in words_of(case["document"])


def test_other_documents_named_for_a_case_state_the_fact_too() -> None:
    """Their wording may differ (a table says 12 where a sentence says €12), but the figure or name stands there."""
    for case in CASES:
        for name in case.get("also", []):
            kernel = re.sub(r"^within |[€%]| a week$", "", case["expects"][0]).strip()

            assert kernel in words_of(name), (case["question"], name)


def test_suggested_questions_fit_the_page_and_are_cases() -> None:
    asked = {case["question"] for case in CASES}

    for suggestion in QUESTIONS["suggested"]:
        assert len(suggestion["question"]) < 60
        assert suggestion["question"] in asked


def test_histories_start_with_a_question_that_is_a_case() -> None:
    asked = {case["question"] for case in CASES}

    assert {case["history"][0] for case in CASES if "history" in case} <= asked


def test_yearly_totals_follow_from_price_seats_and_discount() -> None:
    """The figures an engineer in the audience will check."""
    rows = list(load_workbook(DOCUMENTS / "price-list-2026.xlsx")["Yearly totals"].iter_rows(values_only=True))

    for _plan, seats, price, before, discount, after in rows[1:]:
        assert before == seats * price * 12
        assert after * 100 == before * (100 - discount)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh build."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, str(SAMPLES / "build.py"), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("name", BUILT)
def test_building_again_gives_the_same_bytes(built: Path, name: str) -> None:
    assert (built / name).read_bytes() == (DOCUMENTS / name).read_bytes()


def test_pdf_documents_have_an_outline_and_numbered_pages() -> None:
    for path in DOCUMENTS.glob("*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            assert len(list(pdf.get_toc())) > 5
            for number, page in enumerate(pdf, start=1):
                assert f"Page {number}" in page.get_textpage().get_text_range()


def test_handbook_has_headings_three_levels_deep() -> None:
    handbook = docx.Document(str(DOCUMENTS / "employee-handbook-2026.docx"))

    styles = {paragraph.style.name for paragraph in handbook.paragraphs}

    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= styles
