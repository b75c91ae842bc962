"""Errors of a model's client, told in our kinds."""

import httpx
import openai
import pytest

from rag.models.loop import TooSlow
from rag.models.trouble import classify, expected
from rag.problems import CATALOGUE

REQUEST = httpx.Request("POST", "http://127.0.0.1/v1")


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
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_each_error_has_a_kind_with_words(error: Exception, kind: str) -> None:
    assert isinstance(error, expected())
    assert classify(error).kind == kind
    assert kind in CATALOGUE


def test_the_detail_for_the_log_is_short() -> None:
    assert len(str(classify(ValueError("x" * 5000)))) < 600
