"""Chat: ask, and read answers with the words they rest on."""

from pages.chat import ask, history, scope, sources, thread, welcome, writing
from ui import identity, state
from ui.resources import assistant, house

person = identity.person()
history.show(assistant(), person)
asked = thread.load(assistant(), person, state.conversation_id())
welcome.show(assistant(), person, visible=not asked)
running = thread.show(assistant(), person, asked)
scope.show(house())
ask.show(assistant(), person)
sources.show(assistant(), asked)
writing.watch(running)
