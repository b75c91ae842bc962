"""Search, database, disk and process: what they are and whether they are well."""

import streamlit as st

from rag import problems as catalogue
from rag.house import House
from ui import figures, markdown, problems
from ui.words import about, size

PARTS = {"models": "language models", "guard": "checks of answers", "meaning": "search by meaning"}
STATES = {
    "ready": ":green-badge[:material/check: {part}]",
    "warming": ":blue-badge[:material/hourglass_top: {part}: warming up]",
    "failed": ":red-badge[:material/error: {part}: out of order]",
    "elsewhere": ":gray-badge[{part}: not in this process]",
}


def show(house: House) -> None:
    st.subheader("Health", anchor=False)
    states = house.operations.parts()
    st.markdown(" ".join(STATES[state].format(part=PARTS[part]) for part, state in states.items()))
    with problems.in_place():
        _show_index(house)
    with problems.in_place():
        _show_database(house)
    _show_machine(house)
    _show_check(house)


def _show_index(house: House) -> None:
    index, library = house.operations.index(), house.operations.library()
    if index.why:
        st.warning(markdown.plain(catalogue.problem(index.why).operator), icon=":material/scatter_plot:")
    figures.show(
        [
            ("Documents", f"{library.documents:,}"),
            ("Chunks with vectors", f"{library.embedded:,} of {library.chunks:,}"),
            ("Vector index of", index.owner),
            ("Embedding model", index.embedding),
        ]
    )


def _show_database(house: House) -> None:
    database = house.operations.database()
    if not database.is_current:
        st.warning(
            "The tables are those of another version of the app: restart it to bring them up to date.",
            icon=":material/database:",
        )
    figures.show(
        [
            ("Database", database.dialect),
            ("Tables", f"version {database.revision or '–'}"),
            ("Its file", "–" if database.file_bytes is None else size(database.file_bytes)),
            ("Its log", "–" if database.log_bytes is None else size(database.log_bytes)),
        ]
    )


def _show_machine(house: House) -> None:
    machine = house.operations.machine()
    if machine.is_low:
        st.warning(
            f"Only {size(machine.free_bytes)} are free on the disk of the data folder. When it is full, questions and "
            "files are refused.",
            icon=":material/hard_drive:",
        )
    figures.show(
        [
            ("Disk free", f"{machine.free_bytes / 1e9:,.1f} of {machine.total_bytes / 1e9:,.0f} GB"),
            ("Running for", about(machine.uptime_s).removeprefix("about ")),
            ("Process", str(machine.process)),
            ("Version", machine.versions["footnote"]),
        ]
    )
    others = (f"{name} {version}" for name, version in machine.versions.items() if name != "footnote")
    st.caption(markdown.plain(" · ".join(others)))


def _show_check(house: House) -> None:
    if st.button("Check and mend", key="operations-check", icon=":material/fact_check:", type="tertiary"):
        with st.spinner("Looking …"), problems.told():
            st.success(markdown.plain("\n".join(house.check().sentences())), icon=":material/check:")
        problems.show()
