"""Review: what readers said about the answers, and about the guards."""

from pages.review import guards, head, inbox
from ui.resources import assistant

if head.show() == head.GUARDS:
    guards.show(assistant())
else:
    inbox.show(assistant())
