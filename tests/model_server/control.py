"""`/control`: how another process switches the server's behaviour and reads what it received.

POST {"default": {"kind": "stall", "after_text": "…", "seconds": 5}}
POST {"enqueue": [{"kind": "status", "code": 429, "retry_after": 1}, {"kind": "fenced"}]}
GET  → {"waiting": 2, "requests": [{"method", "path", "body", "closed_by_client"}]}
"""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from .behaviours import Behaviour
from .link import ReceivedRequest


class Command(BaseModel):
    """What `POST /control` takes; fields of a behaviour are those of its dataclass."""

    model_config = ConfigDict(extra="forbid")
    default: Behaviour | None = None
    enqueue: list[Behaviour] = []


behaviour_adapter: TypeAdapter[Behaviour] = TypeAdapter(Behaviour)


def behaviour_named(kind: str) -> Behaviour:
    """The behaviour of that kind with its defaults; ValueError when there is none or it needs arguments."""
    return behaviour_adapter.validate_python({"kind": kind})


def state(waiting: int, requests: Sequence[ReceivedRequest]) -> dict[str, Any]:
    """What `GET /control` answers."""
    listed = [
        {
            "method": request.method,
            "path": request.path,
            "body": request.body,
            "closed_by_client": request.closed_by_client,
        }
        for request in requests
    ]
    return {"waiting": waiting, "requests": listed}
