"""Figures in a row, each with its name above it; as many side by side as there is room for."""

from collections.abc import Iterable

import streamlit as st

from ui import markdown

WIDTH = 130  # pixels a figure needs at least


def show(figures: Iterable[tuple[str, str]], columns: int = 4) -> None:
    """Draws names with their values. Values are plain text."""
    with st.grid(columns, min_column_width=WIDTH, gap="small"):
        for name, value in figures:
            st.markdown(f":small[:gray[{name}]]  \n{markdown.plain(value)}")
