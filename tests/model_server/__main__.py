"""The server as a process: `python -m tests.model_server --delay-ms 20`. It prints its URL as first line."""

import argparse
import gc
import signal
import sys
import threading
from dataclasses import replace

from .behaviours import Behaviour, Paced
from .control import behaviour_named
from .server import ModelServer

KINDS = (  # those that need no arguments; `/control` takes all
    "answer",
    "bad_quotes",
    "content_filter",
    "endless",
    "fenced",
    "garbage",
    "refuse",
    "telling",
    "tool_call",
    "wrong_schema",
)


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    options = read_options()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopped.set())
    with ModelServer(paced(options), host=options.host, port=options.port) as server:
        gc.freeze()  # fewer pauses while a benchmark measures
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        stopped.wait()


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.model_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--delay-ms", type=float, help="between chunks")
    parser.add_argument("--first-delay-ms", type=float, help="before the first chunk")
    parser.add_argument("--chunk-size", type=int, help="characters a chunk")
    parser.add_argument("--behaviour", choices=KINDS, default="answer")
    return parser.parse_args()


def paced(options: argparse.Namespace) -> Behaviour:
    """The behaviour asked for, with the pace asked for."""
    chosen = behaviour_named(options.behaviour)
    if not isinstance(chosen, Paced):
        return chosen
    pace = {
        "chunk_size": options.chunk_size,
        "delay_s": options.delay_ms and options.delay_ms / 1000,
        "first_delay_s": options.first_delay_ms and options.first_delay_ms / 1000,
    }
    return replace(chosen, **{name: value for name, value in pace.items() if value is not None})


if __name__ == "__main__":
    main()
