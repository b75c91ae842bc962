"""What to do with the documents."""

from ui import head

LIBRARY, SEARCH = "Library", "Try a search"
VIEWS = {LIBRARY: ":material/library_books:", SEARCH: ":material/manage_search:"}


def show() -> str:
    return head.show("Documents", VIEWS, label="What to do", key="documents-view")
