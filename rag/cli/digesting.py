"""`footnote digest`: the weekly report as HTML and Markdown."""

from datetime import date
from pathlib import Path

from rag.desk import Desk
from rag.digest import html, markdown
from rag.opening import opened
from rag.settings import Settings


def digest(settings: Settings, *, weeks: int, until: date | None, folder: Path, link: str) -> int:
    """Writes both files and says where they are. Raises Unavailable, OSError."""
    database, liveness = opened(settings)
    try:
        report = Desk(settings, database).reports.of(weeks=weeks, until=until)
    finally:
        liveness.close()
        database.close()
    link = link or f"http://{settings.host}:{settings.port}"
    folder.mkdir(parents=True, exist_ok=True)
    for ending, page in (("html", html.page(report, link)), ("md", markdown.page(report, link))):
        path = folder / f"{report.name}.{ending}"
        path.write_text(page, encoding="utf-8")
        print(path)
    return 0
