"""Payment cards, IBANs and numbers that the text calls an account's."""

import re
from collections.abc import Iterator

from guards.personal.checksums import is_card, is_iban, is_issued
from guards.personal.seen import Seen, digits, holds, says, words

_CARD = re.compile(r"(?<![\w.,/-])\d(?:[ -]?\d){11,18}(?![\w]|[.,/-]\d)")
_CARD_WORDS = words(
    "cards?", "credit", "debit", "visa", "mastercard", "maestro", "amex", "american express", "pan", "cvv",
    "kreditkarte", "karte", "kartennummer", "carte", "tarjeta", "carta", "cartão", "kaart",
)  # fmt: skip
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![^\W_])")
_SHORTEST = 15  # characters of an IBAN: Norway's
_IBAN_WORDS = words("ibans?")
_CALLS = (  # what _LABELLED cannot do without
    "account", "acct", "routing", "sort code", "konto", "bankleitzahl", "blz", "compte", "cuenta", "conto", "rekening",
)  # fmt: skip
_LABELLED = re.compile(
    r"(?<!\w)(?:account|acct|routing|sort code|kontonummer|konto|bankleitzahl|blz|compte|cuenta|conto|rekening)\.?"
    r"(?: ?(?:number|numbers|no|num|nr|n°|#|like|details|is|are)\b\.?){0,3}"
    r"[ :#='\"“‘(-]{0,4}(?P<number>(?=[\w-]{0,20}\d{4})[A-Za-z0-9](?:[A-Za-z0-9-]{4,28}[A-Za-z0-9]))(?!\w)",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Seen]:
    """Numbers of payment cards; one with a wrong check digit only where the text calls it a card's."""
    for found in _CARD.finditer(text):
        number = digits(found[0])
        called = says(_CARD_WORDS, text, found.start())
        if is_card(number) and (_is_grouped(found[0]) or called):
            sure = 1.0 if called else 0.9
            yield Seen(
                "card", found.start(), found.end(), sure, "It is a payment card's number: its check digit is right."
            )
        elif called and (is_issued(number) or len(number) >= 13):
            yield Seen("card", found.start(), found.end(), 0.7, "The text calls it the number of a card.")


def _is_grouped(number: str) -> bool:
    """Whether a number is written like a card's: in one piece, or in groups of three to seven digits."""
    groups = re.split("[ -]", number)
    return len(groups) == 1 or all(3 <= len(group) <= 7 for group in groups)


def ibans(text: str) -> Iterator[Seen]:
    """Account numbers whose remainder of 97 is right, or that the text calls an IBAN."""
    for found in _IBAN.finditer(text):
        end = _iban_end(found[0])
        if end:
            yield Seen("IBAN", found.start(), found.start() + end, 1.0, "It is an IBAN: its check digits are right.")
        elif says(_IBAN_WORDS, text, found.start(), within=20):
            said = re.match(r"[A-Za-z]{2}\d{2}[ -]?[A-Z0-9 -]*[A-Z0-9]", found[0])
            if said and len(said[0]) >= _SHORTEST:
                yield Seen("IBAN", found.start(), found.start() + said.end(), 0.7, "The text calls it an IBAN.")


def _iban_end(said: str) -> int:
    """Where the IBAN at the start of a text ends; 0: there is none. Words may follow it."""
    ends = [len(said), *(gap.start() for gap in re.finditer("[ -]", said))]
    for end in sorted(ends, reverse=True):
        number = said[:end].replace(" ", "").replace("-", "")
        if len(number) >= _SHORTEST and is_iban(number):
            return end
    return 0


def accounts(text: str) -> Iterator[Seen]:
    """Numbers that the text calls an account's. They have no common form."""
    for found in _LABELLED.finditer(text) if holds(text, _CALLS) else ():
        start, end = found.span("number")
        yield Seen("bank account", start, end, 0.75, "The text calls it the number of an account.")
