"""The report of the last seven days, to be saved from a page; it is made when somebody asks for it."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import streamlit as st

from rag.digest import html
from rag.house import House


def offer(house: House, person: str) -> None:
    today = datetime.now(UTC).date()
    address = urlsplit(st.context.url or "")
    link = f"{address.scheme}://{address.netloc}" if address.netloc else ""

    st.download_button(
        "This week's report",
        lambda: made(house, person, today, link),
        file_name=f"digest-{today:%Y-%m-%d}.html",
        mime="text/html",
        key="report",
        icon=":material/summarize:",
        on_click="ignore",
        help="The last seven days against the seven before, as one page to keep or to send. Personal data is hidden.",
    )


def made(house: House, person: str, until: date, link: str) -> str:
    """The report as a page; that somebody took it stands in the log. Raises Unavailable."""
    house.desk.audit.note(person, "exported", detail="weekly report")
    return html.page(house.desk.reports.of(until=until), link)
