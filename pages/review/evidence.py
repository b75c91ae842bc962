"""What an answer was made from: passages with their scores, the exact prompt, times, cost, and what guards found."""

import streamlit as st

from rag.review.item import Item, Passage
from store.records import BROKEN, TraceRecord
from ui import figures, folded, markdown
from ui.words import duration, money

ROLES = {"system": "Instructions", "human": "Reader or app", "ai": "Model"}


def show(item: Item) -> None:
    trace = item.trace
    if trace is None:
        st.caption("Nothing was recorded about how this answer was made.")
        return
    _figures(item, trace)
    _findings(item)
    _show_folded(item, trace)


@st.fragment  # opening a part draws these alone
def _show_folded(item: Item, trace: TraceRecord) -> None:
    number = item.row.id
    if item.passages and (
        part := folded.part(
            f"Passages ({len(item.passages)})", icon=":material/article:", key=f"item-passages-{number}"
        )
    ):
        with part:
            for passage in item.passages:
                _passage(passage)
    if part := folded.part("Exact prompt", icon=":material/terminal:", key=f"item-prompt-{number}"):
        with part:
            _prompt(item)
    if part := folded.part("How it was made", icon=":material/timeline:", key=f"item-how-{number}"):
        with part:
            _made(trace)


def _figures(item: Item, trace: TraceRecord) -> None:
    usage = trace.usage
    tokens = f"{usage.get('input_tokens', 0):,} in, {usage.get('output_tokens', 0):,} out"
    figures.show(
        (
            ("Writer", item.answer.writer or "–"),
            ("Prompt", trace.prompt or "–"),
            ("First words", duration(trace.timings_ms.get("first_text"))),
            ("All of it", duration(trace.timings_ms.get("total"))),
            ("Cost", "no price known" if trace.cost_usd is None else money(trace.cost_usd)),
            ("Tokens", tokens),
            ("Topic", item.topic or "–"),
            ("Worth reading", f"{item.row.worth}"),
        )
    )


def _findings(item: Item) -> None:
    for one in item.answer.findings:
        if one.what != BROKEN:
            what = f"{one.guard} at the {one.stand}, {one.sure:.2f} sure, {one.action.replace('_', ' ')}: {one.why}"
            st.caption(f":material/shield: {markdown.plain(what)}")


def _passage(passage: Passage) -> None:
    where = " · ".join(
        filter(None, (passage.document, passage.section, f"page {passage.page}" if passage.page else ""))
    )
    scores = [f"{passage.relevance:.0%} match"]
    scores += [f"by words {passage.lexical:.2f}"] if passage.lexical is not None else []
    scores += [f"by meaning {passage.vector:.2f}"] if passage.vector is not None else []
    st.markdown(
        f":blue-badge[{passage.number}] **{markdown.plain(where)}** :small[{markdown.plain(' · '.join(scores))}]"
    )
    if passage.text:
        st.caption(markdown.plain(passage.text))
    else:
        st.caption(":material/delete: Its document was deleted, or this version of it was not kept.")


def _prompt(item: Item) -> None:
    for words in item.prompt.told:
        st.caption(markdown.plain(words))
    for role, text in item.prompt.messages:
        st.markdown(f"**{ROLES.get(role, role)}**")
        st.code(text, language=None, wrap_lines=True)


def _made(trace: TraceRecord) -> None:
    st.markdown(f"Searched for **{markdown.plain(trace.query or '–')}**")
    if trace.rewritten_by:
        st.caption(markdown.plain(f"rewritten by {trace.rewritten_by}"))
    steps = sorted(trace.timings_ms.items(), key=lambda step: step[1])
    st.markdown("\n".join(f"- {duration(ms)} {markdown.plain(step.replace('_', ' '))}" for step, ms in steps))
    for note in trace.notes:
        st.caption(markdown.plain(note))
