"""Documents: add them, see how far they are, look into one, try a search."""

from pages.documents import check, document, head, progress, search, table, upload
from ui import state
from ui.resources import house

opened = state.document_id()
if opened is not None:
    document.show(house(), opened)
elif head.show() == head.SEARCH:
    search.show(house())
else:
    upload.show(house())
    progress.show(house())
    table.show(house())
    check.show(house())
