"""What programs send: the forms of OpenAI's API, with what is ours in a field named `footnote`.

Fields that are not named here are ignored, as OpenAI-compatible servers do.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

MODEL = "footnote"
TEXT: dict[str, JsonValue] = {"type": "text"}
MESSAGES = 2000  # of one request; a talk is never that long, and each is looked at
TEXT_ONLY = "only parts of type text can be read: no images, sound or files"
Tag = Annotated[str, Field(min_length=1, max_length=100)]


class Form(BaseModel):
    """What crosses the wire. In what we send, every field is there."""

    model_config = ConfigDict(extra="ignore", strict=True, json_schema_serialization_defaults_required=True)


class Sparse(Form):
    """A form of ours in which fields with a default may be missing."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class TextPart(Form):
    type: str = Field(description="Always `text`.", json_schema_extra={"const": "text"})
    text: str = ""

    @field_validator("type")
    @classmethod
    def _is_text(cls, value: str) -> str:
        if value != "text":
            raise ValueError(TEXT_ONLY)
        return value


class Message(Form):
    """One turn of the talk. Only `user` and `assistant` count; the others are accepted and ignored."""

    role: Literal["user", "assistant", "system", "developer", "tool", "function"] = Field(description="Who says it.")
    content: str | list[TextPart] | None = Field(default=None, description="The words, whole or in parts.")

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(Form):
    include_usage: bool | None = Field(default=None, description="One more chunk at the end, with the tokens used.")


class Asking(Form):
    """What OpenAI's form has no room for."""

    conversation_id: str | None = Field(default=None, max_length=100, description="Your own, to go on with.")
    tags: list[Tag] = Field(default=[], max_length=50, description="Only documents with one of these tags may answer.")


class ChatRequest(Form):
    """A question, in OpenAI's form. Fields that are not named here are ignored."""

    model: str = Field(description=f"`{MODEL}`; another name is a 404.", examples=[MODEL])
    messages: list[Message] = Field(
        min_length=1,
        max_length=MESSAGES,
        description="The last one is the question, of the role `user`; those before it are the talk it may lean on.",
    )
    stream: bool | None = Field(default=None, description="The text piece by piece, as server-sent events.")
    stream_options: StreamOptions | None = Field(default=None, description="More about the stream.")
    n: int | None = Field(
        default=None,
        description="One answer is given; more cannot be asked for.",
        json_schema_extra={"enum": [1, None]},
    )
    user: str | None = Field(default=None, max_length=256, description="Tells the people of one client apart.")
    tool_choice: Any = Field(
        default=None,
        description="Tools are never called: they cannot be required.",
        json_schema_extra={"enum": ["none", "auto", None]},
    )
    response_format: Any = Field(
        default=None,
        description="Answers are text; another form cannot be asked for.",
        json_schema_extra={"enum": [TEXT, None]},
    )
    footnote: Asking | None = Field(default=None, description="What OpenAI's form has no room for.")

    @field_validator("n")
    @classmethod
    def _one(cls, value: int | None) -> int | None:
        if value not in (None, 1):
            raise ValueError("one answer is given, so n must be 1")
        return value

    @field_validator("tool_choice")
    @classmethod
    def _no_tools(cls, value: Any) -> Any:
        if value not in (None, "none", "auto"):
            raise ValueError("tools are never called, so none can be required")
        return value

    @field_validator("response_format")
    @classmethod
    def _text(cls, value: Any) -> Any:
        if value is not None and value != TEXT:
            raise ValueError("answers are text; another form cannot be asked for")
        return value

    @field_validator("messages")
    @classmethod
    def _ends_with_the_question(cls, value: list[Message]) -> list[Message]:
        said = [message for message in value if message.role in ("user", "assistant")]
        if not said or said[-1].role != "user":
            raise ValueError("the last message must be the user's question")
        return said


class FeedbackRequest(Form):
    """What somebody says about an answer: a rating, a correction or both. `answer_id` or `trace_id` names it."""

    answer_id: int | None = Field(default=None, ge=1, le=2**63 - 1, description="As the answer's `footnote` has it.")
    trace_id: str | None = Field(default=None, max_length=100, description="In place of `answer_id`.")
    rating: Literal[-1, 0, 1] | None = Field(default=None, description="1 good, -1 bad, 0 takes it back.")
    reasons: list[Annotated[str, Field(max_length=200)]] | None = Field(
        default=None, max_length=20, description="What is good or bad about it, in a few words each."
    )
    comment: str | None = Field(default=None, max_length=10_000, description="Anything more.")
    correction: str | None = Field(default=None, max_length=50_000, description="The right text; empty: none.")
    user: str | None = Field(default=None, max_length=256, description="The same as when the question was asked.")
