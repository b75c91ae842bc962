"""What the good answer is made of: the passages and question of a prompt, and the sentence that fits best."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]
Passage = tuple[int, str]
ParsePassages = Callable[[Sequence[Message]], list[Passage]]

PASSAGE = re.compile(
    r"""<passage(?P<suffix>(?:-[\w-]+)?)\s(?:[^>"]|"[^"]*")*?"""
    r"""\bnumber=(?P<mark>["']?)(?P<number>\d+)(?P=mark)(?:[^>"]|"[^"]*")*>"""
    r"""(?P<text>.*?)</passage(?P=suffix)\s*>""",
    re.DOTALL,
)
QUESTION = re.compile(r"^\s*question:\s*(.+)", re.IGNORECASE | re.MULTILINE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"\w+")


def message_text(message: Message) -> str:
    """The words of one message, whose content is text or a list of parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(part.get("text", "") for part in content)


def find_passages(messages: Sequence[Message]) -> list[Passage]:
    """The passages of the last message that has any (examples and earlier turns may have their own)."""
    for message in reversed(messages):
        found = PASSAGE.finditer(message_text(message))
        if passages := [(int(match["number"]), match["text"].strip()) for match in found]:
            return passages
    return []


def find_question(messages: Sequence[Message]) -> str:
    """The last `Question: …` line of the last user message, else that message without its passages."""
    texts = [message_text(message) for message in messages if message.get("role") == "user"]
    outside = PASSAGE.sub(" ", texts[-1]) if texts else ""
    marked = QUESTION.findall(outside)
    return str(marked[-1] if marked else outside).strip()


def closest_sentence(passages: Sequence[Passage], question: str) -> Passage | None:
    """The passage number and sentence sharing most words with the question, long words first, if any."""
    asked = words(question)
    best: tuple[tuple[int, int], Passage | None] = ((0, 0), None)
    for number, text in passages:
        for sentence in sentences(text):
            shared = asked & words(sentence)
            score = (sum(len(word) > 3 for word in shared), len(shared))
            if score > best[0]:
                best = (score, (number, sentence))
    return best[1]


def sentences(text: str) -> list[str]:
    """The sentences of a passage, word for word; fragments such as headings only if there is nothing else."""
    found = [part.strip() for part in SENTENCE_END.split(text) if part.strip()]
    return [part for part in found if len(part.split()) > 3] or found


def words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
