"""The routes over a house of the test's own, asked as a program on this machine would ask."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import routes
from rag.house import House
from rag.settings import Model
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer
from tests.rag.answering import LIBRARY

HERE = ("127.0.0.1", 50_000)
ADDRESS = "http://127.0.0.1:8501"
ClientOf = Callable[..., TestClient]
HouseWith = Callable[..., House]


@pytest.fixture
def stocked(house: House, library_of: LibraryOf) -> House:
    """Without a model, with two documents."""
    library_of(house, LIBRARY)
    return house


@pytest.fixture
def modelled_with(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> HouseWith:
    """Houses with one model, that of `model_server`, and two documents; other settings as named."""

    def build(**changes: Any) -> House:
        house = build_house(models=[model_at(model_server.url)], **changes)
        library_of(house, LIBRARY)
        return house

    return build


@pytest.fixture
def modelled(modelled_with: HouseWith) -> House:
    return modelled_with()


def app_of(house: House) -> Starlette:
    return Starlette(routes=routes(lambda: house, lambda: {"ready": True}))


@pytest.fixture
def client_of() -> Iterator[ClientOf]:
    """Clients of a house: from this machine, unless `address` says otherwise."""
    opened: list[TestClient] = []

    def client(house: House, *, address: str = HERE[0], base_url: str = ADDRESS, **headers: str) -> TestClient:
        made = TestClient(app_of(house), client=(address, HERE[1]), base_url=base_url, headers=headers)
        opened.append(made)
        return made

    yield client
    for one in opened:
        one.close()


@pytest.fixture
def client(stocked: House, client_of: ClientOf) -> TestClient:
    return client_of(stocked)
