"""What a request to a model cost. The only place that knows genai_prices: its kept list, never fetched anew.

Own prices win; then the list, by `price_of` ("provider/model") or by the server's address and the model's name. A
server at another address, such as one of our own, has no price unless the settings give one. Input that the server had
read before has the list's lower price; an own price holds for all input alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from rag.settings import Model
from rag.types import Usage

# UTF-8 bytes a token. Against OpenAI's cl100k_base (in brackets: o200k_base) this counts 12% (11) too few over this
# project's English documents, one of them being 10% off on average; JSON 12% (13) too few; German 9% too few (18% too
# many); French 7% too few (20% too many); Russian 1% too few (71% too many); Chinese 38% (10) too few. The carried
# WordPiece tokenizer is 3% off on English, but 28% (66) on German, 81% (213) on Russian and 20% on JSON.
BYTES_A_TOKEN = 4
FRAME_TOKENS = 4  # around each message: its role and its ends
TYPICAL = Usage(3000, 400)  # a question with its passages, and the answer


class _Listed(NamedTuple):
    """Of the tokens that were looked up, in USD."""

    taken_in: float
    given_out: float


def price(model: Model, usage: Usage, messages: Sequence[tuple[str, str]], text: str) -> Usage:
    """What a request cost: `usage` as its server told it, else counted here from what was asked and said.

    A request that broke before its first word, and whose server told nothing, is taken to have cost nothing.
    """
    if not (text or usage.input_tokens or usage.output_tokens):
        return Usage()
    taken_in = usage.input_tokens or _counted(messages)
    given_out = usage.output_tokens or tokens(text)
    estimated = (taken_in, given_out) != (usage.input_tokens, usage.output_tokens)
    used = Usage(taken_in, given_out, None, estimated, min(usage.cached_tokens, taken_in))
    return replace(used, cost_usd=cost(model, used))


def typical(model: Model) -> float | None:
    """What a usual answer of this model costs in USD; None: no price is known."""
    return cost(model, TYPICAL)


def tokens(text: str) -> int:
    """About how many tokens a text is."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN)


@cache
def listed(providers: tuple[str, ...]) -> list[str]:
    """The models of these providers that have a price, and are not given up, as "provider/model"."""
    from genai_prices.data_snapshot import get_snapshot

    return [
        f"{provider.id}/{model.id}"
        for provider in get_snapshot().providers
        if provider.id in providers
        for model in provider.models
        if not model.deprecated and cost(Model(name="", model="", price_of=f"{provider.id}/{model.id}"), TYPICAL)
    ]


def _counted(messages: Sequence[tuple[str, str]]) -> int:
    return sum(FRAME_TOKENS + tokens(text) for _, text in messages)


def cost(model: Model, usage: Usage) -> float | None:
    """What a request of so many tokens costs in USD; None: no price is known."""
    own_in, own_out = model.usd_per_million_input, model.usd_per_million_output
    listed = _listed(model, usage) if own_in is None or own_out is None else _Listed(0, 0)
    if listed is None:
        return None
    taken_in = listed.taken_in if own_in is None else usage.input_tokens * own_in / 1e6
    given_out = listed.given_out if own_out is None else usage.output_tokens * own_out / 1e6
    return taken_in + given_out


def _listed(model: Model, usage: Usage) -> _Listed | None:
    import genai_prices  # late: it brings an HTTP client along, for a look-up that is never made

    provider, _, name = model.price_of.partition("/")
    used = genai_prices.Usage(
        input_tokens=usage.input_tokens, output_tokens=usage.output_tokens, cache_read_tokens=usage.cached_tokens
    )
    try:
        if model.price_of:
            found = genai_prices.calc_price(used, name, provider_id=provider)
        else:
            found = genai_prices.calc_price(used, model.model, provider_api_url=model.base_url)
    except LookupError:
        return None
    return _Listed(float(found.input_price), float(found.output_price))
