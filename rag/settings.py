"""Settings: `footnote.toml`, each overridable as `FOOTNOTE_<SECTION>__<KEY>`, checked once at start."""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

Structured = Literal["json_schema", "json_object", "prompt"]


class BadSettings(Exception):
    """The settings cannot be used; the message names the key, what is wrong with it and where to mend it."""


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


class Settings(BaseSettings):
    """Everything an operator can turn."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_", env_nested_delimiter="__", extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path = Path(".footnote")
    database_url: str = ""
    chroma_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=0, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    brand: Brand = Brand()
    models: list[Model] = []
    answers: Answers = Answers()
    budget: Budget = Budget()
    limits: Limits = Limits()
    api: Api = Api()
    retrieval: Retrieval = Retrieval()
    embedding: Embedding = Embedding()
    documents: Documents = Documents()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'footnote.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file())


def load() -> Settings:
    """Reads file and environment. Raises BadSettings."""
    named = os.environ.get("FOOTNOTE_CONFIG")
    if named and not Path(named).is_file():
        raise BadSettings(f"FOOTNOTE_CONFIG names {named}, which is not a file.")
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadSettings(_in_words(error)) from error
    except ValueError as error:  # broken TOML, or a list in the environment that is not JSON
        raise BadSettings(f"The settings in {_file()} cannot be read: {error}") from error
    return settings if settings.models else settings.model_copy(update={"models": _model_without_file()})


def _file() -> Path:
    return Path(os.environ.get("FOOTNOTE_CONFIG") or "footnote.toml")


def _model_without_file() -> list[Model]:
    """The model that the usual variables describe; none when neither key nor URL is set."""
    key, url, model = (os.environ.get(n, "") for n in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "FOOTNOTE_MODEL"))
    if not (key or url):
        return []
    model = model or "gpt-4o-mini"
    described = {"name": model, "model": model} | ({"base_url": url} if url else {})
    return [Model.model_validate(described)]


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    return f"The setting {key} in {_file()} (or its environment variable) is not usable: {first['msg'].lower()}."
