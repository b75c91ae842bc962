"""A life to be ended by a kill: a house in which readers ask, watch and rate while documents come in.

    python -m tests.faults.life DATA_FOLDER MODEL_URL LIFE READERS

Each thing is told on the standard output once it was accepted or shown, a line of JSON each: whoever kills this
process knows what must be there afterwards. Goes on until it is killed, or its input is closed.
"""

import json
import os
import random
import sys
import threading
import time
from itertools import count
from pathlib import Path

from rag.bootstrap import build
from rag.cancellation import Cancellation
from rag.house import House
from rag.settings import Documents, Model, Settings
from store.records import Rating
from tests.fakes import HashEmbedder

WATCH_S = 0.05  # how often a page looks
UPLOAD_S = 0.7  # between one armful of documents and the next
ARMFUL = 5
HARBOURS = 12


def main() -> None:
    folder, url, life, readers = sys.argv[1:]
    model = Model(name="first", model="m", base_url=url, api_key_env="NONE")
    settings = Settings(data_dir=Path(folder), models=[model], documents=Documents(samples=False))
    house = build(settings, embedder=lambda _: HashEmbedder())
    threading.excepthook = lambda error: tell("broken", why=repr(error.exc_value))
    house.start()
    house.warmup.guard(Cancellation())
    house.warmup.wait_for_meaning()
    for reader in range(int(readers)):
        threading.Thread(target=read, args=(house, f"reader {reader} of life {life}"), daemon=True).start()
    threading.Thread(target=upload, args=(house, life), daemon=True).start()
    sys.stdin.read()
    house.close()


def read(house: House, person: str) -> None:
    """Asks one question after the other, watches its answer grow, and rates it."""
    conversation: str | None = None
    time.sleep(random.Random(person).random())
    for number in count(1):
        text = f"How many tonnes does the crane of harbour {number % HARBOURS} lift? ({person}, question {number})"
        asked = house.assistant.ask(person, text, conversation if number % 3 else None)
        conversation = asked.conversation_id
        tell("asked", answer=asked.answer_id, person=person, conversation=conversation, text=text)
        watch(house, person, asked.answer_id)
        rating: Rating = 1 if number % 2 else -1
        comment = f"rated as number {number}"
        house.assistant.feedback.rate(person, asked.answer_id, rating, comment=comment)
        tell("rated", answer=asked.answer_id, rating=rating, comment=comment)


def watch(house: House, person: str, answer: int) -> None:
    """Tells every text that a page would have shown, and the end."""
    seen = -1
    while snapshot := house.assistant.snapshot(person, answer, seen, 1):
        if snapshot.text and snapshot.version != seen:
            tell("shown", answer=answer, text=snapshot.text)
        seen = snapshot.version
        if snapshot.done:
            break
        time.sleep(WATCH_S)
    tell("ended", answer=answer)


def upload(house: House, life: str) -> None:
    for number in count(1):
        for part in range(ARMFUL):
            name = f"harbour-{life}-{number}-{part}.md"
            tell("added", entry=house.library.add(name, document(name).encode()), name=name)
        time.sleep(UPLOAD_S)


def document(name: str) -> str:
    """A few pages about a harbour, unlike any other."""
    parts = [
        f"## Harbour {number}\n\nThe crane of harbour {number} lifts {number + 20} tonnes at a time when the wind "
        f"stays below nine metres a second, and half of that while the ferry lies at the quay, as {name} has it. "
        "The keeper notes every lift with its hour and its weight in the book that lies in the office."
        for number in range(HARBOURS)
    ]
    return "\n\n".join([f"# Harbour log {name}", *parts])


def tell(fact: str, **values: object) -> None:
    line = json.dumps({"fact": fact, "at": time.monotonic(), **values}) + "\n"
    os.write(sys.stdout.fileno(), line.encode())  # at once and whole: a pipe takes up to 4,096 bytes so


if __name__ == "__main__":
    main()
