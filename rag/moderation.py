"""Hosted moderation as a guard: asks the moderations API of a configured model's server what it makes of a text.

The guard is called `moderation` and stands where `[guards]` posts it. The policy has its time limit, and what follows
when the server fails. A server outside is sent no personal data of the masked kinds, as is every model there.
"""

from collections.abc import Callable, Iterator, Mapping

from guards.guard import Context, Guard
from guards.personal.masks import Masks
from guards.personal.seen import Kind
from guards.verdicts import Finding
from rag.models.whereabouts import is_outside
from rag.settings import BadSettings, Model, Settings

NAME = "moderation"
FLAGGED = 0.5  # the least score of what the server itself would stop
LONGEST_S = 30.0  # long after the policy has gone on without it, the request ends
WHY = "A moderation service thinks that this may insult, threaten or harm people. Please say it in other words."


class Moderation:
    """Gives one finding for each category the server knows, with its score. Safe to use from many threads."""

    name = NAME

    def __init__(self, model: Model, masked: frozenset[Kind]) -> None:
        self._model = model
        self._masked = masked if is_outside(model) else frozenset()

    def find(self, text: str, context: Context) -> Iterator[Finding]:  # noqa: ARG002
        """Raises httpx.HTTPError when the server cannot be asked, KeyError or ValueError when its answer is none."""
        import httpx

        answer = httpx.post(
            f"{self._model.base_url.rstrip('/')}/moderations",
            json={"input": self._leaving(text)},
            headers={"authorization": f"Bearer {self._model.api_key.get_secret_value()}"},
            timeout=httpx.Timeout(LONGEST_S, connect=self._model.connect_timeout_s),
        )
        answer.raise_for_status()
        for result in answer.json()["results"]:
            flagged = {name for name, is_so in result["categories"].items() if is_so}
            for category, score in result.get("category_scores", dict.fromkeys(flagged, 1.0)).items():
                sure = max(FLAGGED, float(score)) if category in flagged else min(float(score), FLAGGED - 0.01)
                yield Finding(self.name, category, WHY, sure=sure)

    def _leaving(self, text: str) -> str:
        """The text as it may leave."""
        return Masks(self._masked).mask(text) if self._masked else text


def moderating(settings: Settings) -> Mapping[str, Callable[[], Guard]]:
    """The guard, if the settings name a model whose server moderates. Raises BadSettings."""
    named = settings.guards.moderation
    if not named:
        return {}
    model = next((one for one in settings.models if one.name == named), None)
    if model is None:
        known = ", ".join(one.name for one in settings.models) or "none"
        raise BadSettings(f"[guards] moderation names {named}, which is none of the [[models]]: {known}.")
    return {NAME: lambda: Moderation(model, settings.guards.masked)}
