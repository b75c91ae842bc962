"""What to look at on the Quality page."""

from ui import head

OVERVIEW, VERSIONS, TOPICS = "Overview", "Compare", "Topics"
MONEY, GUARDS = "Build or buy", "Guards"
VIEWS = {
    OVERVIEW: ":material/monitoring:",
    VERSIONS: ":material/compare_arrows:",
    TOPICS: ":material/category:",
    MONEY: ":material/payments:",
    GUARDS: ":material/shield:",
}


def show() -> str:
    return head.show("Quality", VIEWS, label="What to look at", key="quality-view")
