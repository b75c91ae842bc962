"""What to review."""

from ui import head
from ui.inbox_state import ANSWERS, VIEW

GUARDS, OUTCOMES, EXPORTS, LOG = "Guards", "Outcomes", "Exports", "Log"
VIEWS = {
    ANSWERS: ":material/inbox:",
    GUARDS: ":material/shield:",
    OUTCOMES: ":material/task_alt:",
    EXPORTS: ":material/download:",
    LOG: ":material/history:",
}


def show() -> str:
    return head.show("Review", VIEWS, label="What to review", key=VIEW)
