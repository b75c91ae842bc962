"""What a request cost: told by the server or counted here, priced by the settings or by the kept list."""

import contextlib
import sys
from collections.abc import Callable, Iterator

import pytest

from rag.cancellation import Cancellation
from rag.models.chat import ChatModel
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.models.prices import price, tokens, typical
from rag.models.trouble import ModelTrouble
from rag.settings import Answers, Model
from rag.types import Usage
from tests.model_server import CleanCut, ModelServer, Reply, Status

HOSTED = "https://api.openai.com/v1"
MESSAGES = [("system", "Be brief."), ("human", "How late?")]
TOLD = Usage(1_000_000, 1_000_000)


def model(base_url: str = HOSTED, name: str = "gpt-4o-mini", **changes: object) -> Model:
    return Model.model_validate({"name": "first", "model": name, "base_url": base_url} | changes)


def cost(of: Model, usage: Usage = TOLD) -> float | None:
    return price(of, usage, MESSAGES, "Nine.").cost_usd


def test_a_known_model_of_a_known_server_has_its_price() -> None:
    assert cost(model()) == pytest.approx(0.15 + 0.60)


def test_own_prices_win() -> None:
    assert cost(model(usd_per_million_input=3, usd_per_million_output=5)) == 8


def test_one_own_price_leaves_the_other_to_the_list() -> None:
    assert cost(model(usd_per_million_output=5)) == pytest.approx(0.15 + 5)


@pytest.mark.parametrize(("named", "usd"), [("openai/gpt-4o-mini", 0.75), ("openrouter/openai/gpt-4o-mini", 0.75)])
def test_a_gateways_model_is_priced_as_the_settings_say(named: str, usd: float) -> None:
    assert cost(model("http://gateway.example/v1", "small", price_of=named)) == pytest.approx(usd)


@pytest.mark.parametrize(
    "unknown",
    [
        model("http://localhost:11434/v1"),  # the same name, but on a machine of our own
        model(name="nobody-knows-it"),
        model(price_of="openai/nobody-knows-it"),
        model(price_of="nobody/gpt-4o-mini"),
        model(price_of="gpt-4o-mini"),  # whose?
    ],
)
def test_a_price_that_nobody_knows_is_none(unknown: Model) -> None:
    assert (cost(unknown), typical(unknown)) == (None, None)


def test_our_own_server_is_free_when_the_settings_say_so() -> None:
    assert cost(model("http://localhost:11434/v1", usd_per_million_input=0, usd_per_million_output=0)) == 0


def test_input_that_the_server_had_read_before_is_cheaper() -> None:
    cached = Usage(1_000_000, 0, cached_tokens=1_000_000)

    assert price(model(), cached, MESSAGES, "").cost_usd == pytest.approx(0.075)


def test_more_cached_than_input_is_believed_no_further_than_the_input() -> None:
    assert cost(model(), Usage(1_000_000, 0, cached_tokens=9_000_000)) == pytest.approx(0.075, abs=1e-4)


def test_what_the_server_does_not_tell_is_counted_here() -> None:
    counted = price(model(), Usage(), MESSAGES, "Until nine.")

    assert (counted.input_tokens, counted.output_tokens, counted.estimated) == (14, 3, True)
    assert counted.cost_usd == pytest.approx((14 * 0.15 + 3 * 0.60) / 1e6)


def test_what_the_server_tells_is_not_counted_anew() -> None:
    assert price(model(), Usage(6, 5), MESSAGES, "Until nine.").estimated is False


def test_a_request_that_broke_before_its_first_word_costs_nothing() -> None:
    assert price(model(name="nobody-knows-it"), Usage(), MESSAGES, "") == Usage()


def test_a_text_is_about_so_many_tokens() -> None:
    assert [tokens(text) for text in ("", "a", "A hotel night is reimbursed up to 140 euros.", "Öl", "\ud800")] == [
        0,
        1,
        11,
        1,
        1,
    ]


def test_the_cheaper_of_two_models_is_known() -> None:
    small, large = typical(model()), typical(model(name="gpt-4o"))

    assert small is not None
    assert large is not None
    assert 0 < small < large


def test_the_price_list_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    cost(model())

    assert sys.modules["genai_prices.data_snapshot"].get_snapshot().from_auto_update is False


@pytest.fixture
def line(model_at: Callable[..., Model], model_server: ModelServer) -> Iterator[Line]:
    loop = StreamLoop()
    described = model_at(model_server.url, usd_per_million_input=1, usd_per_million_output=1)
    yield Line(described, ChatModel(described, Answers(), loop))
    loop.close()


def spent(line: Line) -> list[Usage]:
    told: list[Usage] = []
    with contextlib.suppress(ModelTrouble):
        list(line.stream(MESSAGES, Cancellation(), spend=told.append))
    return told


def test_a_stream_without_usage_is_counted(line: Line, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("Until nine.", usage=False))

    assert spent(line) == [Usage(14, 3, pytest.approx(17e-6), estimated=True)]


def test_a_stream_that_broke_off_cost_what_it_said(line: Line, model_server: ModelServer) -> None:
    model_server.default = CleanCut("Until nine.")

    assert spent(line)[-1] == Usage(14, 3, pytest.approx(17e-6), estimated=True)


def test_an_answer_that_was_left_in_the_middle_cost_what_it_said(line: Line, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("Until nine in the evening.", chunk_size=11, delay_s=0.2))
    told: list[Usage] = []
    stream = line.stream(MESSAGES, Cancellation(), spend=told.append)
    next(piece for piece in stream if piece.text)
    stream.close()  # type: ignore[attr-defined]

    assert model_server.requests[-1].wait_closed()
    assert (told[0].output_tokens, told[0].estimated) == (3, True)


def test_a_server_that_refuses_costs_nothing(line: Line, model_server: ModelServer) -> None:
    model_server.default = Status(400)

    assert sum(spent(line), Usage()) == Usage()
