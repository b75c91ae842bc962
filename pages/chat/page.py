"""Chat: ask, and read answers with the words they rest on."""

from pages.chat import ask, history, noting, replies, scope, sources, thread, welcome, writing
from ui import identity, listening, state
from ui.resources import assistant, house

person = identity.person()
waiting = replies.waiting(house(), person)
history.show(assistant(), person, replied=waiting)
noted = noting.show(house(), person)
replies.notice(waiting)
asked = thread.load(assistant(), person, state.conversation_id())
welcome.show(assistant(), person, visible=not asked)
running = thread.show(house(), person, asked)
scope.show(house())
ask.show(assistant(), person)
sources.show(assistant(), asked)
if noted:
    listening.show(asked)
writing.watch(running)
