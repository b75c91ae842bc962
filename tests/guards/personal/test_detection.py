"""What is seen as personal data, and what is not."""

import random
from itertools import pairwise

import pytest

from guards.guard import NOTHING_ELSE, Context
from guards.personal.guard import PersonalData, seen

FOUND = [
    ("e-mail", "Write to jo.smith+team@mail.example.co.uk today.", "jo.smith+team@mail.example.co.uk"),
    ("e-mail", "Reach jo [at] example [dot] org.", "jo [at] example [dot] org"),
    ("e-mail", "(mailto:müller@straße.example)", "müller@straße.example"),
    ("phone", "Ring +44 20 7946 0958 at noon.", "+44 20 7946 0958"),
    ("phone", "Fax +46 (0)8 928 571 38.", "+46 (0)8 928 571 38"),
    ("phone", "His line is (415) 555-2671.", "(415) 555-2671"),
    ("phone", "Téléphone : 01 23 45 67 89", "01 23 45 67 89"),
    ("phone", "Call 030/123456 for a table.", "030/123456"),
    ("phone", "Mobile: 5403926876", "5403926876"),
    ("phone", "737 219 628-Office", "737 219 628"),
    ("card", "Card 4111 1111 1111 1111 was used.", "4111 1111 1111 1111"),
    ("card", "It ends: 378282246310005.", "378282246310005"),
    ("card", "My card number is 4111 1111 1111 1112.", "4111 1111 1111 1112"),
    ("IBAN", "Pay to GB29 NWBK 6016 1331 9268 19 AND wait", "GB29 NWBK 6016 1331 9268 19"),
    ("IBAN", "de89370400440532013000", "de89370400440532013000"),
    ("bank account", "The bank account number 3847283911 is hers.", "3847283911"),
    ("IP address", "It came from 41.176.181.243.", "41.176.181.243"),
    ("IP address", "over 2001:db8::8a2e:370:7334 tonight", "2001:db8::8a2e:370:7334"),
    ("date of birth", "She was born on 12 March 1980 in Ghent.", "12 March 1980"),
    ("date of birth", "DOB: 1980-03-12", "1980-03-12"),
    ("name", "Please ask Dr. Amara Okafor.", "Amara Okafor"),
    ("name", "My name is Ødger", "Ødger"),
    ("name", "We met Claudia van der Berg there.", "Claudia van der Berg"),
    ("address", "They live at 12 Elm Tree Road, Apt. 4.", "12 Elm Tree Road, Apt. 4"),
    ("address", "Er wohnt Lindenstraße 5a in Bern.", "Lindenstraße 5a"),
    ("address", "au 12 bis, rue de la Paix", "12 bis, rue de la Paix"),
    ("address", "in Via Garibaldi 12.", "Via Garibaldi 12"),
    ("address", "P.O. Box 336", "P.O. Box 336"),
    ("address", "near SW1A 1AA now", "SW1A 1AA"),
    ("address", "Springfield, IL 62704", "Springfield, IL 62704"),
]
# Examples of the numbers' own publishers, or made up with right check digits.
NATIONAL = [
    "Her SSN is 536-90-4399.",
    "Insured as AB 12 34 56 C.",
    "NHS number 943 476 5870",
    "2 95 10 99 126 111 93",
    "RCCMNL83S18D969H",
    "DNI 54362315K",
    "X-2482300W",
    "IdNr. 36 574 261 809",
    "Steuer-ID 36574261809",
    "BSN 111222333",
    "PESEL 44051401359",
    "880320-0016",
    "390.533.447-05",
    "2341 2341 2346",
    "ACUPA7085R",
    "SIN 123-456-782",
    "85.07.30-033.28",
    "756.9217.0769.85",
    "CPR 211062-5629",
    "131052-308T",
    "fødselsnummer 15108695088",
    "BOXW310820HNERXN09",
    "12.531.909-2",
    "kimlik 17291716060",
    "ID 7503305044089",
    "971013-9019902",
    "360426199101010071",
    "Passport number QX2019843",
    "his driver's license number is F162823540116",
]
NOTHING = [
    "backlog by segment as of october 27, 2013 and october 28, 2012: 72699 | 54163 | 74843 | 60786",
    "revenue | $403.3\n13.1\n9.9 | -2.4 (2.4) | +12.5 13.5 14.2",
    "Version 10.2.14.3 came out; see section 4.1.2.3 and 127.0.0.1.",
    "Between 1964 and 1973, 97 of 253 episodes of 2003-2004 2005-2006.",
    "On 2018-01-14 03:07:43 and from 12:34:56 to 12.34.56",
    "The order 4111 1111 1111 1112 and the part 123-45-678.",
    "Call std::move(a::b) or @decorator, mail@ or user@host.",
    "ISBN 978-3-16-148410-0, DOI 10.1000/182, 1e10 and 3.14159265358979",
    "Tesla was born on 10 July 1856.",
    "How do I set my API key? My account number field is empty.",
    "The Annual Report names the Human Resources Department and Ann Arbor.",
    "During 2003 and Spring 2017 the Ring 12 times.",
    "000-12-3456 and 666-12-3456 are given to nobody.",
]


@pytest.mark.parametrize(("kind", "text", "value"), FOUND)
def test_is_found_where_it_stands(kind, text, value):
    found = [(one.kind, text[one.start : one.end]) for one in seen(text)]
    assert (kind, value) in found


@pytest.mark.parametrize("text", NATIONAL)
def test_numbers_of_states_are_found(text):
    assert [one.kind for one in seen(text)] == ["national id"]


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_and_words_of_other_kinds_are_left_alone(text):
    assert [(one.kind, text[one.start : one.end]) for one in seen(text)] == []


@pytest.mark.parametrize(
    "text", ["943 476 5871", "RCCMNL83S18D969A", "54362315A", "390.533.447-06", "2341 2341 2345", "880320-0017"]
)
def test_a_wrong_check_digit_makes_it_another_number(text):
    assert "national id" not in {one.kind for one in seen(text)}


def test_places_do_not_overlap():
    text = "Card 4111 1111 1111 1111, call 4111 1111 1111 or mail a@b.example, Dr. Jo Doe jo@b.example"
    found = seen(text)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_finding_says_what_where_and_why():
    found = list(PersonalData().find("Mail jo@x.example", NOTHING_ELSE))
    assert [(one.guard, one.what, one.where) for one in found] == [("personal", "e-mail", (5, 17))]
    assert "form of an e-mail" in found[0].why


def test_only_the_kinds_that_are_asked_for_are_found():
    text = "Mail jo@x.example or ring +44 20 7946 0958"
    assert [one.what for one in PersonalData({"phone"}).find(text, NOTHING_ELSE)] == ["phone"]


def test_what_stands_in_the_passages_is_known():
    context = Context(question="Is it jo@x.example?", passages=("Ring +44 20 7946 0958.",))
    text = "JO@X.example, +44 20 7946 0958 and al@x.example"
    assert [text[slice(*one.where)] for one in PersonalData().find(text, context)] == ["al@x.example"]


PIECES = ["1", "1 ", "+1", "(", "0 1", "Aa ", "A. ", "a@", ".a", "GB29 1111 ", "4111 ", "call ", "born ", "born 1/1/"]
PIECES += ["account ", "address: 1 1 ", "12 Aa ", "Rue de ", "Mr. Aa ", "my name is ", "::1:", "\n", " [at] ", "ß", "١"]


@pytest.mark.parametrize("seed", range(30))
def test_hostile_texts_take_no_longer_than_others(seed):
    """A pattern that goes back over what it has read would not come to an end on these."""
    draw = random.Random(seed)
    unit = "".join(draw.choice(PIECES) for _ in range(1 + seed % 4))
    text = unit * (8000 // len(unit))
    assert all(0 <= one.start < one.end <= len(text) for one in seen(text, least=0.0))


def test_a_number_that_the_library_stumbles_over_is_none():
    assert seen("110001199001011231") == []


SIGNS = ["0123456789", "٠١٢٣٤", "０１２", "𝟎²", "ABXYZ", "abc", "éßİſK", " ", "-./+@:()", "\n\\\"'’", "\x00\ud800😀"]


@pytest.mark.parametrize("seed", range(10))
def test_no_text_is_too_strange(seed):
    draw = random.Random(seed)
    for _ in range(40):
        text = "".join(draw.choice(draw.choice([*SIGNS, *PIECES])) for _ in range(draw.randint(1, 80)))
        assert all(0 <= one.start < one.end <= len(text) for one in seen(text, least=0.0))
