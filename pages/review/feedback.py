"""What the reader of an item said and did: rating, comment, correction, wrong sources, and signals."""

import streamlit as st

from pages.chat import sources
from pages.chat.places import shortened
from pages.review import said
from rag.house import House
from rag.review.item import Item
from store.records import WrongSourceRecord
from ui import diffs, markdown

UNKNOWN = "These words stand in none of the documents."


def show(house: House, item: Item) -> None:
    feedback = item.feedback
    signals = [f"{said.SIGNALS[one.kind]}{f' {one.count} times' if one.count > 1 else ''}" for one in item.signals]
    if feedback is None and not signals:
        return
    with st.container(border=True, key="item-feedback", gap="xsmall"):
        st.markdown("**What the reader said and did**")
        if feedback:
            words = markdown.plain(" · ".join(filter(None, (*feedback.reasons, feedback.comment))))
            rated = said.rating(item.row)
            st.markdown(" ".join(filter(None, (rated.markdown if rated else "", words))) or ":gray[no rating]")
            if feedback.correction is not None:
                _correction(item, feedback.correction)
            for source in feedback.sources:
                _wrong_source(house, source)
        if signals:
            st.caption(markdown.plain(" · ".join(signals)))


def _correction(item: Item, correction: str) -> None:
    if item.feedback and item.feedback.diff:
        diffs.show(item.feedback.diff)
    else:  # given before differences were kept
        st.markdown(markdown.plain(correction))


def _wrong_source(house: House, source: WrongSourceRecord) -> None:
    quote = f"“{markdown.plain(shortened(source.quote))}”"
    st.markdown(f":red-badge[:material/flag: wrong source] :blue-badge[{source.number}] :small[{quote}]")
    better = source.better
    if better is None:
        if source.words:
            st.markdown(f"Better: “{markdown.plain(shortened(source.words))}”")
            st.caption(UNKNOWN)
        return
    words = f"“{markdown.plain(shortened(better.quote))}”" if better.quote else "Open the document"
    st.markdown(f"Better: **{markdown.plain(better.document)}**")
    if st.button(words, key=f"item-better-{source.citation_id}", type="tertiary", icon=":material/find_in_page:"):
        key = f"better-{source.citation_id}"
        title = markdown.plain(better.document)
        sources.open_at(house.assistant, title, better.document_id, better.quote, start=better.start, key=key)
