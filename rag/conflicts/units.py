"""What a figure counts or measures, read from the words beside it."""

import re
from dataclasses import dataclass

from guards.support.words import stems
from rag.conflicts.abroad import PER, TWO, UNIT, UNITS

_CURRENCIES = {"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy"} | {
    one: one for one in ("eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln")
}
_NAMES = {"euro": "eur", "dollar": "usd", "pound": "gbp", "franc": "chf", "yen": "jpy"}
_BEFORE = re.compile(r"(?:([€$£¥])|\b(EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN))\s?\Z")
_SIGN = re.compile(r"\s?(?:(%|per ?cent\b|percent\b)|([€$£¥])|(EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN)\b)", re.IGNORECASE)
_NOUN = re.compile(
    r"[ \u00a0-](?:(?P<kind>working|business|calendar|consecutive|full|whole|square|cubic|unused|further|additional)"
    r"[ -])?(?P<noun>[^\W\d_A-Z][^\W\d_]+)"
)
_MORE = re.compile(r" [^\W\d_A-Z][^\W\d_]+s\b")  # "alarm rules"
_SCALE = re.compile(r"[\s\u00a0-](?:hundred|thousand|million|billion|mn|bn)\b")
_SHORT = re.compile(r"\s?(km|cm|mm|kg|mg|g|m|kB|MB|GB|TB|W|kW|V|mV|A|mA|Hz|kHz|MHz|GHz|°C|°F|h|min|ms|s)\b(?!\.)")
_PER = re.compile(
    r"\s*(?:(?:per|a|an|each|every)\s+|/\s?)(?:calendar\s+|working\s+)?([^\W\d_]+)(?:\s+and\s+([^\W\d_]+))?"
)
_KINDS = frozenset(("working", "business", "square", "cubic"))  # without them it is another unit
_NO_NOUNS = frozenset(
    """and or to of in on at for from by with per the an that which who is are was were has have had be been than as
    times more less most other others such each every when if until since before after under over between up but not
    so then also only any all its their his her this these those there it he she they we you out about into""".split()
)
_TIMES = {"hr": "hour", "h": "hour", "min": "minut", "s": "second", "sec": "second"}
_MONTHS = {"year": 12, "month": 1}
_DAYS = {"week": 7, "day": 1}
_MINUTES = {"hour": 60, "minut": 1}


@dataclass(frozen=True, slots=True)
class Unit:
    """`base` is a currency, "%" or a stem; "" where nothing is told. `factor` turns a figure of it into its base."""

    base: str
    per: str = ""
    factor: int = 1
    end: int = 0  # where its words end in the text

    def fits(self, other: "Unit") -> bool:
        """Whether figures of both can be compared; "a year" or "per seat" may be left out by one of them."""
        return self.base == other.base and (self.per == other.per or not self.per or not other.per)


NONE = Unit("")


def unit_of(text: str, start: int, end: int) -> Unit:
    """The unit of the figure that stands there, behind its "million" where it has one."""
    scale = _SCALE.match(text, end)
    end = scale.end() if scale else end
    if before := _BEFORE.search(text, max(0, start - 5), start):
        return _with_per(text, _CURRENCIES[(before[1] or before[2]).lower()], end)
    if sign := _SIGN.match(text, end):
        base = "%" if sign[1] else _CURRENCIES[(sign[2] or sign[3]).lower()]
        return _with_per(text, base, sign.end())
    if short := _SHORT.match(text, end):
        return _with_per(text, _TIMES.get(short[1], short[1]), short.end())
    if abroad := UNIT.match(text, end):
        two = (abroad["two"] or "").casefold()
        base = TWO.get(two, "work day") if two else UNITS[abroad["one"].casefold()]
        return _with_per(text, base, abroad.end())
    noun = _NOUN.match(text, end)
    if noun is None or noun["noun"] in _NO_NOUNS or noun["noun"].endswith("ly"):
        return NONE
    found = stems(noun["noun"], "en")
    if not found:
        return NONE
    base = _NAMES.get(found[0], found[0])
    kind = noun["kind"] if noun["kind"] in _KINDS else ""
    last = (_MORE.match(text, noun.end()) or noun).end() if not noun["noun"].endswith("s") else noun.end()
    return _with_per(text, f"{kind} {base}".strip(), last)


def _with_per(text: str, base: str, end: int) -> Unit:
    factor = 1
    for scale, name in ((_MONTHS, "month"), (_DAYS, "day"), (_MINUTES, "minut")):
        if base in scale:
            base, factor = name, scale[base]
            break
    per = _PER.match(text, end) or PER.match(text, end)
    if per is None or per[1] in _NO_NOUNS:
        return Unit(base, factor=factor, end=end)
    parts = sorted(stem for word in per.groups() if word for stem in stems(word, "en"))
    return Unit(base, "/".join(parts), factor, per.end())
