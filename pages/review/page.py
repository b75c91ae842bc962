"""Review: what readers said about the answers, and about the guards."""

from pages.review import guards, head, inbox
from ui import demo
from ui.resources import assistant, house

view = head.show()
demo.show(house())
if view == head.GUARDS:
    guards.show(assistant())
else:
    inbox.show(assistant())
