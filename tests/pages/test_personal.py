"""What readers see of personal data that was kept from a model."""

from collections.abc import Callable

from rag.settings import Model
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer
from tests.pages.conftest import HANDBOOK, LAMP, Tab
from tests.pages.test_spending import why
from ui import markdown


def test_why_this_answer_tells_how_many_values_and_none_of_them(
    build_house: BuildHouse,
    library_of: LibraryOf,
    tab: Callable[..., Tab],
    model_at: Callable[..., Model],
    model_server: ModelServer,
) -> None:
    house = build_house(models=[model_at(model_server.url, outside="yes")])
    library_of(house, {"handbook.md": f"{HANDBOOK}\nThe lamp's keeper is jo@x.example.\n"})
    words = why(tab(house).open().ask(f"{LAMP} I am al@x.example."))
    assert f"**Kept from the model** {markdown.plain('first: 2 e-mail addresses')}" in words
    assert "jo@x.example" not in words.partition("**Kept from")[2]
