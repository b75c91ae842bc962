"""What to look at on the Quality page."""

from ui import head

OVERVIEW, TOPICS, VERSIONS, MONEY, GUARDS = "Overview", "Topics", "Compare", "Build or buy", "Guards"
VIEWS = {
    OVERVIEW: ":material/monitoring:",
    TOPICS: ":material/category:",
    VERSIONS: ":material/compare_arrows:",
    MONEY: ":material/payments:",
    GUARDS: ":material/shield:",
}


def show() -> str:
    return head.show("Quality", VIEWS, label="What to look at", key="quality-view")
