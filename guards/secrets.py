"""Keys and passwords of machines: what opens other people's accounts, and belongs in no question and no answer.

Known by the marks their makers give them, so that nothing else is taken for one; the forms are those that the makers
document and that secret scanners such as gitleaks look for.
"""

import re
from collections.abc import Iterator

from guards.guard import Context
from guards.verdicts import Finding

SECRET = "secret key"
WHY = "It holds what looks like a secret key or password. If it is a real one, change it: it may have been seen."

# What it begins with, and what must follow.
_FORMS = (
    (r"sk-(?:proj-|ant-|or-)?", r"[A-Za-z0-9_-]{20,200}"),  # OpenAI, Anthropic, OpenRouter
    (r"(?:sk|rk|pk)_(?:live|test)_", r"[A-Za-z0-9]{16,200}"),  # Stripe
    (r"gh[pousr]_", r"[A-Za-z0-9]{36,255}"),
    (r"github_pat_", r"[A-Za-z0-9_]{40,255}"),
    (r"glpat-", r"[A-Za-z0-9_-]{20,64}"),
    (r"xox[abeoprs]-", r"[A-Za-z0-9-]{10,250}"),  # Slack
    (r"(?:AKIA|ASIA|ABIA|ACCA)", r"[A-Z0-9]{16}"),  # AWS
    (r"AIza", r"[A-Za-z0-9_-]{35}"),  # Google
    (r"hf_", r"[A-Za-z0-9]{30,80}"),  # Hugging Face
    (r"npm_", r"[A-Za-z0-9]{36}"),
    (r"eyJ", r"[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}"),  # JSON Web Token
)
_TOKEN = "|".join(f"{begins}{follows}" for begins, follows in _FORMS)
_KIND = r"(?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----"
_LINES = r"(?:\s{1,4}[A-Za-z0-9+/=]{16,80})*"
_BLOCK = rf"-----BEGIN {_KIND}(?:[^-]{{0,8000}}-----END {_KIND}|{_LINES})"
_IN_ADDRESS = r"(?<=://)[^\s/:@]{1,64}:[^\s/:@]{3,128}(?=@)"
_SECRET = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_TOKEN})|{_BLOCK}|{_IN_ADDRESS}")

# The last word of a text that may still become one: it begins like one, or is itself such a beginning.
_BEGINNINGS = ("sk-", "sk_", "rk_", "pk_", "glpat-", "xox", "AKIA", "ASIA", "ABIA", "ACCA", "AIza", "hf_", "npm_")
_BEGINNINGS_TOO = ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "eyJ")
_LAST_WORD = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_.-]{1,8000}\Z")
_ADDRESS = re.compile(r"://[^\s/@]{0,200}\Z")
_OPEN_BLOCK = re.compile(
    r"-{1,5}\Z|-----B[A-Z ]{0,40}-{0,4}\Z|-----BEGIN [A-Z ]{0,40}-----[^-]{0,8000}-{0,5}(?:END[A-Z -]{0,45})?\Z"
)


class Secrets:
    """Finds keys and passwords of machines."""

    name = "secrets"

    def find(self, text: str, context: Context) -> Iterator[Finding]:  # noqa: ARG002
        for found in _SECRET.finditer(text):
            yield Finding(self.name, SECRET, WHY, found.span())

    def forming(self, text: str, context: Context) -> int:  # noqa: ARG002
        starts = [found.start() for pattern in (_ADDRESS, _OPEN_BLOCK) if (found := pattern.search(text))]
        word = _LAST_WORD.search(text)
        if word and any(_begins(word[0], mark) for mark in (*_BEGINNINGS, *_BEGINNINGS_TOO)):
            starts.append(word.start())
        return min(starts, default=len(text))


def _begins(word: str, mark: str) -> bool:
    return word.startswith(mark) or mark.startswith(word)
