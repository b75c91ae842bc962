"""The server: pages, HTTP routes, the visitor's cookie and the start and end of the house.

`streamlit run app.py` finds `app`; so does any ASGI server (`uvicorn app:app`).
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.components.v2 import manifest_scanner

# While modules are imported nothing becomes garbage: looking for it takes a tenth of the start.
gc.set_threshold(50_000, 20, 100)

from api import connections, ending, exports
from api.headers import SecurityHeaders
from api.monitoring import CountedRequests
from api.routes import routes
from api.visitor import VisitorCookie
from rag.house import House
from ui import outbox

ROOT = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    from ui import resources

    connections.bind(connections.listening_server())
    with resources.opened() as house, ending.answers_first(house.drain, house.hurry):
        yield


def house() -> House:
    from ui import resources

    return resources.house()


def readiness() -> dict[str, Any]:
    from ui import resources

    return resources.readiness()


def on_script_error(error: Exception) -> bool:
    from ui import problems

    return problems.show_bug(error)


# At its start Streamlit reads the metadata of every installed package, to look for components of others: half a second
# before the first page, for something that is not used here.
manifest_scanner.scan_component_manifests = list  # type: ignore[assignment]
outbox.keep_replies()
routed = routes(house, readiness)
app = st.App(
    ROOT / "ui" / "frame.py",
    lifespan=lifespan,
    routes=[*routed, *exports.routes(house)],
    middleware=[
        Middleware(CountedRequests, house=house, known=[route.path for route in routed]),
        Middleware(connections.HeadLimit),
        Middleware(SecurityHeaders),
        Middleware(VisitorCookie),
    ],
    on_script_error=on_script_error,
)
