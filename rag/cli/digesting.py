"""`footnote digest`: the weekly report as HTML and Markdown. The heavy parts are imported when it is made."""

import argparse
from datetime import date
from pathlib import Path

from rag.cli.main import Commands
from rag.settings import Settings


def add(commands: Commands) -> None:
    """The command with its arguments."""
    digest = commands.add_parser("digest", help="write the weekly report, as HTML and Markdown")
    digest.add_argument("--weeks", type=int, default=1, choices=range(1, 14), metavar="N", help="how many; 1")
    digest.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="the last day; else yesterday")
    digest.add_argument("-o", "--out", type=Path, default=Path(), metavar="DIR", help="where to; else this folder")
    digest.add_argument("--link", default="", metavar="URL", help="where readers of the report find the app")
    digest.set_defaults(command=_digest)


def _digest(wanted: argparse.Namespace, settings: Settings) -> int:
    return write(settings, weeks=wanted.weeks, until=wanted.until, folder=wanted.out, link=wanted.link)


def write(settings: Settings, *, weeks: int, until: date | None, folder: Path, link: str) -> int:
    """Writes both files and says where they are; that it was made stands in the log. Raises Unavailable, OSError."""
    from rag.desk import Desk
    from rag.digest import html, markdown
    from rag.opening import opened
    from rag.review.audit import COMMAND

    database, liveness = opened(settings)
    try:
        desk = Desk(settings, database)
        desk.audit.note(COMMAND, "exported", detail="weekly report")
        report = desk.reports.of(weeks=weeks, until=until)
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
