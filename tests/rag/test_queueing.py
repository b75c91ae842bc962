"""The queue: fair to people, each knows its place, and nobody is stuck in it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from rag.cancellation import Cancellation
from rag.events import Answered, Event
from rag.job import Job, Work
from rag.jobs import Jobs
from rag.queueing import QueueFull, Turns
from rag.types import Answer

PATIENCE_S = 20


@dataclass(eq=False)
class One:
    name: str
    place: int = 0

    @property
    def person(self) -> str:
        return self.name[0]

    def move(self, place: int) -> None:
        self.place = place


def joined(turns: Turns[One], *names: str) -> list[One]:
    ones = [One(name) for name in names]
    for one in ones:
        turns.join(one)
    return ones


def begun(turns: Turns[One]) -> list[str]:
    """Lets begin whose turn it is."""
    names = []
    while one := turns.next():
        names.append(one.name)
    return names


def order(turns: Turns[One]) -> list[str]:
    """Who begins after whom when one runs at a time."""
    names = []
    while one := turns.next():
        names.append(one.name)
        turns.done(one)
    return names


def test_people_take_turns_and_of_each_the_oldest_goes_first() -> None:
    turns: Turns[One] = Turns(at_once=1, each=1, waiting=9)
    joined(turns, "a1", "a2", "a3", "b1", "c1", "b2")

    assert order(turns) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_no_more_run_than_may() -> None:
    turns: Turns[One] = Turns(at_once=2, each=9, waiting=9)
    joined(turns, "a1", "b1", "c1")

    assert (begun(turns), turns.running, turns.waiting) == (["a1", "b1"], 2, 1)


def test_nobody_takes_all_places() -> None:
    turns: Turns[One] = Turns(at_once=3, each=2, waiting=9)
    joined(turns, "a1", "a2", "a3", "b1")

    assert begun(turns) == ["a1", "b1", "a2"]


def test_each_knows_its_place_and_it_counts_down() -> None:
    turns: Turns[One] = Turns(at_once=1, each=1, waiting=9)
    first, *rest = joined(turns, "a1", "a2", "b1", "c1")
    begun(turns)
    before = [one.place for one in rest]
    turns.done(first)
    begun(turns)

    assert (before, [one.place for one in rest]) == ([3, 1, 2], [2, 0, 1])


def test_who_leaves_makes_the_others_move_up() -> None:
    turns: Turns[One] = Turns(at_once=1, each=1, waiting=9)
    _, second, third = joined(turns, "a1", "b1", "c1")
    begun(turns)

    assert (turns.leave(second), turns.leave(second), second.place, third.place) == (True, False, 0, 1)


@pytest.mark.parametrize(("waiting", "asked"), [(0, ["a1"]), (1, ["a1", "b1"])])
def test_a_full_queue_takes_nobody_in(waiting: int, asked: list[str]) -> None:
    turns: Turns[One] = Turns(at_once=1, each=1, waiting=waiting)
    turns.check("a")
    joined(turns, *asked)
    begun(turns)
    with pytest.raises(QueueFull):
        turns.check("c")


class Desk:
    """Jobs one at a time, each until it may go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.ended: dict[int, bool] = {}  # message id → whether it was stopped
        self.jobs = Jobs(lambda _: None, at_once=1, each=1, waiting=5)

    def begin(self, message_id: int, person: str = "ana") -> Job:
        return self.jobs.start(message_id, person, Work(self.events, self.finish))

    def events(self, cancellation: Cancellation) -> Iterator[Event]:
        cancellation.on_cancel(self.go.set)
        assert self.go.wait(PATIENCE_S)
        cancellation.check()
        yield Answered(Answer("Until nine.", "answered"))

    def finish(self, job: Job, answer: Answer | None) -> None:
        self.ended[job.message_id] = job.stopped


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.go.set()
    made.jobs.close(PATIENCE_S)


def test_a_job_that_waits_shows_its_place_and_then_none(desk: Desk) -> None:
    desk.begin(1)
    waiting = [desk.begin(n, "ben") for n in (2, 3)]
    places = [job.snapshot.place for job in waiting]
    desk.go.set()
    for job in waiting:
        while not job.snapshot.done:
            job.wait(job.snapshot.version, PATIENCE_S)

    assert (places, [job.snapshot.place for job in waiting]) == ([1, 2], [0, 0])


def test_a_job_that_waits_is_stopped_at_once(desk: Desk) -> None:
    first, second = desk.begin(1), desk.begin(2)
    desk.jobs.stop(2)

    assert (desk.ended, second.snapshot.done, first.snapshot.done) == ({2: True}, True, False)


def test_the_load_is_that_of_the_queue(desk: Desk) -> None:
    """Also in the moment between a turn and the first step: an answer whose turn it is does not wait."""
    jobs = [desk.begin(n) for n in (1, 2, 3)]

    assert [job.snapshot.step for job in jobs] == ["queued"] * 3  # no event has come yet
    assert desk.jobs.load() == (1, 2)
    desk.jobs.stop(3)
    assert desk.jobs.load() == (1, 1)


def test_closing_leaves_nobody_waiting() -> None:
    desk = Desk()
    jobs = [desk.begin(n) for n in (1, 2, 3)]
    desk.jobs.close(0)

    assert [(job.interrupted, job.snapshot.done) for job in jobs] == [(True, True)] * 3
