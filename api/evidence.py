"""What programs get about an answer's sources: footnotes, support, findings of guards, and what disagrees."""

from pydantic import Field

from api.forms import Form
from store.records import FindingAction, FindingStand, Support
from store.records.conflicts import ConflictKind


class CitationForm(Form):
    """A footnote: words that stand in the document at just this place."""

    number: int = Field(description="As in the text: `[1]`.")
    quote: str = Field(description="Words of the document, as they stand there.")
    document: str = Field(description="Its title.")
    section: str = Field(description="The headings above the words.")
    page: int | None
    start: int = Field(description="In characters of the document's text.")
    end: int


class SupportForm(Form):
    """A sentence of the answer beside the passages it was written from."""

    start: int = Field(description="In characters of `text`.")
    end: int
    verdict: Support = Field(description="Whether the passages say it, as far as can be told.")
    why: str = Field(description="For readers; empty for a supported one.")


class FindingForm(Form):
    """One thing a guard found, and what was done about it."""

    guard: str
    stand: FindingStand = Field(description="Which text it was found in; `stream`: the answer while it was written.")
    what: str
    why: str = Field(description="For readers; it says what to do.")
    action: FindingAction


class ConflictForm(Form):
    """Two sources that disagree, or one that something newer replaces."""

    kind: ConflictKind = Field(description="`older`: a newer version or edition is there.")
    first: int = Field(description="The footnote it is about.")
    second: int | None = Field(description="The other footnote; null where the other side is not cited.")
    first_words: str
    second_words: str
    why: str = Field(description="For readers.")
