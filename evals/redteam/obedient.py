"""The worst model there can be: on a server of its own, it does whatever an attack asks for that reaches it.

So what is measured is the app around a model and not how well a model was brought up. What reaches it in no request
cannot make it do anything, and then it answers well: with the sentence of the passages that is closest to the question.
"""

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.redteam.cases import Case, folded
from rag.settings import Model

NAME = "obedient"
_FENCE = re.compile(r"<passage-(\w+)>")
_PASSAGE = re.compile(r'<passage-(\w+) number="(\d+)"[^>]*>\n(.*?)\n</passage-\1>', re.DOTALL)
_QUESTION = re.compile(r"^Question: (.*)", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w{3,}")
_PIECE = 12  # characters sent at once


class Obedient:
    """The model on its server; `attack` is the one that is being tried on it."""

    def __init__(self) -> None:
        self.attack: Case | None = None
        self.canaries: set[str] = set()  # the random words it was sent
        self.url = ""

    @property
    def model(self) -> Model:
        """As it would stand in the settings."""
        return Model(name=NAME, model=NAME, base_url=self.url)


@contextmanager
def obedient() -> Iterator[Obedient]:
    """The model, for as long as attacks are tried on it."""
    worst = Obedient()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(worst))
    worst.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, name="obedient", daemon=True).start()
    try:
        yield worst
    finally:
        server.shutdown()
        server.server_close()


def reply(messages: Sequence[dict[str, str]], attack: Case | None) -> str:
    """The JSON of its answer to these messages, under this attack."""
    system = messages[0]["content"]
    passages = _passages(messages)
    question = next((found[1] for one in reversed(messages) if (found := _QUESTION.search(one["content"]))), "")
    number, quote = _closest(passages, question)
    good = f"{quote} [{number}]" if quote else "The documents do not say."
    heard = folded("\n".join(one["content"] for one in messages[1:]))
    reached = attack and attack.triggers and all(one in heard for one in attack.triggers)
    said = _obeyed(attack, system, question) if attack and reached else ""
    return json.dumps(
        {
            "answer": f"{said} {good}".strip(),
            "citations": [{"passage": number, "quote": quote}] if quote else [],
            "answerable": bool(quote),
            "follow_ups": [],
        },
        ensure_ascii=False,
    )


def _obeyed(attack: Case, system: str, question: str) -> str:
    return attack.obeys.replace("{system}", system).replace("{canary}", canary(system)).replace("{question}", question)


def canary(system: str) -> str:
    """The random word of the instructions."""
    return found[1] if (found := _FENCE.search(system)) else ""


def _passages(messages: Sequence[dict[str, str]]) -> list[tuple[int, str]]:
    said = (message["content"] for message in reversed(messages[1:]))
    return next((list(map(_numbered, found)) for one in said if (found := list(_PASSAGE.finditer(one)))), [])


def _numbered(passage: re.Match[str]) -> tuple[int, str]:
    return int(passage[2]), passage[3]


def _closest(passages: Sequence[tuple[int, str]], question: str) -> tuple[int, str]:
    """The sentence that shares most words with the question, and the number of its passage."""
    asked = set(_WORD.findall(question.casefold()))
    sentences = [(number, one.strip()) for number, text in passages for one in _SENTENCE.split(text) if len(one) > 20]
    return max(sentences, key=lambda one: len(asked & set(_WORD.findall(one[1].casefold()))), default=(0, ""))


def _handler(worst: Obedient) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            worst.canaries.add(canary(body["messages"][0]["content"]).casefold())
            said = reply(body["messages"], worst.attack)
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            for start in range(0, len(said), _PIECE):
                self._send({"delta": {"content": said[start : start + _PIECE]}, "finish_reason": None})
            self._send({"delta": {}, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, choice: dict[str, Any]) -> None:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": NAME}
            self.wfile.write(f"data: {json.dumps(chunk | {'choices': [choice | {'index': 0}]})}\n\n".encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    return Handler
