"""One browser session without a browser: Streamlit's protocol over its websocket, as the real page speaks it.

What comes while an answer streams is only kept, with its time; it is read afterwards, since whoever measures shares
the machine with the server.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_S = 60
SMALL = 300  # bytes; a longer message is no end of a script
XSRF = "_streamlit_xsrf"


class Unexpected(Exception):
    """The page is not what it should be; says what is on it."""


@dataclass(frozen=True, slots=True)
class Came:
    """A message and when it came, in seconds since the epoch."""

    at: float
    message: bytes


class Session:
    """A tab. Await `open`, then ask as often as you like."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._box = ""  # the chat input's id on the page
        self._page = ""

    @classmethod
    async def open(cls, url: str) -> Self:
        """Somebody new in front of the chat page, whose script has run once. Raises Unexpected, OSError."""
        async with httpx.AsyncClient(base_url=url, headers={"accept": "text/html"}, timeout=PATIENCE_S) as http:
            await http.get("/")
            await http.get("/_stcore/health")
            cookies = dict(http.cookies)
        connection = await connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            origin=Origin(url),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(cookies.get(XSRF, ""))],
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
            compression=None,  # a server that would is not asked: it costs time on both sides
            max_size=None,
            open_timeout=PATIENCE_S,
        )
        session = cls(connection)
        await session._run(ClientState())
        return session

    async def ask(self, question: str) -> list[Came]:
        """Sends a question and gives what came until its answer stood on the page. Raises Unexpected."""
        if not self._box:
            raise Unexpected("There is no box to ask in.")
        state = ClientState(page_script_hash=self._page)
        box = state.widget_states.widgets.add(id=self._box)
        box.chat_input_value.data = question
        return await self._run(state)

    async def close(self) -> None:
        await self._connection.close()

    async def _run(self, state: ClientState) -> list[Came]:
        """Runs the script until it has ended and does not begin again."""
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en"
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        came: list[Came] = []
        async for message in self._connection:
            data = message if isinstance(message, bytes) else message.encode()
            came.append(Came(time.time(), data))
            if len(data) < SMALL and _is_end(data):
                self._learn(came)
                return came
        raise Unexpected("The server closed the connection.")

    def _learn(self, came: list[Came]) -> None:
        """What the next message to the server must name."""
        for message in messages(came):
            match message.WhichOneof("type"):
                case "new_session":
                    self._page = message.new_session.page_script_hash
                case "delta" if message.delta.new_element.HasField("chat_input"):
                    self._box = message.delta.new_element.chat_input.id


def messages(came: list[Came]) -> Iterator[ForwardMsg]:
    return (ForwardMsg.FromString(one.message) for one in came)


def texts(came: list[Came]) -> Iterator[tuple[float, str]]:
    """Every text that was drawn as Markdown, and when it came."""
    for one in came:
        delta = ForwardMsg.FromString(one.message).delta
        if delta.new_element.HasField("markdown"):
            yield one.at, delta.new_element.markdown.body


def _is_end(data: bytes) -> bool:
    message = ForwardMsg.FromString(data)
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
