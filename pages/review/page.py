"""Review: the answers and what readers said about them, the guards, what is taken away, and who looked at what."""

from pages.review import exports, guards, head, inbox, item, log, outcomes_list
from ui import demo, identity, inbox_state
from ui.resources import house

person = identity.person()
view = head.show()
demo.show(house())
if view == head.GUARDS:
    guards.show(house(), person)
elif view == head.OUTCOMES:
    outcomes_list.show(house(), person)
elif view == head.EXPORTS:
    exports.show(house(), person)
elif view == head.LOG:
    log.show(house(), person)
else:
    opened = inbox_state.opened()
    if opened.item is None:
        inbox.show(house(), person, opened)
    else:
        item.show(house(), person, opened, opened.item)
