"""Gaps: what people ask that the documents do not answer, as a list of what is missing."""

from collections.abc import Iterator, Sequence

import streamlit as st

from rag.exports.cells import csv_lines
from rag.house import House
from rag.topics.gaps import EXAMPLES, Gap
from ui import markdown, problems
from ui.words import counted

SHOWN = 12
CLOSED = "Nothing was asked in this period that the documents did not answer."
LONGEST = 200  # characters of a question
COLUMNS = ("question", "people", "times", "latest", "not_found", "refused", "rated_down", "also_asked")


def show(house: House, person: str, days: int) -> None:
    st.subheader("What the documents do not answer", anchor=False)
    found = house.desk.topics.gaps(days)
    if not found:
        st.info(CLOSED, icon=":material/check_circle:")
        return
    st.caption(
        "Questions that were not found, were refused although a person says they were fine, or whose answer was rated "
        "down for its sources or without support. Those alike are one; first what most people asked lately."
    )
    house.desk.audit.looked(person, [one.answer_id for gap in found[:SHOWN] for one in gap.asked[:EXAMPLES]])
    for gap in house.desk.topics.with_nearest(found[:SHOWN]):
        _show(house, person, gap)
    if len(found) > SHOWN:
        st.caption(f"and {len(found) - SHOWN:,} more in the file")
    st.download_button(
        "Download as CSV",
        data=lambda: as_csv(house, person, found).encode(),
        file_name=f"gaps-{days}-days.csv",
        mime="text/csv",
        key="gaps-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def how(gap: Gap) -> str:
    """Who asked, and how it showed, in a line."""
    kinds = ((gap.not_found, "not found"), (gap.refused, "refused for nothing"), (gap.rated_down, "rated down"))
    people = "1 person" if gap.people == 1 else f"{gap.people:,} people"
    told = " · ".join(f"{many:,} {kind}" for many, kind in kinds if many)
    return f"{people}, {counted(gap.times, 'time')}, the last on {gap.latest:%d %b %Y} · {told}"


def as_csv(house: House, person: str, found: Sequence[Gap]) -> str:
    """A row a gap; questions as this person may see them. Raises Unavailable."""
    house.desk.audit.note(person, "exported", detail=f"{counted(len(found), 'gap')}, csv")
    return "".join(csv_lines(_rows(house, person, found), COLUMNS))


def _rows(house: House, person: str, found: Sequence[Gap]) -> Iterator[dict[str, object]]:
    for gap in found:
        first, *also = house.desk.masking.together(person, *(one.text for one in gap.asked[:EXAMPLES]))
        figures = (gap.people, gap.times, f"{gap.latest:%Y-%m-%d}", gap.not_found, gap.refused, gap.rated_down)
        texts = _one_line(first), " | ".join(map(_one_line, also))
        yield dict(zip(COLUMNS, (texts[0], *figures, texts[1]), strict=True))


def _show(house: House, person: str, gap: Gap) -> None:
    texts = house.desk.masking.together(person, *(one.text for one in gap.asked[:EXAMPLES]))
    answer_id = gap.asked[0].answer_id
    with st.expander(f"{markdown.plain(_line(texts[0]))}  \n:small[{how(gap)}]", key=f"gap-{answer_id}"):
        for text in texts[1:]:
            st.markdown(f"- {markdown.plain(_line(text))}")
        if gap.near:
            nearest = "; ".join(f"{one.document} ({one.relevance:.0%})" for one in gap.near)
            st.caption(f"Nearest in the documents: {markdown.plain(nearest)}")
        else:
            st.caption("Nothing in the documents came near.")
        st.button(
            "Make it a task",
            key=f"gap-task-{answer_id}",
            icon=":material/add_task:",
            on_click=_make_task,
            args=(house, person, texts[0], how(gap), answer_id),
        )


def _make_task(house: House, person: str, text: str, how_often: str, answer_id: int) -> None:
    with problems.told():
        title = f"“{_line(text).replace('“', '‘').replace('”', '’')[: LONGEST - 2]}”"  # goes with its conversation
        house.desk.tasks.add("missing", title, by=person, words=how_often, answer_id=answer_id)
        st.toast("The task is noted: see Outcomes on the page Review.", icon=":material/add_task:")


def _line(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 2] + " …"


def _one_line(text: str) -> str:
    return " ".join(text.split())
