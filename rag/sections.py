"""The sections of the settings: what an operator can turn, with the defaults that `footnote.toml` shows."""

import os
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from guards.personal.seen import KINDS, Kind
from guards.policy import Posted, posted

SHORTEST_NUMBER = 8  # signs of a visitor's number: fewer would fit others, too
Structured = Literal["json_schema", "json_object", "prompt"]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Brand(Section):
    name: str = "Footnote"
    tagline: str = "Ask your documents. Every answer shows the words it rests on."
    suggestions: list[str] = Field(default=[], max_length=8)


class Model(Section):
    """A chat model on any OpenAI-compatible server."""

    name: str
    model: str
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = "OPENAI_API_KEY"
    structured: Structured = "json_schema"
    outside: Literal["auto", "yes", "no"] = "auto"
    connect_timeout_s: float = Field(default=5, gt=0)
    first_token_timeout_s: float = Field(default=30, gt=0)
    stall_timeout_s: float = Field(default=15, gt=0)
    total_timeout_s: float = Field(default=120, gt=0)
    tries: int = Field(default=2, ge=1, le=5)
    at_once: int = Field(default=32, gt=0)
    failures_to_rest: int = Field(default=3, gt=0)
    rest_s: float = Field(default=30, gt=0)
    max_tokens: int = Field(default=1500, gt=0)
    price_of: str = ""
    usd_per_million_input: float | None = Field(default=None, ge=0)
    usd_per_million_output: float | None = Field(default=None, ge=0)

    @property
    def api_key(self) -> SecretStr:
        """The key out of the environment. Local servers often want none, but the client insists on a word."""
        return SecretStr(os.environ.get(self.api_key_env) or "none")


class Answers(Section):
    seed: int = 7
    temperature: float = Field(default=0, ge=0, le=2)
    at_once: int = Field(default=64, gt=0)
    per_person_at_once: int = Field(default=3, gt=0)
    waiting: int = Field(default=200, ge=0)
    hedge: bool = False
    shutdown_s: float = Field(default=10, ge=0)


class Budget(Section):
    """What may be spent on models, and how much may be asked of them; 0 sets no limit. Days and months are UTC."""

    usd_per_day: float = Field(default=0, ge=0)
    usd_per_month: float = Field(default=0, ge=0)
    usd_per_person_day: float = Field(default=0, ge=0)
    usd_per_person_month: float = Field(default=0, ge=0)
    questions_per_day: int = Field(default=0, ge=0)
    questions_per_month: int = Field(default=0, ge=0)
    questions_per_person_day: int = Field(default=0, ge=0)
    questions_per_person_month: int = Field(default=0, ge=0)
    near: float = Field(default=0.8, gt=0, le=1)


class Limits(Section):
    """How often one person may ask; 0 sets no limit."""

    questions_per_minute: int = Field(default=20, ge=0)
    questions_per_hour: int = Field(default=0, ge=0)
    kept_in: Literal["memory", "sql"] = "memory"


class Api(Section):
    """The HTTP API for programs."""

    enabled: bool = True
    max_kilobytes: int = Field(default=256, gt=0)
    seconds: float = Field(default=300, gt=0)


class Retrieval(Section):
    candidates: int = Field(default=40, gt=0)
    passages: int = Field(default=6, gt=0)
    characters: int = Field(default=9000, ge=500)
    reranker: str = ""
    reranker_threshold: float = Field(default=0.5, ge=0, le=1)


class Embedding(Section):
    """The model behind search by meaning. Another name or prompt makes other vectors: the index is built anew."""

    model: str = "all-MiniLM-L6-v2"
    query_prompt: str = ""
    passage_prompt: str = ""
    device: str = "cpu"

    @property
    def space(self) -> tuple[str, str, str]:
        """What tells vectors that may be compared from those that may not; where they are made does not matter."""
        return self.model, self.query_prompt, self.passage_prompt


class Documents(Section):
    samples: bool = True
    max_megabytes: int = Field(default=50, gt=0)
    parsed_at_once: int = Field(default=2, gt=0, le=16)
    parse_seconds: int = Field(default=300, gt=0)
    parse_megabytes: int = Field(default=1500, ge=300)


class Feedback(Section):
    """What readers may say, and which of their actions are noted: never their words, only that they did it."""

    votes: bool = True
    corrections: bool = True
    actions: Literal["off", "ask", "on"] = "on"


class Review(Section):
    """What analysts see."""

    personal: Literal["masked", "shown"] = "masked"
    unmasked: list[str] = []
    judge: str = ""
    judge_usd: float = Field(default=1.0, gt=0)

    @field_validator("unmasked")
    @classmethod
    def _whole(cls, unmasked: list[str]) -> list[str]:
        if any(len(one) < SHORTEST_NUMBER for one in unmasked):
            raise ValueError(f"a visitor number has at least {SHORTEST_NUMBER} signs")
        return unmasked


class Retention(Section):
    """How long conversations are kept, with all that was said about them; 0: until they are deleted."""

    days: int = Field(default=0, ge=0)


class Guards(Section):
    """Which guards look at which texts, and what follows: see guards/policy.py.

    A post is "action" or "action threshold"; guards are called by their name, or as "package.module:Class".
    """

    question: dict[str, str] = {"injection": "refuse", "secrets": "mask", "toxicity": "flag"}
    document: dict[str, str] = {"injection": "refuse", "secrets": "flag"}
    passage: dict[str, str] = {}
    stream: dict[str, str] = {"leak": "mask", "links": "mask", "secrets": "mask"}
    answer: dict[str, str] = {
        "leak": "ask_again",
        "links": "mask",
        "secrets": "mask",
        "personal": "flag",
        "support": "flag",
        "toxicity": "ask_again",
    }
    personal: dict[Kind, Literal["allow", "mask", "refuse"]] = {}
    closed: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    entailment: str = ""
    moderation: str = ""
    time_limit_s: float = Field(default=1.0, gt=0, le=600)
    sample: float = Field(default=0.01, ge=0, le=1)

    @property
    def masked(self) -> frozenset[Kind]:
        """What no model outside is sent: all kinds that are not allowed by name."""
        return frozenset(kind for kind in KINDS if self.personal.get(kind) != "allow")

    @property
    def refused(self) -> frozenset[Kind]:
        """What no question may hold."""
        return frozenset(kind for kind, action in self.personal.items() if action == "refuse")

    @field_validator("question", "document", "passage", "stream", "answer")
    @classmethod
    def _readable(cls, posts: dict[str, str]) -> dict[str, str]:
        for post in posts.values():
            posted(post)
        return posts

    def at(self, stand: str) -> dict[str, Posted]:
        """Action and threshold of each guard at a stand."""
        return {guard: posted(post) for guard, post in getattr(self, stand).items()}
