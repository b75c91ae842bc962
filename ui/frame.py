"""The frame around every page: its title, who is looking, and the way between pages."""

from pathlib import Path

import streamlit as st

from ui import problems, resources, style, warming

# A file of our own: icons by name would be fetched from a font server by every browser.
ICON = Path(__file__).resolve().parent / "icon.svg"
WIDE = ("review",)  # pages that show things side by side
PAGES = Path(__file__).resolve().parent.parent / "pages"


def main() -> None:
    brand = resources.house().settings.brand
    # Before the navigation: with its icons alone a browser would look for them at a font server.
    st.set_page_config(page_title=brand.name, page_icon=str(ICON))
    page = st.navigation(
        [
            st.Page(PAGES / "chat" / "page.py", title="Chat", icon=":material/chat:", default=True),
            st.Page(
                PAGES / "documents" / "page.py", title="Documents", icon=":material/description:", url_path="documents"
            ),
            st.Page(PAGES / "review" / "page.py", title="Review", icon=":material/rate_review:", url_path="review"),
            st.Page(PAGES / "quality" / "page.py", title="Quality", icon=":material/speed:", url_path="quality"),
            st.Page(
                PAGES / "operations" / "page.py",
                title="Operations",
                icon=":material/monitor_heart:",
                url_path="operations",
            ),
        ]
    )
    # Once in a run: a second layout in the same moment would be lost.
    st.set_page_config(layout="wide" if page.url_path in WIDE else "centered")
    style.apply()
    problems.show()
    warming.show()
    page.run()
    resources.warm_up()


main()
