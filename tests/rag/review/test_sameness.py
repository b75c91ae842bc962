"""Whether two questions ask the same."""

import pytest

from rag.review.forms import formed
from rag.review.sameness import comparable, equal


def both(one: str, other: str) -> tuple[bool, bool]:
    """Whether they are equal in their words, and whether only their meaning could tell them apart."""
    left, right = formed(one), formed(other)
    assert left is not None
    assert right is not None
    return equal(left, right), comparable(left, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much is reimbursed for a hotel night?", "how much is reimbursed for hotel nights"),
        (
            "How much is reimbursed for a hotel night?",
            "Hi, can you tell me how much is reimbursed for a hotel night, please?",
        ),
        ("Why can't I return a lamp?", "why can I not return a lamp"),
        ("What is the hotel limit for 2 nights?", "What's the hotel limit for two nights?"),
        ("Who is the CEO?", "who is the ceo"),
        ("What is the price of a parking space?", "What does a parking space cost?"),
        ("What is the notice period?", "How long is the notice period?"),
        ("What is the meal allowance?", "how much is the meal allowance"),
        ("When was the hotel limit introduced?", "In what year was the hotel limit introduced?"),
    ],
)
def test_the_same_words_in_another_dress_are_equal(one: str, other: str) -> None:
    assert both(one, other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How often are backups made?", "How often do we make backups?"),
        ("How do I refund a customer?", "How is a customer refunded?"),
        ("What is the largest lamp in the warehouse?", "Which is the warehouse's largest lamp?"),
    ],
)
def test_the_same_in_other_words_is_left_to_their_meaning(one: str, other: str) -> None:
    assert both(one, other) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the limit for a hotel night in 2023?", "What is the limit for a hotel night in 2024?"),
        ("What is the refund after 30 days?", "What is the refund after 60 days?"),
        ("Can a lamp be returned?", "Can a lamp not be returned?"),
        ("Which costs are reimbursed?", "Which costs aren't reimbursed?"),
        ("Who pays the hotel night?", "When do you pay the hotel night?"),
        ("How many hotel nights are paid?", "How much is paid for hotel nights?"),
        ("How do I send a lamp from Oslo to Rome?", "How do I send a lamp from Rome to Oslo?"),
        ("Can I cancel an order?", "Can you cancel an order?"),
        ("Can I wear a badge?", "Must I wear a badge?"),
        ("Who is the warehouse manager?", "Who was the warehouse manager?"),
        ("Does Anna report to Ben?", "Does Ben report to Anna?"),
        ("Did Kent beat Surrey?", "Did Surrey beat Kent?"),
        ("Is the refund paid before the lamp arrives?", "Is the refund paid after the lamp arrives?"),
        ("What is the hotel limit?", "What is the maximum hotel limit abroad?"),
        ("What is the minimum age?", "What is the maximum age?"),
        ("Are returns of used lamps free?", "Are returns of unused lamps free?"),
        ("How is the lamp switched on?", "How is the lamp switched off?"),
        ("What are the business hours here?", "What are the busy hours here?"),
        ("Which import duty is paid?", "Which important duty is paid?"),
        ("What may be above 0 degrees?", "What may be above -1 degrees?"),
    ],
)
def test_what_an_embedding_hardly_sees_tells_them_apart(one: str, other: str) -> None:
    assert both(one, other) == (False, False)


@pytest.mark.parametrize("question", ["How much is it?", "When do they arrive?", "Where is her desk?", "", "??"])
def test_what_leans_on_the_talk_is_like_nothing(question: str) -> None:
    assert formed(question) is None


def test_it_with_capitals_is_a_department() -> None:
    assert formed("What does IT support?") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the US tax rate?", "What is our tax rate?"),
        ("What is the US holiday allowance?", "What is the holiday allowance?"),
        ("what is the us holiday allowance", "what is the holiday allowance"),
        ("Who runs IT support?", "Who runs support?"),
        ("Who can use the WHO form?", "Who can use the form?"),
        ("Can I see your files?", "Can you see my files?"),
        ("How do I return an item to you?", "How do you return an item to me?"),
        ("Do we pay customers?", "Do customers pay us?"),
        ("Who pays me?", "Who do I pay?"),
        ("Is the limit $50 per night?", "Is the limit €50 per night?"),
        ("Is the fee 50% of the price?", "Is the fee 50 of the price?"),
        ("What does version 1.2 fix?", "What does version 1.20 fix?"),
        ("What is the price of C?", "What is the price of C++?"),
        ("How is C# used?", "How is C used?"),
    ],
)
def test_what_words_leave_out_tells_questions_apart(one: str, other: str) -> None:
    assert both(one, other) == (False, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # who does it, and to whom
        ("Who pays the landlord?", "Who does the landlord pay?"),
        ("Whom does Anna help?", "Who helps Anna?"),
        ("who can anna sign for", "who can sign for anna"),
        ("What causes rust?", "What does rust cause?"),
        ("Can my wife use my car?", "Can I use my wife's car?"),
        ("Can customers see our prices?", "Can we see customers' prices?"),
        ("Can I cancel my order?", "Can I cancel your order?"),
        ("When is the customer paid?", "When does the customer pay?"),
        ("How is Anna informed?", "How does Anna inform?"),
        ("Which car does the boss drive?", "Which boss does the car drive?"),
        # names
        ("What is Mark's number?", "What is the mark number?"),
        ("When can I see Bill?", "When can I see the bill?"),
        ("Is plan A allowed?", "Is a plan allowed?"),
        # time spans, places in a row, duties
        ("Can I take leave for 3 months?", "Can I take leave in 3 months?"),
        ("What happens in one second?", "What happens in the first second?"),
        ("Do I have to work abroad?", "Can I work abroad?"),
        # small words
        ("Do a few people use the lamp?", "Do few people use the lamp?"),
        ("Is tea or coffee free?", "Is tea and coffee free?"),
        ("Is anyone but Anna allowed to sign?", "Is anyone and Anna allowed to sign?"),
        ("Is only Anna allowed to sign?", "Is Anna only allowed to sign?"),
        ("Can Anna sign for Ben?", "Can Anna sign with Ben?"),
        # units, signs and options
        ("What does 5 mW do?", "What does 5 MW do?"),
        ("Is < 5 allowed?", "Is > 5 allowed?"),
        ("What is 50 + VAT?", "What is 50 - VAT?"),
        ("What does -v do?", "What does -V do?"),
        ("What does .env hold?", "What does env hold?"),
        ("What does 1/2 mean?", "What does 1-2 mean?"),
        ("What is the notice period?", "What is paid in the notice period?"),
        ("How much does the allowance cover?", "What does the allowance cover?"),
    ],
)
def test_what_people_would_be_angry_about_tells_them_apart(one: str, other: str) -> None:
    assert both(one, other) == (False, False)


def test_what_about_leans_on_the_talk() -> None:
    assert formed("What about sick leave?") is None


def test_capitals_for_weight_alone_tell_nothing() -> None:
    assert both("WHO RUNS SUPPORT?", "who runs support")[0]
    assert both("What is NOT paid?", "What is not paid?")[0]
