"""Postal addresses: streets with a house's number in the ways of many countries, post boxes, towns with a postcode."""

import re
from collections.abc import Iterator

from guards.personal.seen import Seen, holds, near_digits

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w'’.-]{{0,30}}"
_NUMBER = r"\d{1,5}(?:[-/]\d{1,4})?[A-Za-z]?"
_KIND_BEHIND = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Ter|Close|Crescent|"
    r"Cres|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|Row|Mews|Gardens|Grove|Hill|Green|Walk|Quay|Alley|Loop|Path|Pike|Rise|View)"
)
_KIND_IN = (
    r"(?i:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|gade|vej|vænget|gata|gatan|gate|vägen|vei|veien|laan|straat|plein|gracht|"
    r"singel|kade|katu|kuja|tie|polku|stræde|allé)"
)
_KIND_BEFORE = (
    r"(?:Rue|Avenue|Av\.|Boulevard|Place|Quai|Chemin|Impasse|Allée|Via|Viale|Piazza|Corso|Largo|Vicolo|Calle|C/|Avenida|Avda\.?|Plaza|"
    r"Paseo|Camino|Rua|Travessa|Praça|Estrada|Ulica|ul\.|Ulitsa|Jalan|Jl\.)"
)
_KIND_FRENCH = r"(?i:rue|avenue|boulevard|place|quai|chemin|impasse|allée)"
_UNIT = r"(?:,?[ \n]{1,8}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|#)\.? ?#?\d{1,5}[A-Za-z]?)"
_UNIT_BEFORE = r"(?:(?:Apt|Apartment|Suite|Unit|Flat)\.? ?\d{1,5}[A-Za-z]?,? )?"
_FEW = rf"{_WORD}(?: {_WORD}){{0,3}}"
_LINK = r"(?:(?:de la|de|del|della|du|des|da|do|dos|di|d'|l') ?)?"
_STATE = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|"
    r"W[AVIY])"
)
_HOUSE = r"(?!(?:19|20)\d\d)\d{1,4} ?[A-Za-z]?(?!\w)"
# What these cannot do without.
_IN = (
    "strasse", "straße", "str.", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer", "gade", "vej", "vænget",
    "gat", "väg", "vei", "laan", "straat", "plein", "gracht", "singel", "kade", "katu", "kuja", "tie", "polku",
    "stræde", "allé",
)  # fmt: skip
_BEFORE = (
    "rue", "av", "boulevard", "plac", "quai", "chemin", "impasse", "allée", "via", "piazza", "corso", "largo", "vicolo",
    "calle", "c/", "plaza", "paseo", "camino", "rua", "travessa", "praça", "estrada", "ul", "jalan", "jl.",
)  # fmt: skip
_FORMS: tuple[tuple[str, float, tuple[str, ...]], ...] = (  # with words of which each needs one, in small letters
    (
        rf"(?<![\w.,$€£-]){_NUMBER},? (?:(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{_KIND_BEHIND}\b\.?{_UNIT}?",
        0.85,
        (),
    ),
    (rf"(?<!\w){_UNIT_BEFORE}(?:{_NUMBER} )?{_CAPITAL}[\w'’-]{{1,40}}?{_KIND_IN} {_HOUSE}{_UNIT}?", 0.8, _IN),
    (
        rf"(?<!\w){_CAPITAL}\w{{1,30}} (?:Strasse|Straße|Str\.|Weg|Platz|Allee|Ring|Damm) {_HOUSE}{_UNIT}?",
        0.85,
        ("stra", "str.", "weg", "platz", "allee", "ring", "damm"),
    ),
    (rf"(?<!\w)(?:{_NUMBER},? )?{_KIND_BEFORE} {_LINK}{_FEW},? (?:n[°º.] ?)?\d{{1,5}}(?!\w){_UNIT}?", 0.8, _BEFORE),
    (rf"(?<![\w.,])\d{{1,4}}(?: bis| ter)?,? {_KIND_FRENCH} {_LINK}{_FEW}", 0.85, _BEFORE),
    (
        r"(?<!\w)(?i:P\.? ?O\.? ?Box|Postfach|Postbus|Apartado|Boîte postale|BP) \d{1,7}(?!\w)",
        0.85,
        ("box", "post", "apartado", "bp"),
    ),
    (r"(?<!\w)PSC \d{1,5},? Box \d{1,6}(?:\s{1,3}APO [A-Z]{2} \d{5})?", 0.9, ("psc",)),
    (r"(?<!\w)(?:Apt|Apartment|Suite|Unit|Flat)\.? ?#?\d{1,5}[A-Za-z]?(?!\w)", 0.6, ("ap", "suite", "unit", "flat")),
    (r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?!\w)", 0.8, ()),  # a postcode of the United Kingdom
    (r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d(?!\w)", 0.8, ()),  # of Canada
    (rf"(?<!\w){_WORD}(?: {_WORD}){{0,2}}, {_STATE} \d{{5}}(?:-\d{{4}})?(?!\w)", 0.85, (", ",)),
    (
        r"(?<!\w)(?i:address(?:es)?)(?!\w)[^\d\n]{0,30}(?::|\bis)\s{1,6}"
        rf"(?P<part>{_NUMBER} (?:{_WORD}|\d{{1,5}})(?: (?:{_WORD}|\d{{1,5}})){{0,6}})",
        0.7,
        ("address",),
    ),
    (
        r"(?i:(?<!\w)(?:zip|zip code|postal code|postcode|plz)(?: is| ist)?:?) (?P<part>\d{4,6}(?:-\d{3,4})?)(?!\w)",
        0.8,
        ("zip", "postal code", "postcode", "plz"),
    ),
)
_PATTERNS = tuple((re.compile(form), sure, needs) for form, sure, needs in _FORMS)


def addresses(text: str) -> Iterator[Seen]:
    """Parts of addresses: each line of one is a finding of its own."""
    parts = list(near_digits(text, least=1, before=70, after=100))
    patterns = [one for one in _PATTERNS if not one[2] or holds(text, one[2])] if parts else []
    for part in parts:
        for pattern, sure, _ in patterns:
            for found in pattern.finditer(text, *part):
                start, end = found.span("part") if "part" in pattern.groupindex else found.span()
                yield Seen("address", start, end, sure, "It has the form of a postal address.")
