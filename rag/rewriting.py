"""Follow-up questions made to stand alone, for the search.

Only a question that leans on the talk before it is changed, and only by what it leans on: joining every earlier
question to every later one finds worse passages than the last question alone.
"""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import replace

from guards.thoughts import spoken
from rag import prompting
from rag.cancellation import Cancellation
from rag.inert import inert
from rag.models.chain import Chain
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.names import names, topic
from rag.retrieval.terms import is_small_talk, terms, words
from rag.types import Query, Question, Spend, Turn, Usage, unpaid

RULES = "rules"
PRONOUNS = frozenset(
    "it its they them their theirs he him his she her hers this these those one ones both same former latter".split()
)
# "that" leans when it stands for something ("is that allowed?"), not when it opens a clause ("a rule that says").
_THAT = re.compile(
    r"(?:\b(?:is|was|does|do|did|will|would|can|about|for|of|with|after|before|from|on|in)\s+that\b)|^that\b"
)
_OPENING = re.compile(r"^(?:and|but|or|so|also|then|what about|how about|what if|what else|why|why not|how so)\b")
# People have names; "it" and "they" may stand for anything. "her" is whose when a word follows that is no small one.
_PERSON = re.compile(
    r"\b(?:(?P<whose>his|hers|her(?=\s+(?!(?:in|at|on|to|for|when|the|a|from|with|do|as|and|or)\b)\w))|he|she|him|her)\b",
    re.IGNORECASE,
)
BORROWED_TERMS = 6
TALK_TURNS = 4
PATIENCE_S = 6.0  # a search by rules is better than a long wait
log = logging.getLogger(__name__)


class Occupied(Exception):
    """A model that cannot be asked at the moment: another one may rewrite."""


def leans(question: str) -> bool:
    """Whether a question cannot be understood without the talk before it: pronouns, ellipsis, no own nouns."""
    said = words(question)
    folded = " ".join(said)
    own = [term for term in terms(question) if term not in PRONOUNS]
    pronoun = any(word in PRONOUNS for word in said) or bool(_THAT.search(folded))
    opening = bool(_OPENING.search(folded)) and len(own) <= 3
    return (pronoun and len(own) <= 6) or opening or len(own) <= 1


def by_rules(question: Question) -> Query:
    """The question with what it leans on: the person it speaks of in place of the pronoun, else the terms before it."""
    if not question.history or is_small_talk(question.text) or not leans(question.text):
        return Query(question.text)
    own = frozenset(terms(question.text))
    name = topic(question.history, own)
    if name and _PERSON.search(question.text):
        return Query(_PERSON.sub(lambda pronoun: _as(pronoun, name), question.text, count=1), RULES)
    borrowed = _borrowed(question, own)
    if name and not names(question.text):
        borrowed += [term for term in terms(name) if term not in own and term not in borrowed]
    return Query(f"{question.text} ({' '.join(borrowed)})", RULES) if borrowed else Query(question.text)


def _borrowed(question: Question, own: frozenset[str]) -> list[str]:
    """Terms of the question before. A name or number in "and for …?" stands in the place of the earlier one."""
    before = question.history[-1].question
    replaced: set[str] = set()
    if _OPENING.search(question.text.lower()):
        named = bool(names(question.text))
        replaced = {term for name in names(before) for term in terms(name)} if named else set()
        if named or any(term.isdigit() for term in own):
            replaced |= {term for term in terms(before) if term.isdigit()}
    unlike = own | replaced | PRONOUNS
    return [term for term in terms(before) if term not in unlike][:BORROWED_TERMS]


def _as(pronoun: re.Match[str], name: str) -> str:
    return f"{name}'s" if pronoun["whose"] else name


class Rewriter:
    """Rewrites with the model when there is one, with the rules when there is none or it fails."""

    def __init__(self, chain: Chain | None = None, prompt: str = "") -> None:
        self._chain = chain
        self._prompt = prompt

    def rewrite(self, question: Question, cancellation: Cancellation, spend: Spend = unpaid) -> Query:
        """The query to search for. `spend` is told what a model took for it. Raises Cancelled."""
        alone = not question.history or is_small_talk(question.text) or not leans(question.text)
        if self._chain is None or alone:
            return by_rules(question)
        end = time.monotonic() + PATIENCE_S
        for line in self._chain.choose(question.person, cancellation).lines:
            try:
                return self._by_model(question, line, cancellation, max(end - time.monotonic(), 0.0), spend)
            except Occupied:
                continue
        return by_rules(question)

    def _by_model(
        self, question: Question, model: Line, cancellation: Cancellation, patience_s: float, spend: Spend
    ) -> Query:
        """Raises Occupied, Cancelled."""
        talk, latest = _talk(question.history[-TALK_TURNS:]), question.text
        messages = [
            ("system", prompting.part(self._prompt, "system")),
            ("human", prompting.part(self._prompt, "user", talk=inert(talk), question=inert(latest))),
        ]
        spent: list[Usage] = []

        def note(usage: Usage) -> None:
            spent.append(usage)
            spend(usage)

        asked = model.stream(messages, cancellation, purpose="rewrite", patience_s=patience_s, spend=note)
        try:
            pieces = list(asked)
        except ModelTrouble as trouble:
            if trouble.kind in ("model_resting", "model_busy"):
                raise Occupied from None
            log.warning("Rewriting by rules, since the model %s failed: %s", model.name, trouble)
            return replace(by_rules(question), usage=sum(spent, Usage()))
        line = " ".join(spoken("".join(piece.text for piece in pieces)).split())
        # A rewriting that is empty or far longer than the question is an answer or a refusal, not a question.
        if not line or len(line) > 4 * len(latest) + 300:
            return replace(by_rules(question), usage=sum(spent, Usage()))
        masked = next((piece.masked for piece in pieces if piece.masked), {})
        return Query(line, model.name, sum(spent, Usage()), masked)


def _talk(turns: Sequence[Turn]) -> str:
    return "\n".join(f"Question: {turn.question}\nAnswer: {turn.answer[:600]}" for turn in turns)
