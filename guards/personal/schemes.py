"""The numbers by which states know a person: their forms, checks, and the words that name them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guards.personal.seen import words

_OPEN = r"(?<![\w.,/+-])"
_SHUT = r"(?![\w]|[.,/-]\d)"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A number's form and python-stdnum's check of it; `alone` is how sure it is where no word names it."""

    of: str
    form: re.Pattern[str]
    check: str
    alone: float
    called: re.Pattern[str]


# Country, check, form, how sure alone, words. The fourth follows from how many chance numbers pass: one in ten of any
# eleven digits is no finding, one in ten thousand is one.
_TABLE: Sequence[tuple[str, str, str, float, str]] = (
    ("the USA", "us.ssn", r"\d{3}-\d\d-\d{4}", 0.9, "ssn|social security"),
    ("the USA", "us.ssn", r"\d{9}|\d{3} \d\d \d{4}", 0.2, "ssn|social security(?: number)?"),
    ("the USA", "us.itin", r"9\d\d-\d\d-\d{4}", 0.9, "itin"),
    ("the UK", "", r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]", 0.85, "nino|national insurance|ni"),
    ("the UK", "gb.nhs", r"\d{3}[ -]?\d{3}[ -]?\d{4}", 0.3, "nhs|patient"),
    ("France", "fr.nir", r"[1278] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d", 0.9, "nir"),
    ("Italy", "it.codicefiscale", r"(?i:[A-Z]{6}[\dL-V]{2}[A-T][\dL-V]{2}[A-Z][\dL-V]{3}[A-Z])", 0.98, "codice"),
    ("Spain", "es.dni", r"(?i:\d{8}[ -]?[A-Z])", 0.85, "dni|nif"),
    ("Spain", "es.nie", r"(?i:[XYZ][ -]?\d{7}[ -]?[A-Z])", 0.85, "nie"),
    ("Germany", "de.idnr", r"\d\d \d{3} \d{3} \d{3}", 0.8, r"steuer\w{0,30}|idnr"),
    ("Germany", "de.idnr", r"\d{11}", 0.3, r"steuer\w{0,30}|idnr|tax(?:payer)? (?:id|number)|tin"),
    ("the Netherlands", "nl.bsn", r"\d{9}|\d{4}[. ]\d\d[. ]\d{3}", 0.2, r"bsn|burgerservicenummer|sofi\w{0,9}"),
    ("Poland", "pl.pesel", r"\d{11}", 0.6, "pesel"),
    ("Sweden", "se.personnummer", r"(?:19|20)?\d{6}[-+]\d{4}", 0.9, "personnummer"),
    ("Sweden", "se.personnummer", r"(?:19|20)?\d{10}", 0.2, "personnummer"),
    ("Brazil", "br.cpf", r"\d{3}\.\d{3}\.\d{3}-\d\d", 0.97, "cpf"),
    ("Brazil", "br.cpf", r"\d{11}|\d{9}-\d\d", 0.3, "cpf"),
    ("India", "in_.aadhaar", r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", 0.85, "aadh?aa?r"),
    ("India", "in_.aadhaar", r"[2-9]\d{11}", 0.3, "aadh?aa?r|uidai"),
    ("India", "in_.pan", r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", 0.8, "pan"),
    ("Canada", "ca.sin", r"\d{3}[ -]\d{3}[ -]\d{3}|\d{9}", 0.3, "sin|social insurance"),
    ("Australia", "au.tfn", r"\d{3} ?\d{3} ?\d{2,3}", 0.2, "tfn|tax file"),
    ("Belgium", "be.nn", r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", 0.95, r"rijksregister\w{0,9}"),
    ("Switzerland", "ch.ssn", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d", 0.95, "ahv|avs"),
    ("Denmark", "dk.cpr", r"\d{6}-\d{4}", 0.7, "cpr"),
    ("Finland", "fi.hetu", r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", 0.9, "hetu|henkilötunnus"),
    ("Norway", "no.fodselsnummer", r"\d{6} ?\d{5}", 0.6, "f[øo]dselsnummer"),
    ("Portugal", "pt.nif", r"\d{3} ?\d{3} ?\d{3}", 0.2, "nif|contribuinte"),
    ("Mexico", "mx.curp", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d", 0.98, "curp"),
    ("Chile", "cl.rut", r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", 0.9, "rut|run"),
    ("Turkey", "tr.tckimlik", r"[1-9]\d{10}", 0.4, "kimlik|tckn"),
    ("South Africa", "za.idnr", r"\d{6} ?\d{4} ?\d{3}", 0.5, "id|identity"),
    ("Korea", "kr.rrn", r"\d{6}-\d{7}", 0.85, "rrn|resident"),
    ("China", "cn.ric", r"[1-9]\d{16}[\dX]", 0.9, "identity|身份证"),
)
_ALL = tuple(
    Scheme(country, re.compile(f"{_OPEN}(?:{form}){_SHUT}"), check, alone, words(called))
    for country, check, form, alone, called in _TABLE
)
_FEW_DIGITS = ("in_.pan",)
# By how many digits a number has at least: where a text has fewer, nobody need look.
SCHEMES: Mapping[int, Sequence[Scheme]] = {
    4: [scheme for scheme in _ALL if scheme.check in _FEW_DIGITS],
    6: [scheme for scheme in _ALL if scheme.check not in _FEW_DIGITS],
}
