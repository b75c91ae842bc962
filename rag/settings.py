"""Settings: `footnote.toml`, each overridable as `FOOTNOTE_<SECTION>__<KEY>`, checked once at start."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.sections import (
    Answers,
    Api,
    Brand,
    Budget,
    Documents,
    Embedding,
    Feedback,
    Guards,
    Limits,
    Model,
    Retention,
    Retrieval,
    Review,
    Structured,
)

__all__ = [
    "Answers",
    "Api",
    "BadSettings",
    "Brand",
    "Budget",
    "Documents",
    "Embedding",
    "Feedback",
    "Guards",
    "Limits",
    "Model",
    "Retention",
    "Retrieval",
    "Review",
    "Settings",
    "Structured",
    "load",
]


class BadSettings(Exception):
    """The settings cannot be used; the message names the key, what is wrong with it and where to mend it."""


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
    guards: Guards = Guards()
    feedback: Feedback = Feedback()
    review: Review = Review()
    retention: Retention = Retention()

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
