"""Other words for the same question, where nothing else can be meant: "the notice period" is how long the notice is."""

import re

from rag.retrieval.terms import stem

_ALIKE = (
    "cost price charge fee|begin start commence began begun|end finish|buy purchase bought|holiday vacation|"
    "employee staff worker|telephone phone|allow permit|maximum max|minimum min|mail email|big large|biggest largest|"
    "quick fast|company firm|car automobile|ill sick|illness sickness|kid child children|area region|"
    "called named known|reimburse refund|forbidden prohibited|repair fix|delete remove|help assist|movie film|"
    "policy rule|client customer|vendor supplier|screen monitor|laptop notebook|bike bicycle|lift elevator|"
    "trip journey|choose select chosen chose|answer reply|error mistake|photo picture|information info|"
    # forms that a stemmer does not know
    "pay paid|make made|send sent|keep kept|sell sold|give given gave|take taken took|tell told|write written wrote|"
    "hold held|lose lost|find found|build built|bring brought|teach taught|meet met|drive driven drove|show shown|"
    "spend spent|hide hidden|break broken broke|speak spoken spoke|wear worn wore|grow grown grew|hear heard"
)
ALIKE = {stem(word): stem(group.split()[0]) for group in _ALIKE.split("|") for word in group.split()}
_PRONOUNS = frozenset("it its they them their theirs he him his she her hers".split())
_ABOUT = re.compile(r"(?:how|what) about\b", re.IGNORECASE)
_NOUNS = r"(?:(?!(?:in|for|of|on|at|during|with|by|to|after|before|and|or)\b)[\w-]+ ){0,3}"
_NAMED = rf"^what(?:'s| is| are) (?P<whose>the|our|my|your) (?P<what>{_NOUNS}"
_ENDS = r"(?=\s*$| (?:for|of|in|on|per|to|at|from|with|without|when|if)\b)"
_PERIOD = re.compile(rf"{_NAMED}[\w-]+) (?:period|duration)\b{_ENDS}", re.IGNORECASE)
_LONG = re.compile(rf"^(how long (?:is|are) {_NOUNS}[\w-]+) (?:period|duration)\b{_ENDS}", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"{_NAMED}(?:allowance|limit|price|cost|fee|fine|deposit|bonus|salary|wage|budget|discount|reimbursement|refund))\b"
    rf"{_ENDS}",
    re.IGNORECASE,
)
_COSTS = re.compile(r"^(?:what|how much) (?:do|does|will|would) (.+) cost\b", re.IGNORECASE)


def reworded(text: str) -> str:
    """A question for a time or a sum in the words that most people ask it in."""
    text = _COSTS.sub(r"how much is the price of \1", text)
    text = _LONG.sub(r"\1", text)
    text = _PERIOD.sub(r"how long is \g<whose> \g<what>", text)
    return _AMOUNT.sub(r"how much is \g<whose> \g<what>", text)


def leans(text: str) -> bool:
    """Whether a question leans on the talk before it."""
    said = re.findall(r"\w+", text)
    return bool(_ABOUT.match(text)) or any(word.lower() in _PRONOUNS and word != "IT" for word in said)
