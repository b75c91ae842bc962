"""Differences in a table: each with its interval and a verdict, or what is missing for one."""

from collections.abc import Sequence

import streamlit as st

from rag.comparing import Difference
from rag.figures import brief

SIGNS = {"better": "▲ ", "worse": "▼ ", "higher": "↑ ", "lower": "↓ "}
WIDTHS = {"Verdict": 150, "Difference": 210, "Besides": 210}  # pixels


def show(differences: Sequence[Difference], one: str, other: str, *, key: str) -> None:
    """`one` and `other` are what is compared."""
    st.dataframe(
        [
            {
                "Measure": found.measure.name,
                "Verdict": SIGNS.get(found.verdict, "") + found.words,
                "Difference": found.gap or "–",
                one: brief(found.one),
                other: brief(found.other),
                "Besides": found.wanting,
            }
            for found in differences
        ],
        hide_index=True,
        key=key,
        height="content",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}
        | {"Measure": st.column_config.TextColumn(pinned=True, width=150)},
        alt="Measures of both, with the difference and what can be said of it",
    )


def said(differences: Sequence[Difference]) -> str:
    """What is sure, in a sentence."""
    by_verdict: dict[str, list[str]] = {}
    for found in differences:
        if found.told:
            by_verdict.setdefault(found.verdict, []).append(found.measure.name.lower())
    words = "; ".join(f"{verdict} in {', '.join(names)}" for verdict, names in by_verdict.items())
    return f"Sure: {words}." if words else "No difference is sure yet."
