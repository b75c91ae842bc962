"""What programs get: OpenAI's completions, chunks and errors, with our field `footnote` in them."""

from dataclasses import asdict
from typing import Literal

from pydantic import Field

from api.evidence import CitationForm, ConflictForm, FindingForm, SupportForm
from api.forms import MODEL, Form, Sparse
from store.records import AnswerRecord, AnswerState, Rating, TraceRecord

FinishReason = Literal["stop", "length"]


class FootnoteField(Form):
    """What an answer rests on, and how it came about."""

    status: AnswerState = Field(
        description="`not_found`: it is not in the documents. `writing`, `failed`, `interrupted`: beside an error only."
    )
    text: str = Field(description="The whole answer as it is kept.")
    revised: bool = Field(description="Whether words that were streamed are not part of it any more.")
    citations: list[CitationForm]
    support: list[SupportForm] | None = Field(
        description="Of each sentence that claims something; null where they were not looked at."
    )
    findings: list[FindingForm] = Field(description="What guards found in question, passages and answer.")
    conflicts: list[ConflictForm] = Field(description="What its sources disagree in, and which of them are older.")
    follow_ups: list[str] = Field(description="Questions that could come next.")
    writer: str | None = Field(
        description="A model's name, `extractive`: the documents' own words, or `verified`: a reviewer vouches for it."
    )
    degraded: str | None = Field(description="Why it is a lesser answer, if it is one.")
    cost_usd: float | None = Field(description="What the models took for it; null where no price is known.")
    answer_id: int = Field(description="For feedback.")
    conversation_id: str = Field(description="For going on with it.")
    trace_id: str | None = Field(description="For feedback, and for who looks after the server.")


class Usage(Form):
    """Tokens of the models, rewriting and checking included."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Said(Form):
    role: Literal["assistant"] = "assistant"
    content: str


class Choice(Form):
    index: int = 0
    message: Said
    finish_reason: FinishReason


class Completion(Form):
    """An answer, whole."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Seconds since 1970.")
    model: str = MODEL
    choices: list[Choice]
    usage: Usage
    footnote: FootnoteField


class Delta(Sparse):
    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(Form):
    index: int
    delta: Delta
    finish_reason: FinishReason | None


class Chunk(Sparse):
    """One event of a stream, each a line `data: …`; the last line is `data: [DONE]`.

    `footnote` stands in the chunk with a `finish_reason`. `usage` comes where it was asked for, in a chunk of its own.
    """

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    footnote: FootnoteField | None = None


class ModelForm(Form):
    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "footnote"


class ModelList(Form):
    object: Literal["list"] = "list"
    data: list[ModelForm] = Field(default_factory=lambda: [ModelForm()])


class FeedbackGiven(Form):
    """What is kept now."""

    object: Literal["feedback"] = "feedback"
    answer_id: int
    rating: Rating
    reasons: list[str]
    comment: str
    correction: str | None


class Error(Form):
    message: str = Field(description="In words that may be shown to people.")
    type: str
    param: str | None = Field(description="The field that is wrong, where one is.")
    code: str = Field(description="What programs go by.")


class ErrorForm(Sparse):
    """OpenAI's form. Where an answer failed, `footnote` stands beside it with what was kept."""

    error: Error
    footnote: FootnoteField | None = None


def usage(trace: TraceRecord | None) -> Usage:
    spent = trace.usage if trace else {}
    given, taken = int(spent.get("input_tokens", 0)), int(spent.get("output_tokens", 0))
    return Usage(prompt_tokens=given, completion_tokens=taken, total_tokens=given + taken)


def footnote(
    answer: AnswerRecord, trace: TraceRecord | None, conversation_id: str, *, streamed: str | None = None
) -> FootnoteField:
    """Everything about a stored answer; `streamed` is what a client was shown of it."""
    keys = CitationForm.model_fields
    return FootnoteField(
        status=answer.state,
        text=answer.text,
        revised=streamed is not None and streamed.strip() != answer.text.strip(),
        citations=[CitationForm(**{key: getattr(one, key) for key in keys}) for one in answer.citations],
        support=_support(answer, trace),
        findings=[
            FindingForm(**{key: getattr(one, key) for key in FindingForm.model_fields}) for one in answer.findings
        ],
        conflicts=[
            ConflictForm(**{key: getattr(one, key) for key in ConflictForm.model_fields}) for one in answer.conflicts
        ],
        follow_ups=list(answer.follow_ups),
        writer=answer.writer,
        degraded=answer.degraded,
        cost_usd=trace.cost_usd if trace else None,
        answer_id=answer.id,
        conversation_id=conversation_id,
        trace_id=trace.id if trace else None,
    )


def _support(answer: AnswerRecord, trace: TraceRecord | None) -> list[SupportForm] | None:
    if trace is None or answer.sentences is None:
        return None
    return [SupportForm(**asdict(one)) for one in trace.support]
