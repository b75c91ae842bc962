"""All figures in rows, and as files: CSV with every interval, PNG of the chart."""

from collections.abc import Callable, Sequence

import streamlit as st

from rag import charts, drawing, tables
from rag.counted import Counted
from rag.figures import brief
from rag.measures import BY_KEY, MEASURES, Measure
from ui import figure_table

COLUMNS = ("answers", "resolved", "rated_up", "unsupported", "not_found", "refused", "failed", "total_p50", "total_p95")
MORE = ("cost", "cost_resolved", "visits", "questions", "returned")
Rows = Sequence[tuple[str, Counted]]


def show(first: str, rows: Rows, key: str) -> int | None:
    """Draws them and gives the number of the row that was chosen; `first` is the name of the first column."""
    shown = [BY_KEY[one] for one in (*COLUMNS, *MORE)]
    names = drawing.distinct([name for name, _ in rows])
    data = [[name, *(brief(one.of(counted)) for one in shown)] for name, (_, counted) in zip(names, rows, strict=True)]
    columns = [first, *(one.name for one in shown)]
    return figure_table.show(columns, data, told="Figures with their intervals", key=key)


def downloads(
    first: str,
    rows: Callable[[], Rows],
    chart: charts.Spec | None,
    measures: Sequence[Measure] = MEASURES,
    *,
    name: str = "quality",
) -> None:
    """Made when they are asked for; `name` is that of the files."""
    with st.container(horizontal=True):
        st.download_button(
            "All figures as CSV" if measures is MEASURES else "Lines as CSV",
            lambda: tables.figures(first, rows(), measures).encode(),
            f"{name}.csv",
            "text/csv",
            key=f"{name}-csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if chart and chart["data"]["values"]:
            st.download_button(
                "Chart as PNG",
                lambda: charts.png(chart),
                f"{name}.png",
                "image/png",
                key=f"{name}-png",
                icon=":material/image:",
                on_click="ignore",
            )
