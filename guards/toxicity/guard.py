"""The guard against insults, threats and hatred, in what is asked and in what is answered."""

from collections.abc import Iterator

from guards.guard import Context
from guards.toxicity.features import seen
from guards.verdicts import Finding

TOXIC, HURTFUL_WORD = "toxic text", "hurtful word"
_MARKED = frozenset(("slur", "ambiguous", "insult", "dehuman", "profane"))
_WHY = "This may insult, threaten or demean people. If it is not meant so, please say it in other words."
_WHY_WORD = "In this text the word is likely to hurt someone. Please say it in another one."


class Toxicity:
    """Yields one finding about the whole text, and one for each hurtful word that nobody is quoted with.

    All of them have the text's score: a word is only as hurtful as what is done with it.
    """

    name = "toxicity"

    def find(self, text: str, context: Context) -> Iterator[Finding]:  # noqa: ARG002
        from guards.toxicity.classifier import toxicity  # brings numpy and the weights

        words = seen(text)
        sure = toxicity(text, words)
        yield Finding(self.name, TOXIC, _WHY, sure=sure)
        for one in words:
            if one.kind in _MARKED and not one.token.quoted:
                yield Finding(self.name, HURTFUL_WORD, _WHY_WORD, (one.token.start, one.token.end), sure)
