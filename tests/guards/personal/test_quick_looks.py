"""Looks that save slow patterns lose nothing: whatever the patterns find alone is found with them."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from guards.personal import births, cards, guard, national, people, postal
from guards.personal.guard import DETECTORS, seen
from guards.personal.seen import folded, holds
from tests.guards.personal.test_detection import FOUND

QUICK = settings(max_examples=150, derandomize=True, database=None, deadline=None)
TEXTS = [text for _, text, *_ in FOUND]
NUMBERS = [
    "4111 1111 1111 1111",
    "078-05-1120",
    "12 March 1980",
    "12345678",
    "41.176.181.243",
    "A1234567",
    "10115",
    "٣١٢",
]
WORDS = [word for text in TEXTS for word in text.split()]
SAID = [
    "Passport no. ", "driver's licence: ", "DL ", "Tax ID ", "PAN ", "Aadhar ", "User id ", "Account number ", "Konto ",
    "born on ", "D.O.B. ", "née ", "nata il ", "Data de nascimento: ", "Name: ", "Hi, I'm ", "Hello I am ", "Author: ",
    "Sincerely,\n", "Je m'appelle ", "P.O. Box ", "Apt. ", "Rue de ", "Main Street ", "Hauptstraße ", "Kirchgasse ",
    "zip code is ", "address: 12 ", "PSC 3, Box ", "Springfield, IL ", "Via Roma, ", "Ulica ", "name on the account? ",
]  # fmt: skip
cased = st.sampled_from(
    [str, str.upper, str.lower, lambda text: text.replace("i", "ı"), lambda text: text.replace("s", "ſ")]
)
pieces = st.one_of(st.sampled_from(SAID), st.sampled_from(NUMBERS), st.sampled_from(WORDS), st.sampled_from(TEXTS))
texts = st.lists(st.builds(lambda case, piece: case(piece), cased, pieces) | st.text(max_size=6), max_size=12).map(
    " ".join
)


@QUICK
@given(texts)
def test_nothing_is_missed(text: str) -> None:
    looks = [patch.object(module, "holds", lambda *_: True) for module in (births, cards, national, people, postal)]
    with patch.object(guard, "_WITHOUT_DIGITS", DETECTORS.values()):
        for look in looks:
            look.start()
        try:
            slowly = seen(text, least=0.0)
        finally:
            for look in looks:
                look.stop()
    assert seen(text, least=0.0) == slowly


def test_small_letters_are_those_that_patterns_take_in_any_case() -> None:
    assert folded("PAſſPORT İD ıBAN \u212aONTO") == "passport id iban konto"
    assert (holds("My TAX", ("tax",)), holds("My fax", ("tax",))) == (True, False)
