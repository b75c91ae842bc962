"""Lives that are ended by SIGKILL, and what must be there afterwards. For tests and for benchmarks/kills.py."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

from rag.bootstrap import build
from rag.house import House
from rag.ingest import inspection
from rag.settings import Documents, Settings
from store.records import AnswerRecord
from tests.fakes import DirectParser, HashEmbedder
from tests.faults.life import HARBOURS, document
from tests.model_server import AnswerFromPassages

ROOT = Path(__file__).parents[2]
SAVED_S = 1.0  # text shown longer ago than this is in the database
START_S = 120
ENDED = ("answered", "not_found")
UNHURRIED = AnswerFromPassages(chunk_size=6, delay_s=0.02)  # an answer takes about two seconds
Fact = dict[str, Any]


@dataclass(frozen=True)
class Life:
    """What a process told before it was killed."""

    seed: int
    after_s: float  # from its first question to the kill
    killed_at: float
    facts: Sequence[Fact]

    def __str__(self) -> str:
        return f"life {self.seed}, killed {self.after_s:.2f} s after its first question"

    def of(self, kind: str) -> list[Fact]:
        return [fact for fact in self.facts if fact["fact"] == kind]


@dataclass
class Aftermath:
    """What was found after a life. `losses` names what should be there and is not."""

    asked: int = 0
    ended: int = 0
    interrupted: int = 0
    rated: int = 0
    added: int = 0
    unread: int = 0  # uploads that were still in the queue
    strays: int = 0  # files half written
    unsaved_s: float = 0.0  # the age of the oldest text that was shown, and is not in the database
    losses: list[str] = field(default_factory=list)


def live_and_die(folder: Path, url: str, seed: int, *, readers: int, at_most_s: float) -> Life:
    """Starts a life, waits for its first question and kills it at a random moment after that."""
    after_s = random.Random(seed).uniform(0, at_most_s)
    command = [sys.executable, "-m", "tests.faults.life", str(folder), url, str(seed), str(readers)]
    log = folder.parent / f"life-{seed}.log"
    facts: list[Fact] = []
    began = threading.Event()
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        listener = threading.Thread(target=_listen, args=(process, facts, began))
        listener.start()
        try:
            if not began.wait(START_S) or process.poll() is not None:
                raise RuntimeError(f"Life {seed} did not begin:\n{log.read_text('utf-8')[-4000:]}")
            time.sleep(after_s)
            killed_at = time.monotonic()
        finally:
            process.kill()
        listener.join()
    return Life(seed, after_s, killed_at, facts)


def _listen(process: "subprocess.Popen[bytes]", facts: list[Fact], began: threading.Event) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith(b"\n"):  # else the kill cut it
            facts.append(json.loads(line))
        if facts and facts[-1]["fact"] == "asked":
            began.set()
    began.set()  # it ended


def furnish(folder: Path) -> None:
    """A library to ask about."""
    house = restarted(folder)
    house.library.add("harbours.md", document("harbours.md").encode())
    while house.worker.step():
        pass
    house.close()


def restarted(folder: Path) -> House:
    """The house over the folder of a life, without readers."""
    settings = Settings(data_dir=folder, documents=Documents(samples=False))
    house = build(settings, embedder=lambda _: HashEmbedder(), parser=lambda _: DirectParser())
    house.warmup.start()
    house.warmup.wait_for_meaning()
    return house


def look_after(house: House, life: Life) -> Aftermath:
    """Compares what a life told with what is there. Works the queue off."""
    found = Aftermath(losses=[f"A reader broke off: {fact['why']}" for fact in life.of("broken")])
    _questions(house, life, found)
    _ratings(house, life, found)
    _uploads(house, life, found)
    return found


def _questions(house: House, life: Life, found: Aftermath) -> None:
    ended = {fact["answer"] for fact in life.of("ended")}
    for fact in life.of("asked"):
        found.asked += 1
        answer = _answer(house, fact)
        if answer is None:
            found.losses.append(f"The question {fact['text']!r} is gone.")
            continue
        found.ended += answer.state in ENDED
        found.interrupted += answer.state == "interrupted"
        if answer.state not in (ENDED if answer.id in ended else (*ENDED, "interrupted")):
            found.losses.append(f"The answer {answer.id} is {answer.state}.")
        if answer.state == "answered" and not answer.citations:
            found.losses.append(f"The answer {answer.id} lost its citations.")
        unsaved_s = _unsaved_s(life, answer)
        found.unsaved_s = max(found.unsaved_s, unsaved_s)
        if unsaved_s > SAVED_S:
            found.losses.append(f"The answer {answer.id} lost text that was shown {unsaved_s:.2f} s before the kill.")


def _answer(house: House, fact: Fact) -> AnswerRecord | None:
    _, questions = house.assistant.conversation(fact["person"], fact["conversation"])
    answers = [answer for question in questions if question.text == fact["text"] for answer in question.answers]
    return next((answer for answer in answers if answer.id == fact["answer"]), None)


def _unsaved_s(life: Life, answer: AnswerRecord) -> float:
    """How long before the kill the oldest text was shown that is not in the database; 0 when all is there."""
    shown = (fact for fact in life.of("shown") if fact["answer"] == answer.id)
    return max((life.killed_at - fact["at"] for fact in shown if not answer.text.startswith(fact["text"])), default=0.0)


def _ratings(house: House, life: Life, found: Aftermath) -> None:
    asked = {fact["answer"]: fact for fact in life.of("asked")}
    for fact in life.of("rated"):
        found.rated += 1
        answer = _answer(house, asked[fact["answer"]])
        given = answer.feedback if answer else None
        if given is None or (given.rating, given.comment) != (fact["rating"], fact["comment"]):
            found.losses.append(f"The rating of the answer {fact['answer']} is gone.")


def _uploads(house: House, life: Life, found: Aftermath) -> None:
    names = {fact["entry"]: fact["name"] for fact in life.of("added")}
    house.worker.recover()
    before = house.library.progress(list(names))
    found.added = len(names)
    found.unread = sum(entry.state == "queued" for entry in before)
    if lost := names.keys() - {entry.id for entry in before}:
        found.losses.append(f"The uploads {sorted(lost)} are gone.")
    while house.worker.step():
        pass
    for entry in house.library.progress(list(names)):
        text = house.library.text(entry.document_id) if entry.document_id else None
        if entry.state != "done" or text is None or text.count(names[entry.id]) < HARBOURS:
            found.losses.append(f"The upload {names[entry.id]} is {entry.state}: {entry.problem}.")
    _consistency(house, found)


def _consistency(house: House, found: Aftermath) -> None:
    """Vectors, full-text index and files fit the database, once half-written files are swept away."""
    meaning = house.warmup.meaning()
    with mock.patch.object(inspection, "YOUNG_S", 0):  # nobody else writes here
        first, second = (inspection.inspect(house.database, house.library, meaning and meaning.index) for _ in "12")
    found.strays = first.stray_files
    if not second.is_none or not replace(first, stray_files=0).is_none or not second.looked_at_vectors:
        found.losses.append(
            f"The index did not fit: {' '.join(first.sentences())} Then: {' '.join(second.sentences())}"
        )
