"""A document's own view: what is known of it, what was found in it, what answers made of it, and its chunks."""

import streamlit as st

from pages.documents import chunks, deletion, facts, held
from rag.house import House
from store.records import DocumentRecord, TaskFilter, UseCounts
from ui import identity, markdown, problems, state
from ui.words import counted, size

TASKS_SHOWN = 5


def show(house: House, document_id: int) -> None:
    """The document of this id; words instead where it is gone, be it through another tab."""
    st.button("All documents", key="back", type="tertiary", icon=":material/arrow_back:", on_click=state.close_document)
    shown = house.catalogue.open(document_id)
    if shown is None:
        st.info(
            "This document is not here any more. It was deleted, or the address is wrong.", icon=":material/delete:"
        )
        return
    with st.container(key=f"document-{document_id}"):
        _head(house, shown.record)
        _facts(shown.record)
        _tasks(house, document_id)
        _findings(shown.record)
        held.show(house, shown)
        _uses(shown.uses)
        chunks.show(house, shown)


def _head(house: House, document: DocumentRecord) -> None:
    st.header(markdown.plain(document.title), anchor=False)
    if badges := facts.badges(document):
        st.markdown(badges)
    _tags(house, document)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _switch(house, document)
        deletion.show(house, document)


def _switch(house: House, document: DocumentRecord) -> None:
    key = f"enabled-{document.id}"
    st.session_state[key] = document.enabled  # the database says how it stands, also when another tab changed it
    st.toggle("Answers may use this document", key=key, on_change=_store_switch, args=(house, document.id))


def _store_switch(house: House, document_id: int) -> None:
    with problems.told():
        house.catalogue.switch_document(document_id, enabled=st.session_state[f"enabled-{document_id}"])


def _tags(house: House, document: DocumentRecord) -> None:
    key = f"tags-{document.id}"
    st.session_state[key] = list(document.tags)
    st.multiselect(
        "Tags",
        list(dict.fromkeys([*house.catalogue.tags(), *document.tags])),
        key=key,
        accept_new_options=True,
        placeholder="None yet: choose, or type a new one",
        on_change=_store_tags,
        args=(house, document.id),
    )


def _store_tags(house: House, document_id: int) -> None:
    with problems.told():
        house.catalogue.tag(document_id, st.session_state[f"tags-{document_id}"])


def _facts(document: DocumentRecord) -> None:
    known = {
        "State": facts.state(document),
        "File": f"{document.name}, {size(document.size)}",
        "From": facts.origin(document),
        "Pages": f"{document.pages:,}" if document.pages else "",
        "Text": f"{counted(document.characters, 'character')} in {counted(document.chunks, 'chunk')}",
        "Version": str(document.version),
        "Added": f"{document.added_at:%d %b %Y, %H:%M} {facts.added_by(document)}",
    }
    shown = {name: markdown.plain(value) for name, value in known.items() if value}
    st.table(shown, border="horizontal", alt="What is known of the document")


def _tasks(house: House, document_id: int) -> None:
    """What analysts say is to be done about it."""
    wanted = TaskFilter(status="open", document=document_id)
    for task in house.desk.tasks.listing(wanted, limit=TASKS_SHOWN):
        shown = house.desk.masking.task(identity.person(), task)
        st.caption(f":material/assignment: {task.kind.capitalize()}: {markdown.plain(shown.title)}")


def _findings(document: DocumentRecord) -> None:
    for found in document.findings:
        icon, heading, words = facts.finding(found)
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"{icon} **{markdown.plain(heading)}**")
            st.caption(markdown.plain(f"“{words}”" if found.get("kind") == "hidden_text" else words))


def _uses(uses: UseCounts) -> None:
    if not uses.found:
        st.caption("No answer has used it yet.")
        return
    with st.grid(4, min_column_width=130):
        st.metric("Answers found for", f"{uses.found:,}", border=True)
        st.metric("Answers citing it", f"{uses.cited:,}", border=True)
        st.metric("Thumbs up", uses.up, border=True)
        st.metric("Thumbs down", uses.down, border=True)
