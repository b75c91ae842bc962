"""Whether the library's parts fit together: looked at when asked for, and mended."""

import streamlit as st

from rag.house import House
from ui import markdown, problems


def show(house: House) -> None:
    st.space("small")
    with st.expander("Check the library", icon=":material/build:"):
        st.fragment(_show)(house)


def _show(house: House) -> None:
    st.caption(
        "Looks whether texts, search indexes and kept files fit together, and mends what does not. "
        "This takes seconds in a large library; answers go on meanwhile."
    )
    if st.button("Check now", key="check-library", icon=":material/fact_check:"):
        with st.spinner("Looking …"), problems.told():
            st.success(markdown.plain("\n".join(house.check().sentences())), icon=":material/check:")
        problems.show()
