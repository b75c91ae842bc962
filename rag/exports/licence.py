"""Whose words training data is made of, and under whose terms: a note that goes along in each archive."""

from collections.abc import Mapping, Sequence

from rag.exports.training import TrainingWanted
from rag.ingest.clean import one_line
from rag.settings import Model
from rag.writers.extractive import NAME as EXTRACTIVE

_NOTE = """# Whose words these are

This archive was drawn from conversations in Footnote. It grants no licence by itself. Before anything is trained on it
or it is passed on, see that all three owners agree.

## Questions, comments and corrections: the readers'

Readers asked and corrected for their work. Personal data was masked by patterns ({kinds}), which miss some of it; names
{names}. A reader who deletes a conversation later is not deleted here: draw the data anew, and delete this copy, when
your rules on deletion and retention say so.

## Passages: the documents', each under its own terms

{documents}

## Answers: their writers', under the terms of who runs them

Many providers forbid to train competing models on what their models wrote. Texts that reviewers approved or readers
corrected are their own work, but may hold words of the model.

{writers}
"""


def notice(
    wanted: TrainingWanted, writers: Mapping[str, int], documents: Mapping[str, int], models: Sequence[Model]
) -> str:
    """The note in Markdown, with writers and documents by name."""
    servers = {model.name: f"the model {model.model} at {model.base_url}" for model in models}
    servers[EXTRACTIVE] = "no model: the documents' own words"
    told = [
        f"- {_plain(name)} ({_plain(servers.get(name, 'not configured any more'))}): {count:,}"
        for name, count in sorted(writers.items())
    ]
    return _NOTE.format(
        kinds=", ".join(sorted(wanted.kinds)),
        names="among them" if wanted.names else "were left as they are",
        documents=_listed([f"- {_plain(title)}: {count:,}" for title, count in sorted(documents.items())]),
        writers=_listed(told),
    )


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(lines) or "- none"


def _plain(text: str) -> str:
    """Words of others as one line that is no Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#!|" else sign for sign in one_line(text))
