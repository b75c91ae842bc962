"""What a model's server does wrong, told in our kinds. The only place that reads openai's and httpx's errors.

ModelTrouble(kind)      kinds of rag/problems that begin with `model_`

What the server said in its own words goes nowhere: it may repeat the prompt, passages or the key.
"""

import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from rag.models.loop import TooSlow
from rag.problems import Kind

if TYPE_CHECKING:
    import httpx
    import openai

# May pass by itself within seconds; 408 and 504 are told before a word was said.
PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
# OpenAI's code, and the words of vLLM, llama.cpp, Ollama, TGI and gateways for one that says no code.
_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|ContextWindowExceeded|maximum context length"
    r"|exceeds? .{0,40}context (?:length|window|size)|context (?:length|window|size) (?:is |was )?exceeded"
    r"|(?:prompt|input) is too long|too many (?:input )?tokens|tokens`? must be <=|must have less than \d+ tokens",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content_policy_violation|content management policy|ResponsibleAI|requires moderation",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)*")  # a code is a word or some; a key has digits
LONGEST_CODE = 48


class ModelTrouble(Exception):
    """A model did not do its part; `kind` names what the reader is told, the message is for the log."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        retry_after_s: float | None = None,
        passing: bool = False,
        counts: bool = True,
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: Kind = kind
        self.retry_after_s = retry_after_s  # what the server asked for
        self.passing = passing  # may pass by itself: worth another try while nothing was shown
        self.counts = counts  # whether it says something about the model


# What can come out of a stream: openai's own errors, the raw ones of httpx while the body is read, bytes that are no
# UTF-8 or no JSON, and JSON of another shape, on which the client's parsing stumbles.
_STUMBLES = (ValueError, TypeError, AttributeError, LookupError)


def expected() -> tuple[type[Exception], ...]:
    """The errors that `classify` knows. The clients are imported here, late: they take most of a second."""
    import httpx
    import openai

    from rag.models.bounds import TooLarge

    return openai.OpenAIError, httpx.HTTPError, httpx.StreamError, TooSlow, TooLarge, *_STUMBLES


def classify(error: Exception, *, counts: bool = True) -> ModelTrouble:
    """The trouble behind one of the expected errors; `counts`: whether our own time limits are the model's fault."""
    import httpx
    import openai

    name = type(error).__name__
    match error:
        case TooSlow():
            return ModelTrouble("model_timeout", name, counts=counts)
        case openai.APITimeoutError() | httpx.TimeoutException():
            return ModelTrouble("model_timeout", name, passing=True)
        case openai.APIConnectionError() | httpx.ConnectError():
            return ModelTrouble("model_unreachable", _root(error), passing=not _is_final(error))
        case openai.APIStatusError():
            return _by_status(error)
        case httpx.TransportError() | httpx.StreamError():
            return ModelTrouble("model_cut", name, passing=True)
        case openai.APIError():  # an error object in the middle of the stream
            return ModelTrouble(_by_words(error) or "model_error", f"{name}{_codes(error)}")
        case _:
            return ModelTrouble("model_garbled", name)


def _by_status(error: "openai.APIStatusError") -> ModelTrouble:
    status = error.status_code
    kind = (_by_words(error) if status in (400, 403, 422, 500) else None) or _kind_of(status)
    spent = "insufficient_quota" in (error.code, error.type)
    return ModelTrouble(
        kind,
        f"status {status}{_codes(error)}",
        retry_after_s=_retry_after(error.response.headers),
        passing=status in PASSING and not spent and kind == _kind_of(status),
    )


def _kind_of(status: int) -> Kind:
    match status:
        case 401 | 403:
            return "model_unauthorized"
        case 404:
            return "model_unreachable"
        case 402 | 429:  # 402: the account is empty
            return "model_rate_limited"
        case 408 | 504:
            return "model_timeout"
        case 413:
            return "model_too_long"
        case _ if status >= 500:
            return "model_error"
        case _:
            return "model_refused"


def _by_words(error: "openai.APIError") -> Kind | None:
    """What only the server's code or words tell."""
    said = f"{error.code} {error.type} {error.message}"[:2000]
    if _FILTERED.search(said):
        return "model_filtered"
    if _TOO_LONG.search(said):
        return "model_too_long"
    return "model_rate_limited" if "rate_limit" in f"{error.code} {error.type}" else None


def _codes(error: "openai.APIError") -> str:
    """Code and type, where they look like some."""
    found = dict.fromkeys(str(word) for word in (error.code, error.type) if _is_code(word))
    return f" ({', '.join(found)})" if found else ""


def _is_code(word: Any) -> bool:
    return isinstance(word, str) and len(word) <= LONGEST_CODE and bool(_PLAIN.fullmatch(word))


def _retry_after(headers: "httpx.Headers") -> float | None:
    """Seconds, from `retry-after-ms` or from `retry-after` as seconds or date."""
    try:
        if (milliseconds := headers.get("retry-after-ms")) is not None:
            return max(float(milliseconds) / 1000, 0.0)
        value = headers.get("retry-after")
        if value is None:
            return None
        if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", value):
            return float(value)
        wanted = parsedate_to_datetime(value)
        return max((wanted.replace(tzinfo=wanted.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, OverflowError):
        return None


def _causes(error: BaseException) -> list[BaseException]:
    found = [error]
    while (further := found[-1].__cause__ or found[-1].__context__) and len(found) < 10:
        found.append(further)
    return found


def _root(error: Exception) -> str:
    """The names of an error and of what is behind it: which of refused, unknown host or certificate it was."""
    return " < ".join(dict.fromkeys(type(cause).__name__ for cause in _causes(error)))


def _is_final(error: Exception) -> bool:
    """Whether trying again cannot help: a certificate does not change, an unknown host stays unknown."""
    import socket

    return any(isinstance(cause, ssl.SSLError | socket.gaierror) for cause in _causes(error))
