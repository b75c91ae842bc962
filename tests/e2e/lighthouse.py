"""A library of one short document, and a model whose answers about it can be as long and as slow as a test needs.

With a single document, its passage always has the number 1: so an answer can be written before it is asked for.
"""

import json
from dataclasses import dataclass

from playwright.sync_api import FilePayload

from tests.e2e.person import text_file
from tests.e2e.running import App
from tests.model_server import ModelServer, Reply
from tests.model_server.answers import structured

QUESTION = "When is the lamp of the lighthouse lit?"
QUOTE = "The lamp of the lighthouse is lit at half past six in the evening."
RULES = "https://lighthouse.example/rules"
HANDBOOK: FilePayload = text_file(
    "lighthouse-handbook.md",
    f"# Lighthouse handbook\n\n{QUOTE}\nThe keeper winds the clockwork of the lamp every four hours.\nMore: {RULES}.\n",
)

BEGINNING = "The lamp is lit at half past six in the evening"
MIDDLE = "the keeper watches the clockwork"
END = "until the morning star has set"
LONG = (
    f"{BEGINNING}. [1] Its light then turns slowly above the harbour and the fishing boats, and from the gallery "
    f"{MIDDLE} through all the hours of the night, in winter as in summer, in fog as in clear air, "
    f"with a can of oil in one hand and the logbook in the other, {END}."
)
SHORT = "It is lit at half past six. [1]"


@dataclass(frozen=True)
class Lighthouse:
    """The app over that library, and its model."""

    app: App
    model: ModelServer


def answer(text: str = SHORT, *, delay_s: float = 0) -> Reply:
    """A model that says this in the answer schema, with the handbook's own words as its quote."""
    cited = [{"passage": 1, "quote": QUOTE}] if "[1]" in text else []
    return Reply(structured(text, cited, answerable=bool(cited)), chunk_size=4, delay_s=delay_s)


def slow_answer() -> Reply:
    """About four seconds of text, then another three of quotes."""
    return answer(LONG, delay_s=0.04)


def environment(model: ModelServer) -> dict[str, str]:
    """What connects the app to the model, with an empty library. Once failed, it rests for less than a click."""
    models = [{"name": "main", "model": model.model, "base_url": model.url, "rest_s": 0.05}]
    return {
        "FOOTNOTE_MODELS": json.dumps(models),
        "FOOTNOTE_DOCUMENTS__SAMPLES": "false",
    }
