"""The check of a finished draft, through guardrails: the only file that imports it, and only when a guard is built.

guardrails takes over a second to import. `AnswerGuard()` does it once, in the background of the app's start.
"""

import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from guards.fitness import SOFT
from guards.guard import Context
from guards.reading import read
from guards.rules import LEAK, RULES, Rule
from guards.schema import Draft

_building = threading.Lock()


@dataclass(frozen=True, slots=True)
class Validation:
    """A draft and its problems. No draft if none could be read or it leaks; no problems if all is well.

    The problems are sentences fit to be put into a prompt that asks again. In spite of `soft` ones the draft can be
    used.
    """

    draft: Draft | None
    problems: tuple[str, ...]
    soft: tuple[str, ...] = ()


class AnswerGuard:
    """Validates what a model wrote against the schema and the rules. Build one; any thread may use it."""

    def __init__(self) -> None:
        with _building, _quiet_environment(), _without("nltk"), warnings.catch_warnings():
            # typer, which guardrails imports for its command line, asks click for names that click deprecates.
            warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"typer(\.|$)")
            self._guard = _build()

    def validate(self, raw: str, passages: Sequence[str], *, canary: str = "") -> Validation:
        """Read a draft from `raw` and check it against the passages. Never calls a model.

        guardrails gets the draft as pydantic read it, not the raw text: its own reading takes half a second for
        10,000 characters of cut-off JSON, and makes `true` of the text "false".
        """
        reading = read(raw)
        if reading.draft is None:
            return Validation(None, reading.problems)
        return self.check(reading.draft, passages, canary=canary)

    def check(self, draft: Draft, passages: Sequence[str], *, canary: str = "", question: str = "") -> Validation:
        """Check a draft against the passages, numbered from 1, and the question."""
        beside = Context(question=question, passages=tuple(passages), canary=canary)
        outcome = self._guard.parse(draft.model_dump_json(), metadata={"beside": beside}, num_reasks=0)
        problems: list[str] = []
        soft: list[str] = []
        for summary in outcome.validation_summaries:
            (soft if summary.validator_name in _SOFT else problems).extend(summary.failure_reason.splitlines())
        if not (problems or soft or outcome.validation_passed):
            problems = ["The JSON does not fit the schema; keep to the schema."]
        return Validation(None if LEAK in problems else draft, tuple(problems), tuple(soft))


def _build() -> Any:
    """Import guardrails, register the rules as its validators, and make the guard."""
    with _without("rfc3987_syntax"):
        # jsonschema imports it for one optional format, which nobody here uses: it compiles a grammar for 2 to 5 s.
        import_module("jsonschema")
    import guardrails
    from guardrails.classes.generic.stack import Stack
    from guardrails.classes.rc import RC

    class LocalGuard(guardrails.Guard):  # type: ignore[misc]
        """A guard that reads no ~/.guardrailsrc, where telemetry is on by default."""

        def _load_rc(self) -> None:
            guardrails.settings.rc = RC(enable_metrics=False, use_remote_inferencing=False)

    class Forgetful(Stack):  # type: ignore[misc]
        """A history that keeps nothing: the last drafts and passages are not guardrails' to hold."""

        def push(self, item: object) -> None:
            """Forget the item."""

    _silence(guardrails)
    guardrails.settings.rc = RC(enable_metrics=False, use_remote_inferencing=False)
    noop = guardrails.OnFailAction.NOOP
    guard = LocalGuard.for_pydantic(Draft, name="footnote-answer")
    guard.use(*(_validator(guardrails, rule)(on_fail=noop) for rule in (*RULES, *SOFT)), on="output")
    guard.history = Forgetful()
    return guard


def _validator(guardrails: Any, rule: Rule) -> Callable[..., Any]:
    """A rule as a registered guardrails validator of the whole draft."""
    from guardrails.validator_base import FailResult, PassResult

    def check(value: object, metadata: dict[str, Any]) -> object:
        problems = list(rule(Draft.model_validate(value), metadata["beside"]))
        return FailResult(error_message="\n".join(problems)) if problems else PassResult()

    registered: Callable[..., Any] = guardrails.register_validator(_name(rule), "object")(check)
    return registered


def _name(rule: Rule) -> str:
    """As it is registered with guardrails."""
    return f"footnote/{rule.__name__}"


_SOFT = frozenset(map(_name, SOFT))


def _silence(guardrails: Any) -> None:
    """Switch off tracing and logging: both hold on to the texts of people, the logger for ever."""
    from guardrails.utils import hub_telemetry_utils

    logger = logging.getLogger("guardrails-ai")
    logger.disabled = True
    # It calls logging.debug() at each step, which gives the root logger a handler if it has none.
    hub_telemetry_utils.logging = logger
    guardrails.settings.disable_tracing = True


@contextmanager
def _quiet_environment() -> Iterator[None]:
    """Settings that guardrails and what it imports read from the environment: no look-ups, no event loops.

    OTEL_SDK_DISABLED is read once, when its telemetry is set up, and put back for the rest of the app.
    """
    os.environ["GUARDRAILS_RUN_SYNC"] = "true"  # read at each call; else every thread leaves an event loop behind
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    before = os.environ.get("OTEL_SDK_DISABLED")
    os.environ["OTEL_SDK_DISABLED"] = "true"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OTEL_SDK_DISABLED"]
        else:
            os.environ["OTEL_SDK_DISABLED"] = before


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let imports of an optional module fail. guardrails downloads data at import when it finds nltk installed."""
    absent = object()
    before: Any = sys.modules.get(name, absent)
    sys.modules[name] = None  # type: ignore[assignment]  # documented: the import system then raises ImportError
    try:
        yield
    finally:
        if before is absent:
            del sys.modules[name]
        else:
            sys.modules[name] = before
