"""What a draft should keep to. One that does not is asked for once more, and used if nothing better comes.

A wrong language or a wrong word about itself makes an answer worse, not false: it is still checked, cited and on the
matter, and so of more use than the documents' own words, which may be in that other language too.
"""

import re
from collections.abc import Iterator

from guards.guard import Context
from guards.language import NAMES, language
from guards.rules import Rule, markers
from guards.schema import Draft
from guards.unanswered import says_nothing_found

_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_LETTER = re.compile(r"[^\W\d_]")
# A question that speaks of languages may want its answer in another.
_ABOUT_LANGUAGES = re.compile(
    r"\b(?:english|englisch|anglais|ingl[eéê]s|german|deutsch|allemand|alem[aáã]|tedesc|french|franz|fran[cç]|spanish"
    r"|spanisch|espa[nñ]|spagn|ital|portug|dutch|niederl|translat|übersetz|tradu|tradui|vertal|language|sprache|langue"
    r"|idioma|lingua)",
    re.IGNORECASE,
)


def only_says_nothing(answer: str) -> bool:
    """Whether an answer says that the documents do not tell, and nothing else."""
    said = [sentence for sentence in _SENTENCE.findall(answer) if _LETTER.search(sentence)]
    return bool(said) and all(map(says_nothing_found, said))


def answerable_fits(draft: Draft, beside: Context) -> Iterator[str]:  # noqa: ARG001
    """`answerable` says the same as the answer does."""
    marked = bool(markers(draft.answer))
    if draft.answerable and only_says_nothing(draft.answer):
        yield "answer says that the passages do not tell, but answerable is true; answer, or set answerable to false."
    says_nothing = any(map(says_nothing_found, _SENTENCE.findall(draft.answer)))
    if not draft.answerable and marked and draft.citations and not says_nothing:
        yield "answerable is false, but answer cites passages; set it to true, or say what is missing and cite nothing."


def language_kept(draft: Draft, beside: Context) -> Iterator[str]:
    """The answer is in the language of the question, as far as both can be told."""
    asked = None if _ABOUT_LANGUAGES.search(beside.question) else language(beside.question)
    said = language(draft.answer) if asked else None
    if asked and said and asked != said:
        yield f"answer is in {NAMES[said]}, but the question is in {NAMES[asked]}; write answer in {NAMES[asked]}."


SOFT: tuple[Rule, ...] = (answerable_fits, language_kept)
