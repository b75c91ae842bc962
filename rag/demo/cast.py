"""Who and what demo data stand on: invented people, and two versions of a prompt."""

from datetime import datetime
from hashlib import sha256

from rag import prompting
from rag.demo.handling import analyst
from rag.demo.material import Material
from store.demo import Row

ADDED = "4. When passages disagree"  # the rule that the first version lacks


def reader(number: int) -> str:
    """The id of an invented reader."""
    return f"demo-reader-{number + 1}"


def people(material: Material, count: int, since: datetime) -> list[Row]:
    analysts = [
        {"id": analyst(number), "name": name, "created_at": since} for number, name in enumerate(material.analysts)
    ]
    names = material.readers
    readers = [
        {"id": reader(number), "name": f"{names[number % len(names)]} (demo)", "created_at": since}
        for number in range(count)
    ]
    return analysts + readers


def prompts(first: datetime, second: datetime) -> list[Row]:
    """The app's own prompt as the second version, and without one of its rules as the first."""
    text = prompting.read("answer")
    without = "\n".join(line for line in text.splitlines() if not line.startswith(ADDED))
    return [_prompt(1, without, first), _prompt(2, text, second)]


def _prompt(version: int, text: str, at: datetime) -> Row:
    digest = sha256(text.encode()).hexdigest()
    return {"version": version, "text": text, "content_hash": digest, "created_at": at}
