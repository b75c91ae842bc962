"""Values taken out of a text for good."""

from guards.personal.hiding import hidden


def test_the_kind_stands_instead_of_the_value():
    assert hidden("To jo@x.example, +44 20 7946 0958.", {"e-mail", "phone"}) == "To [e-mail], [phone]."


def test_other_kinds_stay():
    assert hidden("jo@x.example", {"phone"}) == "jo@x.example"
