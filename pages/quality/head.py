"""What to look at on the Quality page."""

from ui import head

OVERVIEW, VERSIONS, MONEY, GUARDS = "Overview", "Compare", "Build or buy", "Guards"
VIEWS = {
    OVERVIEW: ":material/monitoring:",
    VERSIONS: ":material/compare_arrows:",
    MONEY: ":material/payments:",
    GUARDS: ":material/shield:",
}


def show() -> str:
    return head.show("Quality", VIEWS, label="What to look at", key="quality-view")
