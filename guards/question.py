"""The check of a question before anything else is done with it."""

import re
import unicodedata

from guards.verdicts import Finding, Verdict

LIMIT = 20_000

# Characters nobody sees, which can hide words from a reader or turn their order round: soft hyphen, zero-width
# spaces and joiners, marks that set or override the writing direction, tags, and lone halves of characters.
_HIDDEN = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_EMOJI = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
# Scripts whose spelling needs joiners: Arabic to N'Ko, the Indic scripts, Tibetan to Mongolian, Khmer.
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc"

# Group 1 is what stays: a joiner between two emoji, or the one joiner after a letter of such a script.
_CLEANING = re.compile(
    rf"((?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])|(?<=[{_JOINING}])[\u200c\u200d])"
    rf"|[{_CONTROL}{_HIDDEN}]"
    rf"|(?<=[{_SELECTORS}])[{_SELECTORS}]"  # more than one on a letter carries data, not a look
)
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")


def check_question(text: str) -> Verdict:
    """Clean a question and say whether it can be asked: not when it is empty or over `LIMIT` characters."""
    lines = _LINE_END.sub("\n", text)
    seen = _CLEANING.sub(r"\1", lines)
    clean = unicodedata.normalize("NFC", seen).strip()
    if not clean:
        why = "There is no question yet. Please write what you want to know."
        return Verdict(allowed=False, findings=(Finding("question", "empty", why),), text="")
    if len(clean) > LIMIT:
        why = (
            f"Your question has {len(clean):,} characters; the limit is {LIMIT:,}. "
            "Please shorten it, or add the long text as a document and ask about it."
        )
        return Verdict(allowed=False, findings=(Finding("question", "too long", why),), text=clean)
    return Verdict(allowed=True, findings=_removed(len(lines) - len(seen)), text=clean)


def _removed(count: int) -> tuple[Finding, ...]:
    """The finding about hidden characters that were taken out, if any were."""
    if not count:
        return ()
    what = "1 hidden character was" if count == 1 else f"{count:,} hidden characters were"
    return (Finding("question", "hidden characters", f"{what} taken out of the question. Nothing to do."),)
