"""What is being worked on: answers and files."""

import streamlit as st

from rag.house import House
from ui import figures, problems
from ui.words import counted


def show(house: House) -> None:
    st.subheader("Work", anchor=False)
    queue = house.operations.queue()
    if queue.closing:
        st.warning("The app is ending: running answers may end, new questions are refused.", icon=":material/logout:")
    said = [("Answers being written", f"{queue.running:,} of {queue.at_once:,}"), ("Waiting", f"{queue.waiting:,}")]
    with problems.in_place():
        library = house.operations.library()
        said += [("Files on their way", f"{library.on_their_way:,}"), ("Files that failed", f"{library.failed:,}")]
        if library.written_elsewhere:
            said.append(("Written by other processes", counted(library.written_elsewhere, "answer")))
    figures.show(said)
