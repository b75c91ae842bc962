"""The language of a text, as far as its script and its commonest words tell; None where they do not.

The word lists are each language's commonest function words, without those that are as common in another of the
lists' languages. A few sentences are enough for them; names, figures and code say nothing.
"""

import re
import unicodedata
from collections import Counter

_STOPS = {
    "en": """a about after all also an and any are as at be because been before being between both but by can could
        did do does during each either even ever every for from had has have he her here his how i if in into is
        it its just may more most must my no not of on once only or other our out over she should so some such
        than that the their them then there these they this those through to under until up us was we were what
        when where which while who whom why will with would you your""",
    "de": """aber alle als am an auch auf aus bei beim bis da damit dann das dass dem den der des die dies diese
        diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er es für gibt habe haben hat
        ich ihr ihre im ist ja jede jeden jeder kann kein keine können man mehr mit muss müssen nach nicht noch nur
        oder ob ohne sein sehr sich sie sind so soll sowie über um und uns unter vom von vor was welche welcher
        welches wenn wer werden wie wieviel viele viel wir wird wo worden wurde wurden zu zum zur zwischen""",
    "fr": """alors au aucun aussi autre aux avec avoir ce ces cet cette chaque comment combien dans de des donc du
        elle elles en est et être fait il ils je jusqu la le les leur leurs lors lorsque mais même ne ni nos notre
        nous on ont ou où par pas pendant peut peuvent plus pour pourquoi quand que quel quelle quelles quels qui
        sans sera ses si son sont sous sur tous tout toute toutes très un une vos votre vous y""",
    "es": """al algo ante antes como cómo con cuál cuáles cuándo cuánto cuántos cuántas cuando de del desde donde
        dónde durante el ella ellos en entre es esta está están este esto estos fue ha hace han hasta hay la las le
        les lo los más mi muy ni no nos o para pero por porque puede pueden qué que quién quien se según ser si sin
        sobre son su sus también tiene tienen todo todos un una uno unos y ya""",
    "it": """al alla alle anche che chi ci come con cosa cui da dal dalla dalle dei del della delle dello di dove
        due e è essere gli ha hanno i il in la le lo loro ma nei nel nella nelle non o ogni per perché più può
        possono quale quali quando quanto quanti quante questa queste questi questo sarà se senza si sia solo sono
        su sua sul sulla suo tra tutti tutto un una uno viene vengono""",
    "pt": """a ao aos as até com como da das de deve do dos e é ela ele em entre era essa esse esta está este foi
        há isso já mais mas muito na não nas nem no nos o os ou para pela pelas pelo pelos pode podem por porque
        qual quais quando quanto quantos quantas que quem são se sem ser seu seus sob sobre sua suas também tem têm
        todos um uma você""",
    "nl": """aan al alle als bij dan dat de deze die dit door een en er geen had heb hebben heeft het hij hoe
        hoeveel hun ik in is je kan kunnen maar meer men met mijn moet moeten na naar niet nog of om omdat onder ons
        onze ook op over te tot u uit uw van veel voor waar waarom wanneer was wat we welk welke werd wie wij worden
        wordt zal ze zich zij zijn zo zonder""",
    "sv": """alla att av blir de den denna det detta dig din dock du där efter eller ett en finns från får för
        ha hade han har hon hur här i icke ingen inte jag kan man med men mellan mot måste ni nu när och om på
        samt sedan sig ska som till under upp ut utan vad var varje vem vi vid vilka vilken vilket är över""",
    "pl": """a ale bez być czy dla do gdy gdzie go i ich ile jak jaka jakie jaki jako jej jest jeśli już każdy
        kiedy kto która które którego który lub ma mają może można mu na nad nie o od oraz po pod przed przez przy
        się są ten tego tej to tych tylko u w we wraz z za ze że""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _STOPS.items()}
NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "el": "Greek",
    "he": "Hebrew", "ar": "Arabic", "fa": "Persian", "hi": "Hindi", "th": "Thai", "ko": "Korean", "ja": "Japanese",
    "zh": "Chinese",
}  # fmt: skip
# What a script, by the first word of its characters' names, is written by here; scripts of many languages ask further.
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "THAI": "th",
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
}  # fmt: skip
_UKRAINIAN, _PERSIAN = re.compile("[іїєґ]", re.I), re.compile("[پچژگک]")
_WORD = re.compile(r"[^\W\d_]+")
_NO_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|[“\"«„][^”\"»“]{0,400}[”\"»“]", re.DOTALL)
FEWEST = 3  # function words of a language: fewer are chance
LEAD = 1.5  # times as many as of any other language
LETTERS = 8  # of another script: fewer may be a name


def stop_words(language: str) -> frozenset[str]:
    """The commonest function words of a language; none of those it knows by their script."""
    return _WORDS.get(language, frozenset())


def language(text: str) -> str | None:
    """The code of the language (such as "de"), or None. Quotes and code in it do not count."""
    prose = _NO_PROSE.sub(" ", text)
    foreign = [letter for letter in prose if letter > "\u036f" and letter.isalpha()]
    if len(foreign) >= LETTERS and 3 * len(foreign) > sum(map(str.isalpha, prose)):
        return _by_script(foreign)
    return _by_words(prose)


def _by_script(letters: list[str]) -> str | None:
    scripts = Counter(unicodedata.name(letter, "UNKNOWN").split()[0] for letter in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) // 10:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if 2 * count < len(letters):
        return None
    joined = "".join(letters)
    if script == "CYRILLIC" and _UKRAINIAN.search(joined):
        return "uk"
    if script == "ARABIC" and _PERSIAN.search(joined):
        return "fa"
    return _SCRIPTS.get(script)


def _by_words(text: str) -> str | None:
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = Counter(language for word in words for language, known in _WORDS.items() if word in known)
    best = counts.most_common(2)
    if not best or best[0][1] < FEWEST or 6 * best[0][1] < len(words):
        return None
    return best[0][0] if len(best) == 1 or best[0][1] >= LEAD * best[1][1] else None
