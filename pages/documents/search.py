"""Try a search: what a question finds, and where each chunk stands by words, by meaning and in their common order."""

import streamlit as st

from pages.documents import facts
from rag import problems as words
from rag.house import House
from rag.retrieval.side_by_side import RankedChunk
from ui import markdown, problems, state
from ui.excerpt import emphasised
from ui.words import counted

PER_PAGE = 10
LONGEST = 2000  # characters of a question


def show(house: House) -> None:
    if not house.library.count():
        st.info("There are no documents yet, so there is nothing to find.", icon=":material/description:")
        return
    st.caption("See what a question finds before any answer is written. Nothing of it is kept.")
    query = st.text_input(
        "Question",
        key="try-query",
        type="search",
        placeholder="Type a question or a few words",
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_to_first_page,
        persist_state="session",
    )
    tags = _tags(house)
    if query and query.strip():
        with problems.told():
            _show_found(house, query.strip()[:LONGEST], tags)
        problems.show()


def _tags(house: House) -> list[str]:
    known = list(house.catalogue.tags())
    if not known:
        return []
    return st.multiselect(
        "Tags",
        known,
        key="try-tags",
        label_visibility="collapsed",
        placeholder="In all documents; choose tags to search less",
        on_change=_to_first_page,
        persist_state="session",
    )


def _to_first_page() -> None:
    st.session_state["try-page"] = 1


def _show_found(house: House, query: str, tags: list[str]) -> None:
    ranked = house.try_search(query, tags)
    if house.warmup.meaning() is None:
        happened = words.problem(house.warmup.why_no_meaning()).happened
        st.info(markdown.plain(happened), icon=":material/info:")
    if not ranked:
        where = " in documents with these tags" if tags else ""
        st.info(f"Nothing was found{where}. Try other words.", icon=":material/search_off:")
        return
    st.caption(f"{counted(len(ranked), 'chunk')}, in the order an answer would read them")
    page = min(st.session_state.get("try-page", 1), -(-len(ranked) // PER_PAGE))
    for found in ranked[PER_PAGE * (page - 1) : PER_PAGE * page]:
        _row(found, query)
    if len(ranked) > PER_PAGE:
        with st.container(horizontal_alignment="center"):
            st.pagination(-(-len(ranked) // PER_PAGE), key="try-page")


def _row(found: RankedChunk, query: str) -> None:
    chunk = found.chunk
    with st.container(key=f"found-{chunk.id}", border=True, gap="xsmall"):
        st.button(
            f"**{found.rank}** :blue[{markdown.plain(facts.place(chunk))}]",
            key=f"open-{chunk.id}",
            type="tertiary",
            on_click=state.open_document,
            args=(chunk.document_id, chunk.id),
        )
        st.markdown(" ".join((_rank("words", found.by_words), _rank("meaning", found.by_meaning), _relevance(found))))
        st.markdown(emphasised(chunk.text, query))


def _rank(search: str, place: int | None) -> str:
    return f":blue-badge[by {search}: {place}.]" if place else f":gray-badge[by {search}: –]"


def _relevance(found: RankedChunk) -> str:
    return f":green-badge[relevance {found.relevance:.0%}]"
