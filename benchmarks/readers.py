"""Many readers at once, in a process of their own that costs little: `python -m benchmarks.readers URL COUNT SPREAD_S`.

It says `open` once all have the page before them, waits for a line, has each ask one question, evenly spread over so
many seconds, and says as JSON what they saw. They stay in front of their pages until another line comes.
"""

import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice

from benchmarks import data
from benchmarks.websocket import Came, Session, texts
from tests.model_server.moments import WORD, lags_ms

OPENED_AT_ONCE = 4
WORDS = 200


@dataclass(frozen=True, slots=True)
class Read:
    """One answer as its reader saw it."""

    first_ms: float  # from the question to the first text
    took_ms: float  # from the question to the finished page
    lags_ms: Sequence[float]  # how late each word was


@dataclass(frozen=True, slots=True)
class Seen:
    """What all readers of one run saw, and what they cost."""

    answers: Sequence[Read]
    broken: int  # answers that were not whole
    cpu_s: float


class Readers:
    """The process, seen from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self) -> None:
        self._say("ask")

    def seen(self) -> Seen:
        """Waits until all have their answers. Raises RuntimeError when the process fails."""
        told = json.loads(self.hear())
        return Seen([Read(**answer) for answer in told["answers"]], told["broken"], told["cpu_s"])

    def hear(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("The readers did not come to their end; see above.")
        return line

    def leave(self) -> None:
        self._say("leave")
        self._process.wait()

    def _say(self, word: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()


@contextmanager
def reading(url: str, count: int, spread_s: float) -> Iterator[Readers]:
    """So many readers in front of the page."""
    command = [sys.executable, "-m", "benchmarks.readers", url, str(count), str(spread_s)]
    process = subprocess.Popen(command, cwd=data.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        readers = Readers(process)
        readers.hear()
        yield readers
        readers.leave()
    finally:
        process.kill()
        process.communicate()


async def _read(url: str, count: int, spread_s: float) -> None:
    sessions = await _opened(url, count)
    gc.freeze()
    gc.disable()
    _answer("open")
    await asyncio.to_thread(sys.stdin.readline)
    cpu = time.process_time()
    asked = islice(cycle(case.question for case in data.cases() if case.answerable and not case.history), count)
    pauses = (spread_s * number / count for number in range(count))
    came = await asyncio.gather(
        *(_ask(session, question, pause) for session, question, pause in zip(sessions, asked, pauses, strict=True))
    )
    cpu = time.process_time() - cpu
    answers = [read for begin, what in came if (read := seen(begin, what))]
    told = {"answers": [asdict(read) for read in answers], "broken": count - len(answers), "cpu_s": cpu}
    _answer(json.dumps(told))
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(session.close() for session in sessions))


async def _opened(url: str, count: int) -> list[Session]:
    turn = asyncio.Semaphore(OPENED_AT_ONCE)

    async def opened() -> Session:
        async with turn:
            return await Session.open(url)

    return await asyncio.gather(*(opened() for _ in range(count)))


async def _ask(session: Session, question: str, pause_s: float) -> tuple[float, list[Came]]:
    await asyncio.sleep(pause_s)
    begin = time.time()
    return begin, await session.ask(question)


def seen(begin: float, came: list[Came]) -> Read | None:
    """An answer as it grew on the page; None when it is not whole."""
    longest: list[str] = []
    arrivals = []
    for at, text in texts(came):
        words = [] if text.startswith("- ") else WORD.findall(text)  # why sentences are marked: it repeats them
        if len(words) > len(longest):
            longest = words
            arrivals.append((at, len(words)))
    if len(longest) != WORDS:
        return None
    return Read(1000 * (arrivals[0][0] - begin), 1000 * (came[-1].at - begin), lags_ms(arrivals, longest))


def _answer(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(_read(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
