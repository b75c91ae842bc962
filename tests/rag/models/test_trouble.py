"""Errors of a model's client, told in our kinds, and nothing of what the server said."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import openai
import pytest

from rag.cancellation import Cancellation
from rag.models.bounds import TooLarge
from rag.models.line import Line
from rag.models.loop import TooSlow
from rag.models.trouble import ModelTrouble, classify, expected
from rag.problems import CATALOGUE
from tests.model_server import Behaviour, Erring, ModelServer, Raw, Status

REQUEST = httpx.Request("POST", "http://127.0.0.1/v1")
SECRETS = ("sk-live-4711", "the prompt", "a passage")
MESSAGES = [("system", SECRETS[1]), ("human", SECRETS[2])]
ECHO = "You sent sk-live-4711: the prompt, with a passage."


def refused(status: int, *, message: str = "no", code: str | None = None, **headers: str) -> ModelTrouble:
    """The trouble that a status makes."""
    response = httpx.Response(status, headers={k.replace("_", "-"): v for k, v in headers.items()}, request=REQUEST)
    return classify(openai.APIStatusError(message, response=response, body={"code": code, "type": "invalid"}))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TooSlow(), "model_timeout"),
        (openai.APITimeoutError(REQUEST), "model_timeout"),
        (openai.APIConnectionError(request=REQUEST), "model_unreachable"),
        (httpx.ReadTimeout("slow"), "model_timeout"),
        (httpx.ConnectError("refused"), "model_unreachable"),
        (httpx.RemoteProtocolError("cut"), "model_cut"),
        (httpx.ReadError("reset"), "model_cut"),
        (openai.APIError("overloaded", REQUEST, body=None), "model_error"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), "model_garbled"),
        (KeyError("choices"), "model_garbled"),
        (TooLarge(), "model_garbled"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_each_error_has_a_kind_with_words(error: Exception, kind: str) -> None:
    assert isinstance(error, expected())
    assert classify(error).kind == kind
    assert kind in CATALOGUE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "model_refused"),
        (401, "model_unauthorized"),
        (402, "model_rate_limited"),
        (403, "model_unauthorized"),
        (404, "model_unreachable"),
        (408, "model_timeout"),
        (409, "model_refused"),
        (413, "model_too_long"),
        (422, "model_refused"),
        (429, "model_rate_limited"),
        (500, "model_error"),
        (502, "model_error"),
        (503, "model_error"),
        (504, "model_timeout"),
        (529, "model_error"),
    ],
)
def test_each_status_has_its_kind(status: int, kind: str) -> None:
    assert refused(status).kind == kind


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",  # OpenAI, vLLM
        "the request exceeds the available context size, try increasing it",  # llama.cpp
        "the input length exceeds the context length",  # Ollama
        "`inputs` tokens + `max_new_tokens` must be <= 4096",  # TGI
        "litellm.ContextWindowExceededError: prompt is too long: 9000 tokens",
    ],
)
def test_a_full_context_is_known_by_its_words(message: str) -> None:
    assert refused(400, message=message).kind == "model_too_long"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("context_length_exceeded", "model_too_long"),
        ("content_filter", "model_filtered"),
        ("content_policy_violation", "model_filtered"),
        ("unknown_parameter", "model_refused"),
    ],
)
def test_a_code_says_what_a_status_does_not(code: str, kind: str) -> None:
    assert refused(400, code=code).kind == kind
    in_stream = openai.APIError("no", REQUEST, body={"code": code})
    assert classify(in_stream).kind == (kind if kind != "model_refused" else "model_error")


def test_a_question_about_context_is_no_full_context() -> None:
    assert refused(400, message="Unknown parameter: seed. Input: What is a context window?").kind == "model_refused"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7),
        ({"retry_after": "0.5"}, 0.5),
        ({"retry_after_ms": "250", "retry_after": "7"}, 0.25),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "-3"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_what_the_server_asks_for_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert refused(429, **headers).retry_after_s == seconds


def test_a_date_to_come_is_read_as_seconds() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    wait = refused(503, retry_after=then).retry_after_s
    assert wait is not None
    assert 50 < wait <= 60


def test_a_code_that_may_be_a_secret_is_left_out() -> None:
    assert "insufficient_quota" in str(refused(429, code="insufficient_quota"))
    for code in ("sk-live-4711", "the prompt", "x" * 60):
        assert code not in str(refused(429, code=code))


@pytest.mark.parametrize(
    "behaviour",
    [
        Status(400, message=ECHO, error_code="sk-live-4711"),
        Status(401, message=ECHO),
        Status(500, message=ECHO),
        Erring("", message=ECHO, error_code="the prompt"),
        Raw(f"data: {ECHO}\n\n".encode()),
        Raw(b'data: {"choices": "' + ECHO.encode() + b'"}\n\n'),
    ],
    ids=lambda behaviour: behaviour.kind,
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # openai's types, filled with rubbish
def test_nothing_a_server_says_reaches_a_log_not_even_a_traceback(
    line_at: Callable[..., Line],
    model_server: ModelServer,
    behaviour: Behaviour,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-live-4711")
    model_server.default = behaviour
    line = line_at(model_server.url)
    with caplog.at_level(logging.DEBUG):
        try:
            list(line.stream(MESSAGES, Cancellation()))
        except ModelTrouble:
            logging.getLogger("rag").exception("The model failed")
    assert "The model failed" in caplog.text
    assert [secret for secret in SECRETS if secret in caplog.text] == []
