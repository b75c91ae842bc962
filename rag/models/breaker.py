"""The circuit breaker of a model: when it is asked, left in peace, and tried again. Pure: no clock, no I/O.

    closed ──failures_to_rest in a row, or one that time alone does not mend──▶ open
    open ──its rest is over, one process takes the probe──▶ half_open
    half_open ──the probe went well──▶ closed          half_open ──it failed──▶ open, for twice as long

A model taken out by hand is not asked, whatever its state. Decision 11 has the reasons.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from rag.problems import Kind
from store.records import HealthRecord

LONGEST_REST_S = 600.0
LONGEST_RETRY_AFTER_S = 3600.0  # what a server may ask for
SHORT_RETRY_AFTER_S = 5.0  # so long one waits; who asks for longer is left in peace for it
STREAK_S = 600.0  # after so long useless answers are no longer "in a row"

Admission = Literal["yes", "probe", "no"]

COUNTED: frozenset[Kind] = frozenset(
    (
        "model_unreachable",
        "model_unauthorized",
        "model_rate_limited",
        "model_error",
        "model_timeout",
        "model_cut",
        "model_garbled",
        "model_empty",
    )
)
AT_ONCE: frozenset[Kind] = frozenset(("model_unauthorized",))  # no use trying
USELESS: frozenset[str] = frozenset(("model_garbled", "model_empty"))  # the server is well, its answers are not


@dataclass(frozen=True, slots=True)
class Rules:
    """How patient a breaker is."""

    failures_to_rest: int = 3
    rest_s: float = 30
    probe_s: float = 130  # how long a probe may take before another process sends one


def admission(health: HealthRecord, now: datetime) -> Admission:
    """Whether the model may be asked: by anybody, by whoever takes the probe, or not at all."""
    if health.taken_out:
        return "no"
    if health.state == "closed":
        return "yes"
    until = health.resting_until if health.state == "open" else health.probing_until
    return "probe" if until is None or now >= until else "no"


def probing(health: HealthRecord, now: datetime, rules: Rules) -> HealthRecord:
    """The one probe is under way."""
    return replace(health, state="half_open", probing_until=now + timedelta(seconds=rules.probe_s))


def worked(health: HealthRecord, now: datetime, *, probe: bool = False, useful: bool = False) -> HealthRecord:
    """A request went well; `useful` says that its answer could be used, too.

    Requests that began before the model was left in peace change nothing: only the probe ends its rest. Where it rested
    because its answers were of no use, one more such answer sends it back, for twice as long.
    """
    useless = health.last_problem in USELESS and not _is_over(health, now)
    if health.state == "half_open" and probe:
        on_trial = replace(_closed(health), failures=max(health.failures - 1, 0), opened=health.opened)
        return on_trial if useless and not useful else _closed(health)
    if health.state != "closed" or not (health.failures or health.opened):
        return health
    return replace(health, failures=0, opened=0) if useful or not useless else health


def failed(
    health: HealthRecord,
    kind: Kind,
    now: datetime,
    rules: Rules,
    *,
    retry_after_s: float | None = None,
    probe: bool = False,
) -> HealthRecord:
    """A request failed. A question that the model could not take says nothing about the model."""
    if kind not in COUNTED:
        return worked(health, now, probe=probe)
    asked = min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S)
    noted = replace(health, last_problem=kind, last_problem_at=now)
    match health.state:
        case "half_open" if probe:
            return _open(noted, now, rules, asked)
        case "closed":
            noted = replace(noted, failures=health.failures + 1)
            hopeless = kind in AT_ONCE or asked > SHORT_RETRY_AFTER_S
            return _open(noted, now, rules, asked) if hopeless or noted.failures >= rules.failures_to_rest else noted
        case "open" if health.resting_until:
            return replace(noted, resting_until=max(health.resting_until, now + timedelta(seconds=asked)))
        case _:
            return noted


def released(health: HealthRecord, now: datetime) -> HealthRecord:
    """A probe ended without telling anything: the reader stopped it. The next one may be sent at once."""
    if health.state != "half_open":
        return health
    return replace(health, state="open", resting_until=now, probing_until=None)


def roused(health: HealthRecord, now: datetime) -> HealthRecord:
    """The app was started anew, perhaps with what the model wanted, such as its key: the next question tries it."""
    if health.state != "open" or not health.resting_until:
        return health
    return replace(health, resting_until=min(health.resting_until, now), opened=0)


def taken_out(health: HealthRecord) -> HealthRecord:
    """By hand: not asked until it is put back."""
    return replace(health, taken_out=True)


def put_back(health: HealthRecord) -> HealthRecord:
    """By hand: asked again, as if nothing had happened."""
    return replace(_closed(health), taken_out=False)


def _closed(health: HealthRecord) -> HealthRecord:
    return replace(health, state="closed", failures=0, opened=0, resting_until=None, probing_until=None)


def _open(health: HealthRecord, now: datetime, rules: Rules, asked_s: float) -> HealthRecord:
    doubled = rules.rest_s * 2.0 ** min(health.opened, 30)
    rest = max(asked_s, min(doubled, max(LONGEST_REST_S, rules.rest_s)))
    return replace(
        health,
        state="open",
        opened=health.opened + 1,
        resting_until=now + timedelta(seconds=rest),
        probing_until=None,
    )


def _is_over(health: HealthRecord, now: datetime) -> bool:
    return health.last_problem_at is None or now - health.last_problem_at > timedelta(seconds=STREAK_S)
