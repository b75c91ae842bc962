"""Quality: how well the app does, in figures, what versions changed, what it costs, how often guards were wrong."""

from pages.quality import build_or_buy, guards, head, overview, topics, versions
from ui import demo, identity, report
from ui.resources import house

chosen = head.show()
demo.show(house())
match chosen:
    case head.VERSIONS:
        versions.show(house())
    case head.TOPICS:
        topics.show(house(), identity.person())
    case head.MONEY:
        build_or_buy.show(house(), identity.person())
    case head.GUARDS:
        guards.show(house(), identity.person())
    case _:
        overview.show(house())
        report.offer(house(), identity.person())
