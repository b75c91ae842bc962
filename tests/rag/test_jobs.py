"""Jobs: they belong to no browser, go on, stop on demand, and lose no text."""

import threading
from collections.abc import Callable, Iterator, Mapping

import pytest

from rag import jobs as module
from rag.cancellation import Cancellation, Cancelled
from rag.events import Answered, Checked, Event, Failed, HandedOver, Retrieved, Revised, TextDelta, Writing
from rag.jobs import Job, Jobs, ShuttingDown, Work
from rag.types import Answer, Retrieval
from store.engine import Unavailable

PATIENCE_S = 20
DONE = Answered(Answer("Until nine.", "answered"))


class Desk:
    """Jobs whose work the test holds in its hand."""

    def __init__(self, *, at_once: int = 4) -> None:
        self.saved: dict[int, str] = {}
        self.ended: dict[int, Answer | None] = {}
        self.saving = threading.Condition()
        self.go = threading.Event()
        self.jobs = Jobs(self.save, at_once=at_once)

    def save(self, texts: Mapping[int, str]) -> None:
        with self.saving:
            self.saved |= texts
            self.saving.notify_all()

    def begin(self, message_id: int, events: Callable[[Cancellation], Iterator[Event]]) -> Job:
        return self.jobs.start(message_id, "ada", Work(events, self.finish))

    def finish(self, job: Job, answer: Answer | None) -> None:
        self.ended[job.message_id] = answer

    def halting(self, *before: Event) -> Callable[[Cancellation], Iterator[Event]]:
        """Gives some events, waits for `go` or a stop, and answers."""

        def events(cancellation: Cancellation) -> Iterator[Event]:
            yield from before
            cancellation.on_cancel(self.go.set)
            assert self.go.wait(PATIENCE_S)
            cancellation.check()
            yield DONE

        return events


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.go.set()
    made.jobs.close(PATIENCE_S)


def wait_for_text(job: Job, text: str) -> None:
    """Watches until the text is there, as a page does."""
    seen = 0
    while job.snapshot.text != text and not job.snapshot.done:
        seen = job.wait(seen, PATIENCE_S).version
    assert job.snapshot.text == text


def wait_for_end(job: Job) -> None:
    with job._changed:
        assert job._changed.wait_for(lambda: job.snapshot.done, PATIENCE_S)


def test_what_takes_the_number_of_another_job_has_its_own_text_saved(desk: Desk) -> None:
    """As when a backup is put back: what was saved of the other one says nothing about this one."""
    desk.begin(1, desk.halting(TextDelta("Old.")))
    with desk.saving:
        assert desk.saving.wait_for(lambda: desk.saved == {1: "Old."}, PATIENCE_S)
    held = threading.Event()

    def events(_: Cancellation) -> Iterator[Event]:
        yield TextDelta("New.")
        held.wait(PATIENCE_S)
        yield DONE

    second = desk.begin(1, events)
    with desk.saving:
        assert desk.saving.wait_for(lambda: desk.saved == {1: "New."}, 5)
    held.set()
    wait_for_end(second)


def test_a_job_ends_with_its_answer(desk: Desk) -> None:
    wait_for_end(desk.begin(1, lambda _: iter([Checked("?"), TextDelta("Until "), TextDelta("nine."), DONE])))
    assert desk.ended == {1: DONE.answer}


def test_a_job_goes_on_while_nobody_watches(desk: Desk) -> None:
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    desk.go.set()
    wait_for_end(job)
    assert desk.ended == {1: DONE.answer}


def test_any_number_of_pages_watch_from_any_point_on(desk: Desk) -> None:
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    version = job.snapshot.version
    assert [job.wait(seen, 0).text for seen in (0, version - 1, version)] == ["Until"] * 3
    watching = [threading.Thread(target=job.wait, args=(version, PATIENCE_S)) for _ in range(5)]
    for thread in watching:
        thread.start()
    desk.go.set()
    for thread in watching:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in watching)


def test_the_snapshot_follows_the_events() -> None:
    job = Job(1, "ada", Work(lambda _: iter(()), lambda *_: None))
    steps = []
    for event in (
        Checked("?"),
        Retrieved(Retrieval(())),
        Writing("first"),
        TextDelta("Until"),
        HandedOver("second", "model_cut"),
        Writing("second", attempt=2),
        Revised("Until nine.", "checked"),
    ):
        job.take(event)
        steps.append(job.snapshot.step)
    assert steps == ["searching", "reading", "writing", "writing", "writing", "mending", "mending"]
    assert (job.snapshot.text, job.snapshot.trouble, job.snapshot.version) == ("Until nine.", "model_cut", 7)


def test_several_hand_overs_are_one_line_to_the_reader() -> None:
    job = Job(1, "ada", Work(lambda _: iter(()), lambda *_: None))
    for event in (HandedOver("second", "model_timeout"), HandedOver("extractive", "model_error")):
        job.take(event)
    assert job.snapshot.trouble == "model_timeout"


def test_stop_ends_the_job_and_keeps_the_text(desk: Desk) -> None:
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    desk.jobs.stop(1)
    wait_for_end(job)
    assert (desk.ended, job.snapshot.text) == ({1: None}, "Until")
    assert job.cancellation.cancelled


def test_stopping_one_job_leaves_the_others_alone(desk: Desk) -> None:
    first, second = (desk.begin(n, desk.halting(TextDelta("x"))) for n in (1, 2))
    other = threading.Event()
    third = desk.begin(3, lambda _: iter([DONE]) if other.wait(PATIENCE_S) else iter(()))
    desk.jobs.stop(1)
    wait_for_end(first)
    other.set()
    wait_for_end(third)
    wait_for_end(second)
    assert desk.ended[3] == DONE.answer


def test_stopping_what_is_not_there_does_nothing(desk: Desk) -> None:
    desk.jobs.stop(7)
    assert (desk.jobs.get(7), desk.jobs.busy()) == (None, False)


def test_a_bug_ends_its_job_and_keeps_the_text(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Cancellation) -> Iterator[Event]:
        yield TextDelta("Until")
        raise ZeroDivisionError

    job = desk.begin(1, broken)
    wait_for_end(job)
    assert (desk.ended, job.snapshot.text) == ({1: None}, "Until")
    assert not job.cancellation.cancelled
    assert "A bug broke off the answer 1" in caplog.text


def test_the_text_so_far_is_saved_while_the_job_runs(desk: Desk) -> None:
    desk.begin(1, desk.halting(TextDelta("Until")))
    with desk.saving:
        assert desk.saving.wait_for(lambda: desk.saved == {1: "Until"}, PATIENCE_S)
    assert not desk.go.is_set()


def test_text_that_could_not_be_saved_is_saved_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAVE_S", 0.01)
    attempts: list[str] = []
    saved = threading.Event()

    def save(texts: Mapping[int, str]) -> None:
        attempts.append(texts[1])
        if len(attempts) == 1:
            raise Unavailable("The disk is full.")
        saved.set()

    jobs, go = Jobs(save, at_once=1), threading.Event()

    def events(_: Cancellation) -> Iterator[Event]:
        yield TextDelta("Until")
        go.wait(PATIENCE_S)
        yield DONE

    jobs.start(1, "ada", Work(events, lambda *_: None))
    assert saved.wait(PATIENCE_S)
    go.set()
    jobs.close(PATIENCE_S)
    assert attempts[:2] == ["Until", "Until"]


def test_a_job_is_forgotten_when_it_has_ended(desk: Desk) -> None:
    wait_for_end(desk.begin(1, lambda _: iter([TextDelta("Until"), DONE])))
    assert (desk.jobs.get(1), desk.jobs.busy(), desk.jobs._unfinished) == (None, False, {})


def test_the_end_is_kept_before_watchers_hear_of_it(desk: Desk) -> None:
    """A page that sees the end reads the answer from the database at once."""
    kept: list[bool] = []
    work = Work(lambda _: iter([DONE]), lambda job, _: kept.append(job.snapshot.done))
    wait_for_end(desk.jobs.start(1, "ada", work))
    assert kept == [False]


def test_jobs_beyond_the_limit_wait_their_turn() -> None:
    desk = Desk(at_once=1)
    first, second = (desk.begin(n, desk.halting()) for n in (1, 2))
    assert second.snapshot.step == "queued"
    desk.go.set()
    wait_for_end(first)
    wait_for_end(second)
    assert list(desk.ended) == [1, 2]
    desk.jobs.close(PATIENCE_S)


def test_closing_lets_running_answers_end() -> None:
    desk = Desk()
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    threading.Timer(0.05, desk.go.set).start()
    desk.jobs.close(PATIENCE_S)
    assert desk.ended == {1: DONE.answer}


def test_what_takes_too_long_is_interrupted_and_keeps_its_text() -> None:
    desk = Desk(at_once=1)
    running, waiting = desk.begin(1, desk.halting(TextDelta("Until"))), desk.begin(2, desk.halting())
    wait_for_text(running, "Until")
    desk.jobs.close(0)
    assert [(job.interrupted, job.stopped, job.snapshot.done) for job in (running, waiting)] == [
        (True, False, True)
    ] * 2


def test_text_is_still_saved_while_closing() -> None:
    desk = Desk()
    desk.begin(1, desk.halting(TextDelta("Until")))
    closing = threading.Thread(target=desk.jobs.close, args=(PATIENCE_S,))
    closing.start()
    with desk.saving:
        assert desk.saving.wait_for(lambda: desk.saved == {1: "Until"}, PATIENCE_S)
    desk.go.set()
    closing.join()
    assert desk.ended == {1: DONE.answer}


def test_closing_once_more_hurries_it() -> None:
    desk = Desk()
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    closing = threading.Thread(target=desk.jobs.close, args=(10 * PATIENCE_S,))
    closing.start()
    desk.jobs.close(0)
    closing.join(PATIENCE_S)
    assert (closing.is_alive(), job.interrupted) == (False, True)


def test_a_stop_while_closing_is_still_a_stop() -> None:
    desk = Desk()
    job = desk.begin(1, desk.halting(TextDelta("Until")))
    wait_for_text(job, "Until")
    closing = threading.Thread(target=desk.jobs.close, args=(PATIENCE_S,))
    closing.start()
    assert desk.jobs._closing.wait(PATIENCE_S)
    desk.jobs.stop(1)
    wait_for_end(job)
    closing.join()
    assert desk.ended == {1: None}


def test_closing_waits_once_for_all_answers_together(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(at_once=8)
    waits: list[float] = []
    wait = desk.jobs._giving_up.wait
    for n in range(8):
        desk.begin(n, desk.halting())
    monkeypatch.setattr(desk.jobs._giving_up, "wait", lambda s: waits.append(s) or wait(s))
    desk.jobs.close(0.2)
    assert sum(s for s in waits if s == module.NOTICE_S) < 0.5


def test_no_answer_is_begun_while_closing(desk: Desk) -> None:
    desk.jobs.close(0)
    with pytest.raises(ShuttingDown):
        desk.begin(1, desk.halting())


def test_an_end_that_could_not_be_kept_is_kept_the_next_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SAVE_S", 0.01)
    kept: list[Answer | None] = []
    full = [True]

    def finish(_: Job, answer: Answer | None) -> None:
        if full.pop():
            full.append(False)
            raise Unavailable("The disk is full.")
        kept.append(answer)

    jobs = Jobs(lambda _: None, at_once=1)
    wait_for_end(jobs.start(1, "ada", Work(lambda _: iter([DONE]), finish)))
    jobs.close(PATIENCE_S)
    assert (kept, jobs.get(1)) == ([DONE.answer], None)
    assert "The end of the answer 1 could not be saved yet" in caplog.text


def test_a_failed_answer_is_an_answer(desk: Desk) -> None:
    failed = Answer("There are no documents yet.", "failed", problem="library_empty")
    wait_for_end(desk.begin(1, lambda _: iter([Failed(failed)])))
    assert desk.ended == {1: failed}


def test_cancelling_calls_each_listener_once() -> None:
    calls: list[str] = []
    cancellation = Cancellation()
    cancellation.on_cancel(lambda: calls.append("before"))
    cancellation.cancel()
    cancellation.cancel()
    cancellation.on_cancel(lambda: calls.append("after"))
    assert calls == ["before", "after"]
    with pytest.raises(Cancelled):
        cancellation.check()
