"""What a claim is about: the stems of its words, without those that stand with figures of any kind."""

import re
from collections.abc import Sequence

from guards.support.words import stems

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SINCE_NAME = re.compile(r"\b(?:since|as of|from) [A-Z]\w*(?:\s[A-Z]\w*)*(?:\s[\d.]+)?")
PART_OF_NAME = re.compile(
    r"(?:\b(?!(?:EUR|USD|GBP|CHF|About|Around|Nearly|Almost|Some|Only|Over|Within|All|The|For|In|At|By)\b)[A-Z][\w-]*|\b(?:version|number|no\.?|section|chapter|page|phase|level|grade|type|"
    r"firmware|edition|step|article|clause|table|figure|part|quarter|room|line|port))\s+\Z"
)
# They tell nothing of what a figure counts, or stand on one side alone when the same is said in other words.
NEUTRAL = frozenset(
    stem
    for word in """day days week month year hour minute date time calendar number amount rate total period current new
    old make made take takes keep kept get gets cost costs allow allows allowed permit include contain give given be
    become can may must shall should each now since least most also about under term terms policy version as decide
    board item per every once twice currently effective move raise rise increase extend lower cut reduce change
    due""".split()
    for stem in stems(word, "en")
)


NEUTRAL_ELSEWHERE = {
    spoken: frozenset(stem for word in words.split() for stem in stems(word, spoken))
    for spoken, words in (
        ("de", """tag monat woche jahr stunde minute datum zeit anzahl betrag satz höhe aktuell neu alt beträgt betragen
        gilt gelten kostet kosten dauert dauern liegt seit ab laut gemäß jeweils derzeit künftig mal erhöht gesenkt"""),
        ("fr", """jour mois semaine an année heure minute date temps nombre montant taux actuel nouveau ancien est
        coûte coûtent dure durent compte selon depuis partir chaque fois passe passer augmente baisse"""),
        ("es", """día mes semana año hora minuto fecha tiempo número importe tasa actual nuevo antiguo cuesta cuestan
        dura duran según desde partir cada vez pasa sube baja"""),
    )
}  # fmt: skip


def about(text: str, lowered: frozenset[str], spoken: str = "en") -> tuple[frozenset[str], frozenset[str]]:
    """The stems of what is spoken of, and those of them that are names; `lowered` words are none at a beginning.

    German nouns have capitals: no names are known there but those with digits.
    """
    neutral = NEUTRAL_ELSEWHERE.get(spoken, NEUTRAL)
    text = _SINCE_NAME.sub(" ", text)
    found, names = set(), set()
    for at, token in enumerate(_TOKEN.finditer(text)):
        word = token[0]
        if word.isdigit() and not PART_OF_NAME.search(text, max(0, token.start() - 40), token.start()):
            continue
        if word == "May" and spoken == "en":  # a month, though "may" says nothing
            found.add("may")
            names.add("may")
        named = spoken != "de" and word[0].isupper() and (at > 0 or word.casefold() not in lowered)
        for stem in stems(word.replace("-", " "), spoken):
            if stem not in neutral and (len(stem) > 1 or stem.isdigit()):
                found.add(stem)
                if named or any(letter.isdigit() for letter in word):
                    names.add(stem)
    return frozenset(found), frozenset(names)


def lower_words(texts: Sequence[str]) -> frozenset[str]:
    """The words that stand in these texts without a capital."""
    return frozenset(token for text in texts for token in _TOKEN.findall(text) if token[:1].islower())
