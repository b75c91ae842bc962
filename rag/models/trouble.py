"""What a model's server does wrong, told in our kinds. The only place that reads openai's and httpx's errors.

ModelTrouble(kind)      kinds of rag/problems.py that begin with `model_`
"""

from rag.models.loop import TooSlow
from rag.problems import Kind


class ModelTrouble(Exception):
    """A model did not do its part; `kind` names what the reader is told, the message is for the log."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: Kind = kind


# What can come out of a stream: openai's own errors, the raw ones of httpx while the body is read, bytes that are no
# UTF-8 or no JSON, and JSON of another shape, on which the client's parsing stumbles.
_STUMBLES = (ValueError, TypeError, AttributeError, LookupError)


def expected() -> tuple[type[Exception], ...]:
    """The errors that `classify` knows. The clients are imported here, late: they take most of a second."""
    import httpx
    import openai

    return openai.OpenAIError, httpx.HTTPError, httpx.StreamError, TooSlow, *_STUMBLES


def classify(error: Exception) -> ModelTrouble:
    """The trouble behind one of the expected errors."""
    return ModelTrouble(_kind(error), f"{type(error).__name__}: {error}"[:500])


def _kind(error: Exception) -> Kind:
    import httpx
    import openai

    match error:
        case TooSlow() | openai.APITimeoutError() | httpx.TimeoutException():
            return "model_timeout"
        case openai.APIConnectionError() | httpx.ConnectError():
            return "model_unreachable"
        case openai.APIStatusError():
            return _by_status(error.status_code)
        case httpx.TransportError() | httpx.StreamError():
            return "model_cut"
        case openai.APIError():  # an error object in the middle of the stream
            return "model_error"
        case _:
            return "model_garbled"


def _by_status(status: int) -> Kind:
    match status:
        case 401 | 403:
            return "model_unauthorized"
        case 404:
            return "model_unreachable"
        case 429:
            return "model_rate_limited"
        case 408 | 504:
            return "model_timeout"
        case _ if status >= 500:
            return "model_error"
        case _:
            return "model_refused"
