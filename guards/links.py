"""Addresses in an answer that stand in no source: made up, or made to carry away what the model has read.

The page shows no such address as a link or picture. Programs that read answers through the API may: so they are
taken out of the text itself, also while it streams. Source of the attack: "Markdown image exfiltration", as in
Greshake et al., "Not what you've signed up for" (2023).
"""

import re
from collections.abc import Iterator

from guards.guard import Context
from guards.verdicts import Finding

ADDRESS = "address"
WHY = "It held an address that stands in none of the documents. It is hidden, since it may be made up or a trap."

_PART = r"[^\s<>\"'`\u201c\u201d\u2018\u2019()\[\]{}|\\^⟨⟩]"
_OPENS = (  # also behind letters of other scripts, digits and underscores, where readers of Markdown see a link begin
    r"(?:[a-z][a-z0-9+.-]{1,12}://|(?<![a-z0-9])www\.|\b(?:javascript|data|vbscript|file):(?=\S)|"
    r"(?<=[=\"'])(?:https?:[\\/]{0,9}|[\\/]{2}(?=[\w-]{1,63}\.\w)))"  # in an attribute of HTML
)
_BARE = rf"{_OPENS}{_PART}{{1,2000}}"
_TARGET = r"(?<=\]\()\s*<?[^\s()<>\[\]⟨⟩]{1,2000}"  # of a Markdown link or image
_REFERENCE = r"(?<=\]:)\s*<?(?=[^\s<>\[\]⟨⟩]{0,2000}[/:\\?&])[^\s<>\[\]⟨⟩]{1,2000}"
_ADDRESS = re.compile(rf"{_TARGET}|{_REFERENCE}|{_BARE}", re.IGNORECASE)
_BEHIND = ".,;:!?*~_'"
# The end of a text that may still become an address, or that is one which may go on.
_FORMING = re.compile(
    r"(?:\](?:\(\s*+<?[^\s()<>\[\]⟨⟩]{0,2000}+)?|\]:\s*+<?[^\s<>\[\]⟨⟩]{0,2000}+|"
    r"(?<![a-z])[a-z][a-z0-9+.-]{0,12}(?::/{0,2})?|(?<![a-z0-9])w{1,3}|"
    rf"(?:[a-z][a-z0-9+.-]{{1,12}}:|(?<![a-z0-9])www\.|(?<=[=\"'])[\\/]{{1,2}}){_PART}{{0,2000}}+)\Z",
    re.IGNORECASE,
)
_BEGINS = ("http", "https", "ftp", "ftps", "www", "javascript", "data", "vbscript", "file")


class Links:
    """Finds addresses that stand neither in a passage nor in the question."""

    name = "links"

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        sources = (*context.passages, context.question)
        for found in _ADDRESS.finditer(text):
            begin = found.start() + len(found[0]) - len(found[0].lstrip().removeprefix("<"))
            said = text[begin : found.end()].rstrip(_BEHIND)
            if said and not said.isdigit() and not any(stands(said, source) for source in sources):
                yield Finding(self.name, ADDRESS, WHY, (begin, begin + len(said)))

    def forming(self, text: str, context: Context) -> int:  # noqa: ARG002
        found = _FORMING.search(text, max(0, len(text) - 2100))
        if found is None:
            return len(text)
        said = found[0].casefold()
        plain = said.isalpha() and not any(begin.startswith(said) or said == begin for begin in _BEGINS)
        return len(text) if plain else found.start()


def stands(address: str, source: str) -> bool:
    """Whether it stands there whole, not as the beginning of a longer one."""
    at = source.find(address)
    while at >= 0:
        behind = source[at + len(address) : at + len(address) + 2].lstrip(_BEHIND)
        if not re.match(_PART, behind) or behind == "":
            return True
        at = source.find(address, at + 1)
    return False
