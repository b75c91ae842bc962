"""What to review."""

from ui import head

ANSWERS, GUARDS = "Answers", "Guards"
VIEWS = {ANSWERS: ":material/thumbs_up_down:", GUARDS: ":material/shield:"}


def show() -> str:
    return head.show("Review", VIEWS, label="What to review", key="review-view")
