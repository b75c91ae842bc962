"""The list of documents: searched, filtered, ordered, a page at a time. A row opens its document."""

import streamlit as st

from pages.documents import deletion, facts
from rag.house import House
from store.records import DocumentOrder, DocumentRecord, DocumentState, Wanted
from ui import markdown, state
from ui.words import counted

PER_PAGE = 25
NUMBER = "documents-page"
ANY, HELD = "Any state", "Held back"
STATES: dict[str, DocumentState | None] = {
    ANY: None,
    "Ready": "ready",
    "Vectors follow": "vectors_follow",
    "Switched off": "switched_off",
    "With findings": "with_findings",
    HELD: "held_back",
}
ORDERS: dict[str, DocumentOrder] = {
    "Newest first": "newest",
    "Oldest first": "oldest",
    "By title": "title",
    "Largest first": "largest",
}


def show(house: House) -> None:
    deletion.show_receipt()
    if not house.library.count():
        st.info("There are no documents yet. Drop some files above.", icon=":material/description:")
        return
    _tell_held(house)
    wanted = _filters(house)
    page = st.session_state.get(NUMBER, 1)
    found, total = house.catalogue.browse(wanted, limit=PER_PAGE, offset=PER_PAGE * (page - 1))
    if not found and page > 1:  # the list has become shorter
        _to_first_page()
        found, total = house.catalogue.browse(wanted, limit=PER_PAGE)
    _tell_count(house, wanted, total)
    with st.container(key="documents", gap="small"):
        for document in found:
            _row(document)
    if total > PER_PAGE:
        with st.container(horizontal_alignment="center"):
            st.pagination(-(-total // PER_PAGE), key=NUMBER, persist_state="session")


def _tell_held(house: House) -> None:
    chunks, owners = house.catalogue.held_back()
    if not chunks:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="held-back"):
        words = f"{counted(chunks, 'chunk')} of {counted(owners, 'document')}"
        st.warning(f"Held back until somebody looks: {words}.", icon=":material/back_hand:")
        st.button("Show what is held back", key="show-held", type="tertiary", on_click=_show_held)


def _show_held() -> None:
    _show_all()
    st.session_state["documents-state"] = HELD


def _filters(house: House) -> Wanted:
    containing = st.text_input(
        "Search by title or file name",
        key="documents-filter",
        type="search",
        placeholder="Search by title or file name",
        label_visibility="collapsed",
        icon=":material/search:",
        live="300ms",
        on_change=_to_first_page,
        persist_state="session",
    )
    tags = house.catalogue.tags()
    with st.container(horizontal=True):
        which = _choice("State", list(STATES))
        order = _choice("Order", list(ORDERS))
        chosen = _tags(tags) if tags else []
    return Wanted((containing or "").strip(), tuple(chosen), STATES[which], ORDERS[order])


def _choice(label: str, options: list[str]) -> str:
    return st.selectbox(
        label,
        options,
        key=f"documents-{label.lower()}",
        label_visibility="collapsed",
        width=170,
        on_change=_to_first_page,
        persist_state="session",
    )


def _tags(tags: dict[str, int]) -> list[str]:
    return st.multiselect(
        "Tags",
        list(tags),
        key="documents-tags",
        format_func=lambda tag: f"{tag} ({tags.get(tag, 0):,})",
        label_visibility="collapsed",
        placeholder="Any tag",
        width=240,
        on_change=_to_first_page,
        persist_state="session",
    )


def _to_first_page() -> None:
    st.session_state[NUMBER] = 1


def _tell_count(house: House, wanted: Wanted, total: int) -> None:
    if not total:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info("No document is like that.", icon=":material/search_off:")
            st.button("Show all", key="documents-all", type="tertiary", on_click=_show_all)
    elif wanted == Wanted(order=wanted.order):
        st.caption(counted(total, "document"))
    else:
        st.caption(f"{total:,} of {counted(house.library.count(), 'document')}")


def _show_all() -> None:
    for key, value in {"filter": "", "state": ANY, "tags": [], "page": 1}.items():
        st.session_state[f"documents-{key}"] = value


def _row(document: DocumentRecord) -> None:
    with st.container(key=f"document-{document.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                f":blue[**{markdown.plain(document.title)}**]",
                key=f"open-{document.id}",
                type="tertiary",
                on_click=state.open_document,
                args=(document.id,),
            )
            if badges := f"{facts.badges(document)} {facts.tags(document)}".strip():
                st.markdown(badges, width="content")
        st.caption(markdown.plain(facts.line(document)))
