"""Answers judged by a model, one after the other, for training data: begun by somebody, watched, stopped, and paid for.

Each verdict is stored by itself, so that whatever breaks off loses none and nothing is judged twice.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from guards.judgement import Judgement
from rag.budget import Budget
from rag.cancellation import Cancellation, Cancelled
from rag.exports.candidates import Candidates
from rag.exports.judge import Unreadable, judge
from rag.exports.run import Ended, Plan, Run, Told, untold
from rag.models.chat import Message
from rag.models.line import Line
from rag.models.prices import cost, tokens
from rag.models.trouble import ModelTrouble
from rag.problems import PartMissing
from rag.prompting import read
from rag.settings import Settings
from rag.types import Usage
from store import judging, people, prompts, spending
from store.engine import Database, Unavailable
from store.records import Agreement, ItemFilter, PromptRecord, Spoken

SAMPLED = 10  # answers that tell what one costs
SAID = 120  # tokens of a verdict with its reason
UNPRICED = 500  # answers in one run of a model whose price nobody knows
IN_A_ROW = 3  # failures, after which a run ends
NONE = "No model judges here: [review] judge names none of the [[models]]."
NOT_HERE = "The models are not loaded here."
log = logging.getLogger(__name__)


class Judging:
    """The judge at work. Safe to use from many threads; what asks the store raises Unavailable."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        models: Callable[[Cancellation], Sequence[Line]] | None = None,
        budget: Budget | None = None,
    ) -> None:
        self._settings, self._database, self._models, self._budget = settings, database, models, budget
        self._model = next((one for one in settings.models if one.name == settings.review.judge), None)
        self._candidates = Candidates(database, settings.retention.days)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._asking = Cancellation()
        self._kept_prompt: PromptRecord | None = None
        self.run: Run | None = None  # the latest

    @property
    def why_not(self) -> str:
        """Why no model judges; empty: one can."""
        return NONE if self._model is None else "" if self._models else NOT_HERE

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def judge(self) -> str:
        """Whose verdicts count now: the model and its prompt's version; empty without a model."""
        return f"{self._model.name} {self._prompt().reference}" if self._model else ""

    def plan(self, wanted: ItemFilter) -> Plan:
        """What would be judged, and about what it costs."""
        answers, left = self._candidates.count(wanted, self.judge())
        ready = islice(self._candidates.waiting(wanted, self.judge(), self._prompt()), SAMPLED)
        sizes = [sum(tokens(text) for _, text in sent) for _, sent in ready if sent]
        each = cost(self._model, Usage(sum(sizes) // len(sizes), SAID)) if self._model and sizes else None
        known = each is not None or not sizes
        return Plan(answers, left, (each or 0.0) * left if known else None, left if known else UNPRICED)

    def agreement(self) -> Agreement:
        """How often the judge says what readers' thumbs say."""
        with self._database.read() as session:
            return judging.agreement(session, self.judge())

    def begin(self, wanted: ItemFilter, person: str, usd: float) -> bool:
        """Judges in the background, for so much at most; False when that is under way already."""
        with self._lock:
            if self.running or self.why_not:
                return False
            self.run = Run(0)
            self._stopping.clear()
            asked = (wanted, person, usd)
            self._thread = threading.Thread(target=self.work, args=asked, name="judge", daemon=True)
            self._thread.start()
            return True

    def stop(self) -> None:
        """Ends the run after what it has; the request under way is cancelled."""
        self._stopping.set()
        self._asking.cancel()

    def close(self) -> None:
        self.stop()
        if self._thread:
            self._thread.join()

    def work(self, wanted: ItemFilter, person: str, usd: float, told: Told = untold) -> Run:
        """Judges what is left, until it is done, stopped, has cost that much, or fails again and again."""
        try:
            ended = self._work(wanted, person, usd, told)
        except Unavailable:
            log.exception("The store went away while answers were judged: what was judged is kept")
            ended = "store"
        except Cancelled:
            ended = "stopped"
        self.run = replace(self.run or Run(0), ended=ended)
        told(self.run)
        return self.run

    def _work(self, wanted: ItemFilter, person: str, usd: float, told: Told) -> Ended:
        plan = self.plan(wanted)
        run, in_a_row = Run(min(plan.left, plan.at_most)), 0
        each = (plan.usd or 0.0) / plan.left if plan.left else 0.0
        for spoken, sent in self._candidates.waiting(wanted, self.judge(), self._prompt()):
            self.run = run
            told(run)
            if self._stopping.is_set():
                return "stopped"
            if run.usd + each > usd or run.judged + run.failed >= plan.at_most:
                return "cap"
            if sent is None:
                run = replace(run, skipped=run.skipped + 1)
                continue
            self._asking = Cancellation()
            if self._budget and self._budget.level(person, self._asking) == "spent":
                return "budget"
            after = self._one(run, spoken, sent, person)
            in_a_row = in_a_row + 1 if after.failed > run.failed else 0
            self.run = run = after
            if in_a_row == IN_A_ROW:
                return "failed"
        self.run = run
        return "done"

    def _one(self, run: Run, spoken: Spoken, sent: Sequence[Message], person: str) -> Run:
        """Asks for one verdict and stores it with what it cost. Raises Cancelled."""
        spent: list[Usage] = []
        found, trouble = None, ""
        try:
            found = judge(self._line(), self._prompt(), sent, self._asking, spent.append)
        except Unreadable:
            trouble = "model_garbled"
        except ModelTrouble as error:
            trouble = error.kind
        except PartMissing:
            trouble = "model_error"
        finally:
            usd = sum(one.cost_usd or 0.0 for one in spent)
            there = self._kept(spoken, found, person, usd)
        run = replace(run, usd=run.usd + usd)
        if found is None:
            return replace(run, failed=run.failed + 1, trouble=trouble)
        return replace(run, judged=run.judged + there)

    def _kept(self, spoken: Spoken, found: Judgement | None, person: str, usd: float) -> bool:
        """The verdict and what it cost, in one transaction; whether the answer is still there."""
        name = self.judge()
        with self._database.write() as session:
            if usd:
                people.remember(session, person)
                spending.add(session, person, usd=usd)
            there = found is not None and judging.keep(
                session, spoken.answer_id, name, faithful=found.faithful, useful=found.useful
            )
        if self._budget:
            self._budget.paid(person, self._asking, usd)
        return there

    def _line(self) -> Line:
        """Raises PartMissing, Cancelled."""
        lines = self._models(self._asking) if self._models else ()
        name = self._settings.review.judge
        found = next((line for line in lines if line.name == name), None)
        if found is None:
            raise PartMissing(NOT_HERE)
        return found

    def _prompt(self) -> PromptRecord:
        """The prompt in use, as the version it is."""
        if self._kept_prompt is None:
            with self._database.write() as session:
                self._kept_prompt = prompts.keep(session, "judge", read("judge"))
        return self._kept_prompt
