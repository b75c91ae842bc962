"""Sentences that say that the documents hold no answer, in several languages."""

import re
from functools import cache

_SOURCE = (
    r"(?:passages?|documents?|documentation|sources?|texts?|context|excerpts?|materials?|files?|pages?|handbook|manual"
    r"|information)"
)
_THE = rf"(?:the|these|this|those|any of the|none of the|my|your)\b[^.;,]{{0,25}}?\b{_SOURCE}"
_TELL = (
    r"(?:say|said|mention|state|contain|specif|cover|includ|answer|tell|give|address|describe|discuss|explain|hold"
    r"|indicat|provid|reveal|refer|have any|list)"
)
_DE = r"(?:dokument|unterlage|textstelle|passage|quelle|abschnitt|textauszug|text)\w*"
_DE_TELL = r"(?:angab|inform|hinweis|erwähn|genannt|steh|hervor|enth[aä]lt|sagen|sagt|beantwort|geht|gefunden)"
_FORMS = (
    rf"\b{_THE}\b[^.;]{{0,40}}\b(?:do(?:es)?|did)(?: not|n['’]t)\b[^.;]{{0,30}}\b{_TELL}",
    rf"\b{_THE}\b[^.;]{{0,20}}\b(?:contains?|holds?|has|have|gives?|includes?|says?|mentions?) (?:no|nothing)\b",
    rf"\bnone of the\b[^.;,]{{0,20}}\b{_SOURCE}\b[^.;]{{0,20}}\b{_TELL}",
    rf"\b(?:is|are|was|were)(?: not|n['’]t) (?:\w+ ){{0,2}}(?:mentioned|stated|found|given|covered|specified|answered"
    rf"|described|included|said|listed|discussed)\b[^.;]{{0,15}}\b(?:in|by)\b[^.;]{{0,10}}\b{_THE}\b",
    rf"\b(?:there is|i have|i found|i see) (?:no|not enough|insufficient)\b[^.;]{{0,40}}\b(?:in|from|by) {_THE}\b",
    r"\bi (?:could|can|was|am)(?: ?not|n['’]t)(?: able to)? (?:find|locate|answer|tell|say)\b",
    r"\bi did(?: not|n['’]t) find\b",
    r"\bi (?:do|did)(?: not|n['’]t) (?:have (?:any |enough |the |that )?(?:information|details)\b|know the answer)",
    rf"\b(?:can ?not|can['’]t|could not) be (?:answered|found|determined)\b[^.;]{{0,15}}\b{_THE}\b",
    # German, French, Spanish, Portuguese, Italian, Dutch
    rf"\b(?:den|die|der|das|dem|diese[nmrs]?|keine[mr]?)\b[^.;,]{{0,25}}\b{_DE}\b[^.;]{{0,60}}"
    rf"\b(?:nicht|kein\w*|nichts)\b[^.;]{{0,40}}{_DE_TELL}",
    rf"\b(?:den|die|der|das|dem|diese[nmrs]?)\b[^.;,]{{0,25}}\b{_DE}\b[^.;]{{0,15}}{_DE_TELL}\w*[^.;]{{0,40}}"
    r"\b(?:nicht|kein\w*|nichts)\b",
    rf"\b(?:nicht|nichts|keine (?:angabe|information|antwort|hinweis)\w*)\b[^.;]{{0,30}}\b(?:in|aus|zu) d\w+ {_DE}",
    r"\bich (?:konnte|kann|habe)\b[^.;]{0,60}\b(?:nicht finden|nichts gefunden|nicht beantworten"
    r"|keine (?:antwort|angabe|info)\w*)",
    r"\b(?:les?|ces?|aucun)\b[^.;,]{0,20}\b(?:documents?|passages?|extraits?|sources?|textes?)\b[^.;]{0,20}"
    r"\bne\b[^.;]{0,40}\b(?:pas|rien|aucune?)\b|\bje n['’]ai (?:pas|rien) (?:pu )?trouv",
    r"\b(?:el|los|las?|os?|as?)\b[^.;,]{0,15}\b(?:documentos?|pasajes?|fuentes?|textos?|trechos?|passage(?:m|ns)|fontes?)\b"
    r"[^.;]{0,10}\b(?:no|não)\b[^.;]{0,20}\b(?:dice|mencion|contien|indic|inclu|especific|diz|cont[eéê]m|inform)",
    r"\bno (?:pude|he podido) encontr|\bnão (?:encontrei|foi possível encontrar)|\bnon ho trovato",
    r"\b(?:il|i|gli|nessun)\b[^.;,]{0,15}\b(?:document[io]|passagg?i|test[io]|fonti)\b[^.;]{0,10}\bnon\b[^.;]{0,20}"
    r"\b(?:dic|menzion|conten|indic|specific|rispond)",
    r"\b(?:de|deze|het)\b[^.;,]{0,15}\b(?:document\w*|passages?|bronn?\w*|tekst\w*)\b[^.;]{0,40}\b(?:niet|geen|niets)\b"
    r"[^.;]{0,30}(?:vermeld|informatie|gezegd|genoemd|antwoord)|\bik kon\b[^.;]{0,40}\bniet vinden\b",
)


def says_nothing_found(sentence: str) -> bool:
    """Whether a sentence says that the documents do not tell."""
    return bool(_nothing().search(sentence))


@cache
def _nothing() -> re.Pattern[str]:
    """Compiled at the first answer: it takes as long as all other patterns of the guards together."""
    return re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
