"""The guards' figures as a chart, and as files: CSV with every interval, PNG of the chart."""

from collections.abc import Callable, Iterator

import streamlit as st

from rag import charts
from rag.charts import Point, Spec
from rag.drawing import distinct
from rag.exports.cells import csv_lines
from rag.figures import Figure, share, told
from rag.meter import Picture, PostFigures

ACTED, WRONG = "Acted on, of the questions", "False alarms, of what was reviewed"
NOTHING = "Not enough yet to draw: it takes ten reviews of what a guard did."
COLUMNS = (
    "guard", "stand", "action", "threshold", "looked_at", "acted_on", "acted_share", "acted_low", "acted_high",
    "failed", "reviewed", "false_alarms", "false_share", "false_low", "false_high",
)  # fmt: skip


def show(picture: Picture) -> None:
    """A chart of what somebody chose, and both files, which are made when they are asked for."""
    chosen = st.selectbox("What to draw", list(DRAWN), key="guards-measure", label_visibility="collapsed", width=320)
    spec = chart(picture, chosen or ACTED)
    if spec["data"]["values"]:
        st.vega_lite_chart(spec, key=f"guards-chart-{chosen}")
    else:
        st.info(NOTHING, icon=":material/hourglass_empty:")
    rows = as_csv(picture)
    with st.container(horizontal=True):
        _download("All figures as CSV", rows.encode, "guards.csv", "text/csv", ":material/download:")
        if spec["data"]["values"]:
            _download("Chart as PNG", lambda: charts.png(spec), "guards.png", "image/png", ":material/image:")


def chart(picture: Picture, drawn: str) -> Spec:
    """Bars, one for each guard at its stand; those without enough votes are left out."""
    names = distinct([f"{one.post.guard.rpartition(':')[2]}, {one.post.stand}" for one in picture.posts])
    found = [(name, DRAWN[drawn](post)) for name, post in zip(names, picture.posts, strict=True)]
    return charts.bars(drawn, [Point(name, one.value, one.low, one.high, told(one)) for name, one in found])


def as_csv(picture: Picture) -> str:
    """A row for each guard at its stand. Shares are from 0 to 1, empty where there are fewer than ten votes."""
    return "".join(csv_lines(_rows(picture), COLUMNS))


def acted_on(post: PostFigures) -> Figure:
    """Of the questions it looked at, or of all; of chunks nobody counts how many it looked at."""
    if post.post.stand == "document":
        return Figure("share", None)
    whole = post.questions if post.looked_at is None else post.looked_at
    return share(min(_acted(post), whole), whole)


def false_alarms(post: PostFigures) -> Figure:
    return share(*post.false_alarms)


DRAWN: dict[str, Callable[[PostFigures], Figure]] = {ACTED: acted_on, WRONG: false_alarms}


def _acted(post: PostFigures) -> int:
    return sum(count for action, count in post.counts.acted.items() if action != "allow")


def _rows(picture: Picture) -> Iterator[dict[str, object]]:
    for one in picture.posts:
        did, wrong = acted_on(one), false_alarms(one)
        told = one.post.guard, one.post.stand, one.post.action, one.post.threshold, did.count or None, _acted(one)
        judged = wrong.count, wrong.part, wrong.value, wrong.low, wrong.high
        values = (*told, did.value, did.low, did.high, one.counts.broken, *judged)
        yield dict(zip(COLUMNS, values, strict=True))


def _download(label: str, data: Callable[[], bytes], name: str, kind: str, icon: str) -> None:
    key = name.replace(".", "-")
    st.download_button(label, data, name, kind, key=key, icon=icon, on_click="ignore")
