"""What a draft must keep to. A rule yields problems: sentences that tell a model what is wrong and how to mend it."""

import re
from collections.abc import Callable, Iterator

from guards.guard import Context
from guards.quotes import locate
from guards.schema import Draft

Rule = Callable[[Draft, Context], Iterator[str]]

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\](?!\()")  # not the text of a link
_NOT_ALNUM = re.compile(r"[\W_]+")


def answer_present(draft: Draft, beside: Context) -> Iterator[str]:  # noqa: ARG001
    """An answer that is said to be one has words."""
    if draft.answerable and not draft.answer.strip():
        yield "answer is empty; write the answer, or set answerable to false and say what is missing."


def passages_given(draft: Draft, beside: Context) -> Iterator[str]:
    """Each citation points to a passage that was given: 1 to n."""
    count = len(beside.passages)
    given = f"only passages 1 to {count} were given" if count else "no passages were given"
    for at, citation in enumerate(draft.citations):
        if not 1 <= citation.passage <= count:
            yield f"citations[{at}].passage is {citation.passage}, but {given}; cite a given passage or leave it out."


def quotes_stand(draft: Draft, beside: Context) -> Iterator[str]:
    """Each quote stands in the passage it is said to come from."""
    passages = beside.passages
    for at, citation in enumerate(draft.citations):
        number = citation.passage
        if not 1 <= number <= len(passages) or locate(citation.quote, passages[number - 1]):
            continue
        where = next((n for n, text in enumerate(passages, 1) if locate(citation.quote, text)), None)
        if where:
            yield f"citations[{at}].quote stands in passage {where}, not in passage {number}; cite passage {where}."
        else:
            yield f"citations[{at}].quote does not stand in passage {number}; copy the words exactly."


def markers_match(draft: Draft, beside: Context) -> Iterator[str]:  # noqa: ARG001
    """Each [n] in an answer has a citation of passage n, each citation its [n], and there is at least one."""
    if not draft.answerable or not draft.answer.strip():
        return
    marked = set(markers(draft.answer))
    cited = {citation.passage for citation in draft.citations}
    if not marked and not cited:
        yield "answer cites nothing; put [n] and a citation to each statement, or set answerable to false."
    for number in sorted(marked - cited):
        yield f"answer has [{number}], but citations has no quote from passage {number}; add one or remove [{number}]."
    for number in sorted(cited - marked):
        yield f"citations has passage {number}, but answer has no [{number}]; mark what it supports or leave it out."


def canary_kept(draft: Draft, beside: Context) -> Iterator[str]:
    """Nothing of the draft repeats the canary, a secret word of the instructions, however it is spaced or cased."""
    secret = _bare(beside.canary)
    texts = [draft.answer, *draft.follow_ups, *(citation.quote for citation in draft.citations)]
    if secret and any(secret in _bare(text) for text in texts):
        yield LEAK


LEAK = "The draft repeats the instructions; answer the question from the passages only."
RULES: tuple[Rule, ...] = (answer_present, passages_given, quotes_stand, markers_match, canary_kept)


def markers(answer: str) -> list[int]:
    """The numbers of the markers [n] and [n, m] in an answer, in order, without those in code and links."""
    found = _MARKER.findall(_CODE.sub(" ", answer))
    return [int(number) for group in found for number in re.findall(r"\d+", group)]


def _bare(text: str) -> str:
    """Letters and digits only, case folded."""
    return _NOT_ALNUM.sub("", text.casefold())
