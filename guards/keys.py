"""Keys of an object that are meant though they are called otherwise."""

from collections.abc import Collection, Mapping

Value = Mapping[str, object]


def plain(key: str) -> str:
    """A key without case and signs: `Follow-up questions` and `followUpQuestions` are one."""
    return "".join(letter for letter in key.casefold() if letter.isalnum())


def under(value: Value, name: str, others: Collection[str], repaired: list[str]) -> object:
    """What stands under this key, or under the one other that can be meant; None where nothing does."""
    if name in value:
        return value[name]
    meant = [key for key in value if plain(key) in others]
    if len(meant) != 1:
        return None
    repaired.append("other keys")
    return value[meant[0]]
