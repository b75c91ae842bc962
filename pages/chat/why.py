"""Why this answer: what was searched, what was found, who wrote it and how long each step took."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from rag.assistant import Assistant
from store.records import AnswerRecord, TraceRecord
from ui import markdown

KEPT = "kept from "  # begins a note about personal data that a model outside was not sent


def show(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    opened = st.popover(
        "Why this answer", type="tertiary", icon=":material/info:", key=f"why-{answer.id}", on_change="rerun"
    )
    if opened.open:  # read from the database only for those who look
        with opened:
            trace = assistant.trace(person, answer.id)
            _explain(answer, trace) if trace else st.caption("Nothing was recorded about this answer.")


def _explain(answer: AnswerRecord, trace: TraceRecord) -> None:
    by = f" (rewritten by {trace.rewritten_by})" if trace.rewritten_by else ""
    st.markdown(f"**Searched for** {markdown.plain(trace.query or '–')}{markdown.plain(by)}")
    if tags := trace.settings.get("tags"):
        st.markdown(f"**Searched in** documents with a tag of {markdown.plain(', '.join(tags))}")
    facts = [f"**Written by** {markdown.plain(answer.writer or '–')}"]
    if len(trace.parts) > 1:
        facts = [f"**Written by** {markdown.plain(writers(answer.text, trace.parts))}"]
    if trace.prompt:
        facts.append(f"**prompt** {markdown.plain(trace.prompt)}")
    st.markdown(" · ".join([*facts, *_cost(trace)]))
    for masked in (note.removeprefix(KEPT) for note in trace.notes if note.startswith(KEPT)):
        st.markdown(f"**Kept from the model** {markdown.plain(masked)}")
    st.markdown("**Passages**")
    if trace.passages:
        st.dataframe(_passages(trace), hide_index=True)
    elif "verified" in trace.settings:
        st.caption("None were searched: a reviewer verified this answer, and the words it cites still stand there.")
    else:
        st.caption("Nothing in the documents came near.")
    st.markdown("**Steps, in milliseconds since the question**")
    st.caption(markdown.plain(" · ".join(f"{step} {ms:,.0f}" for step, ms in trace.timings_ms.items())))
    if notes := [note for note in trace.notes if not note.startswith(KEPT)]:
        st.caption(markdown.plain(" · ".join(notes)))


def writers(text: str, parts: Sequence[Mapping[str, Any]]) -> str:
    """Who wrote which words of an answer that several wrote, such as "first (words 1 to 40), second (the rest)"."""
    told, before = [], 0
    for part in parts[:-1]:
        until = len(text[: part["end"]].split())
        told.append(f"{part['writer']} (words {before + 1} to {until})")
        before = until
    return ", ".join((*told, f"{parts[-1]['writer']} (the rest)"))


def _cost(trace: TraceRecord) -> list[str]:
    """Tokens and their price; "about" where they were counted here. Nothing when no model was asked."""
    taken_in, given_out = trace.usage.get("input_tokens", 0), trace.usage.get("output_tokens", 0)
    if not (taken_in or given_out):
        return []
    about = "about " if trace.usage.get("estimated") else ""
    cost = "no price known" if trace.cost_usd is None else f"{about}{trace.cost_usd:.4f} USD"
    return [f"**tokens** {about}{taken_in:,} in, {given_out:,} out", f"**cost** {cost}"]


def _passages(trace: TraceRecord) -> list[dict[str, object]]:
    return [
        {
            "match": f"{passage['relevance']:.0%}",
            "document": passage["document"],
            "section": passage["places"][0]["section"],
            "by words": _rounded(passage["lexical"]),
            "by meaning": _rounded(passage["vector"]),
        }
        for passage in trace.passages
    ]


def _rounded(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
