"""What the server says: the text of each behaviour that speaks."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from .behaviours import (
    AnswerFromPassages,
    BadQuotes,
    ContentFilter,
    Fenced,
    Garbage,
    Reply,
    SlowHeaders,
    Speech,
    Stutter,
    Telling,
    Thinking,
    WrongSchema,
)
from .moments import telling
from .passages import Message, ParsePassages, Passage, closest_sentence, find_question, message_text

FOLLOW_UPS = ["Where is this written down?", "Are there exceptions to this?"]


@dataclass(frozen=True)
class Call:
    """One chat request, as far as the server minds it."""

    model: str
    messages: Sequence[Message]
    stream: bool
    include_usage: bool
    parse_passages: ParsePassages

    def usage(self, said: str) -> dict[str, int]:
        """Token counts, taking a word for a token."""
        prompt = sum(len(message_text(message).split()) for message in self.messages)
        completion = len(said.split())
        total = prompt + completion
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total}


def read_call(body: Any, parse_passages: ParsePassages) -> Call | None:
    """The chat request of a parsed body, or None when it is not one."""
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return None
    return Call(
        model=str(body.get("model", "")),
        messages=body["messages"],
        stream=bool(body.get("stream")),
        include_usage=bool((body.get("stream_options") or {}).get("include_usage")),
        parse_passages=parse_passages,
    )


def speech(behaviour: Speech, call: Call) -> str:
    """The whole text of a behaviour that speaks."""
    match behaviour:
        case Reply(text):
            return text
        case AnswerFromPassages() | SlowHeaders() | Stutter() | Thinking():
            return good_answer(call)
        case Garbage():
            return "Sure! I would rather tell you about it in my own words than in the form you asked for."
        case WrongSchema():
            return json.dumps({"result": ["no answer here"], "score": 7})
        case BadQuotes():
            return bad_quotes(call.parse_passages(call.messages))
        case ContentFilter():
            return '{"answer": "Here is what'
        case Fenced(inner):
            return f"```json\n{speech(inner, call)}\n```"


def told(behaviour: Telling, call: Call) -> Iterator[str]:
    """The pieces of an answer made while it is sent; without passages only its words, as no form was asked for."""
    passages = call.parse_passages(call.messages)
    found = closest_sentence(passages, find_question(call.messages)) or next(iter(passages), None)
    if found is None:
        return telling(behaviour.words, None)
    number, quote = found
    before, after = structured("|", [{"passage": number, "quote": quote}]).split("|", 1)
    return chain((before,), telling(behaviour.words, found), (after,))


def good_answer(call: Call) -> str:
    """A structured answer that holds: one sentence of the passages, quoted and cited, or not answerable."""
    found = closest_sentence(call.parse_passages(call.messages), find_question(call.messages))
    if found is None:
        return structured("The documents do not answer this question.", [], answerable=False)
    number, sentence = found
    return structured(f"{sentence} [{number}]", [{"passage": number, "quote": sentence}])


def bad_quotes(passages: Sequence[Passage]) -> str:
    """Two invented quotes: one said to stand in a passage that was given, one in a passage that was not."""
    given = passages[0][0] if passages else 1
    citations = [
        {"passage": given, "quote": "zebras repaint the moon every leap second"},
        {"passage": 99, "quote": "a quote from a passage nobody sent"},
    ]
    return structured(f"Zebras repaint the moon [{given}] every leap second [99].", citations)


def structured(answer: str, citations: list[dict[str, Any]], *, answerable: bool = True) -> str:
    """The answer schema as JSON, `answer` first so that its text streams."""
    shape = {
        "answer": answer,
        "citations": citations,
        "answerable": answerable,
        "follow_ups": FOLLOW_UPS if answerable else [],
    }
    return json.dumps(shape, ensure_ascii=False)
