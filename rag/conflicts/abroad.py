"""Units and markers in German, French and Spanish, as parts of patterns; none is an English word."""

import re

UNITS = {
    name: unit
    for unit, names in (
        ("day", "tag tage tagen tages jour jours día días dia dias"),
        ("week", "woche wochen semaine semaines semana semanas"),
        ("month", "monat monate monaten monats mois mes meses"),
        ("year", "jahr jahre jahren jahres ans année années año años"),
        ("hour", "stunde stunden heure heures hora horas"),
        ("minut", "minuten minuto minutos"),
        ("person", "personen mitarbeiter mitarbeitende personnes salariés personas empleados"),
        ("work day", "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen"),
        ("eur", "euro euros"),
        ("%", "prozent pourcent"),
    )
    for name in names.split()
}
UNIT = re.compile(
    rf"[ \u00a0\u202f](?:(?P<two>pour cent|por ciento|jours ouvr[ée]s|jours ouvrables|días (?:hábiles|laborables))"
    rf"|(?P<one>{'|'.join(sorted(UNITS, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
TWO = {"pour cent": "%", "por ciento": "%"}  # the others are working days
PER = re.compile(
    r"\s*(?:pro|je|par|por)\s+(?:angefangene[mnrs]?\s+)?([^\W\d_]+)(?:\s+(?:und|et|y)\s+([^\W\d_]+))?", re.IGNORECASE
)
FORMER_BEFORE = (
    "statt|anstatt|anstelle von|bisher|nicht|zuvor|war|waren|au lieu de|était|étaient|en lugar de|en vez de|era|eran"
)
FORMER = "bisher|früher|vormals|zuvor|ehemals|auparavant|autrefois|anteriormente|antiguamente"
PAST = "waren|hatte|hatten|wurde|wurden|betrug|galt|était|étaient|avait|avaient|fut|eran|fue|fueron|había|tenía"
CONDITION = "wenn|falls|sofern|außer|ausgenommen|si|sauf|excepté|excepto|salvo"
MOST = (
    "bis zu|höchstens|maximal|weniger als|unter|innerhalb von|binnen|jusqu['’]à|au plus|moins de|dans les|hasta"
    "|como máximo|menos de"
)
LEAST = "mindestens|mehr als|über|ab|au moins|plus de|al menos|como mínimo|más de"
ROUGH = "etwa|rund|ca\\.|ungefähr|zirka|knapp|environ|près de|unos|unas|aproximadamente|alrededor de|casi"
VALID = "ab(?: dem)?|seit(?: dem)?|vom|à partir du|à compter du|depuis le|a partir del|desde el"
