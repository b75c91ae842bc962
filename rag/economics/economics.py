"""Build or buy, from the real traffic: hosted models by their prices, a model of one's own by what is assumed of it."""

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from rag import prompting
from rag.economics.assumptions import Assumptions
from rag.economics.hosting import Hosting, Load
from rag.economics.volume import Volume, peak_share, volume
from rag.models import prices
from rag.settings import Model, Settings
from rag.types import Usage
from store import facts, traffic
from store.engine import Database
from store.records import TrafficRecord

FACT = "economics"
LOOKED_AT = 300  # answers, for their lengths
FRESH_S = 60.0  # how long traffic is kept: a page asks for it at every click
QUOTED = 2.0  # a reply is so many times as long as its answer: it quotes what it rests on, and has follow-ups
MAKERS = ("openai", "anthropic", "google", "mistral", "deepseek")  # of models; others sell the same ones on
COMPARED = (
    "openai/gpt-5-mini",
    "anthropic/claude-haiku-4-5",
    "google/gemini-2.5-flash",
    "mistral/mistral-small-latest",
)


@dataclass(frozen=True, slots=True)
class Hosted:
    """A model paid by the token. Money in USD; None: no price is known."""

    name: str
    configured: bool
    usd_a_question: float | None
    break_even: float | None  # questions a month from which on a model of one's own is cheaper; None: never

    def month(self, questions: float) -> float | None:
        return None if self.usd_a_question is None else self.usd_a_question * questions


@dataclass(frozen=True, slots=True)
class Picture:
    """What a month costs, and why."""

    traffic: TrafficRecord
    volume: Volume
    own: Hosting
    hosted: tuple[Hosted, ...]
    estimated: bool  # tokens: from lengths of texts, because no model was asked

    @property
    def load(self) -> Load:
        return self.own.load

    def months_until(self, one: Hosted) -> float | None:
        """Until the break-even at the growth that is assumed; None: never, or not known."""
        growth, now, wanted = self.own.assumed.growth, self.volume.month, one.break_even
        if wanted is None or not now:
            return None
        if wanted <= now:
            return 0.0
        return math.log(wanted / now) / math.log1p(growth) if growth > 0 else None


class Economics:
    """Reckons costs. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._lock = threading.Lock()
        self._kept: dict[int, tuple[float, TrafficRecord, Load | None]] = {}

    def picture(self, days: int) -> Picture:
        """From the traffic of the last days."""
        seen, lengths = self._traffic(days)
        assumed, compared = self.assumed(), self.compared()
        month = volume(seen.by_day, datetime.now(UTC).date())
        load = self._load(seen, lengths, month)
        own = Hosting(assumed, load)
        known = {model.name: model for model in self._settings.models}
        listed = {name: _listed(name) for name in compared if name not in known}
        hosted = tuple(self._hosted(own, model, configured=name in known) for name, model in (known | listed).items())
        return Picture(seen, month, own, hosted, estimated=not seen.measured)

    def assumed(self) -> Assumptions:
        """As somebody left them, else the defaults."""
        return Assumptions().changed(self._fact().get("assumed", {}))

    def compared(self) -> tuple[str, ...]:
        """The models of the price list that were chosen, as "provider/model"."""
        chosen = self._fact().get("compared")
        return COMPARED if chosen is None else tuple(map(str, chosen))

    def known_models(self) -> tuple[str, ...]:
        """The models of the price list that can be compared with, as "provider/model"."""
        return tuple(prices.listed(MAKERS))

    def assume(self, name: str, value: float | None) -> None:
        """Keeps an assumption, for everybody; None takes the default."""
        default = getattr(Assumptions(), name)
        changed = self.assumed().changed({name: default if value is None else value})
        self._keep({"assumed": changed.kept()})

    def compare(self, names: Sequence[str]) -> None:
        """Keeps the choice of models, for everybody."""
        self._keep({"compared": list(names)})

    def reset(self) -> None:
        """Back to the defaults, all of them."""
        with self._database.write() as session:
            facts.put(session, FACT, {})

    def _hosted(self, own: Hosting, model: Model, *, configured: bool) -> Hosted:
        usage = Usage(round(own.load.input_tokens), round(own.load.output_tokens))
        usd = prices.cost(model, usage)
        return Hosted(model.name, configured, usd, own.break_even(usd) if usd else None)

    def _load(self, seen: TrafficRecord, lengths: Load | None, month: Volume) -> Load:
        share = peak_share(seen.by_day, seen.by_hour, month.days)
        if seen.measured:
            return Load(seen.input_tokens / seen.measured, seen.output_tokens / seen.measured, share)
        guessed = lengths or Load(prices.TYPICAL.input_tokens, prices.TYPICAL.output_tokens, 0)
        return Load(guessed.input_tokens, guessed.output_tokens, share)

    def _traffic(self, days: int) -> tuple[TrafficRecord, Load | None]:
        """What was read a moment ago, or reads it; by one thread at a time."""
        with self._lock:
            at, seen, lengths = self._kept.get(days, (float("-inf"), None, None))
            if seen is None or time.monotonic() - at > FRESH_S:
                with self._database.read() as session:
                    seen = traffic.since(session, (datetime.now(UTC) - timedelta(days=days)).date())
                    lengths = None if seen.measured else _guessed(traffic.lengths(session, LOOKED_AT))
                self._kept[days] = (time.monotonic(), seen, lengths)
        return seen, lengths

    def _fact(self) -> dict[str, Any]:
        with self._database.read() as session:
            return facts.get(session, FACT) or {}

    def _keep(self, changes: dict[str, Any]) -> None:
        with self._database.write() as session:
            facts.put(session, FACT, (facts.get(session, FACT) or {}) | changes)


def _guessed(lengths: Any) -> Load | None:
    """Tokens from lengths: the rules, the passages, the question and the reply; bytes are taken as characters."""
    if not lengths.answers:
        return None
    rules = prices.tokens(prompting.read("answer"))
    asked = (lengths.passages + lengths.question) / prices.BYTES_A_TOKEN
    return Load(rules + asked, QUOTED * lengths.answer / prices.BYTES_A_TOKEN, 0)


def _listed(name: str) -> Model:
    return Model(name=name, model=name, price_of=name)
