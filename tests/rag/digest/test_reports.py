"""Reports: what they count is what SQL holds, of their days and of the days before."""

from datetime import UTC, date, datetime, timedelta

from rag.demo.demo import Demo
from rag.digest.report import span
from rag.settings import Settings
from store import replies
from store.engine import Database
from tests.rag.digest.conftest import LAST, Of, Say


def test_the_days_are_whole_and_the_days_before_as_many(say: Say, of: Of) -> None:
    for days_ago in (0, 6, 7, 13, 14):
        say(LAST - timedelta(days=days_ago))
    one, two = of(), of(weeks=2)
    assert (one.answers, one.answers_before) == (2, 2)
    assert (two.answers, two.answers_before, two.first) == (4, 1, date(2026, 6, 1))


def test_people_cost_and_reasons(say: Say, of: Of) -> None:
    say(person="ana")
    say(person="ben", rating=-1)
    say(LAST - timedelta(days=7), person="ben")
    report = of()
    assert (report.people, report.people_before) == (2, 1)
    assert (report.cost, report.reasons) == ("0.020 USD", (("Wrong", 1),))


def test_what_can_be_told_is_called_better_or_worse(say: Say, of: Of) -> None:
    for number in range(40):
        say(LAST - timedelta(days=7), rating=-1 if number < 30 else 1, person=f"reader {number}")
        say(rating=-1 if number < 5 else 1, person=f"reader {number}")
    report = of()
    assert {row.name for row in report.better} >= {"Rated up", "Resolved"}
    assert report.worse == ()


def test_of_few_votes_no_share_is_told(say: Say, of: Of) -> None:
    say(rating=1)
    rated = next(row for row in of().rows if row.name == "Rated up")
    assert rated.now == "not enough yet: 1 of at least 10"


def test_who_wrote_and_heard_nothing_is_owed_a_reply(say: Say, of: Of, database: Database) -> None:
    wrote = say(rating=-1, comment="Not so.")
    answered = say(rating=-1, comment="Nor so.")
    say(rating=-1)
    with database.write() as session:
        replies.add(session, answered, "Thank you.", "ben")
    owed = of().owed
    assert (owed.count, [line.answer_id for line in owed.first]) == (1, [wrote])


def test_most_worth_reading_comes_first_and_thumbs_up_are_not(say: Say, of: Of) -> None:
    say(rating=1)
    down = say(rating=-1)
    worth = of().worth
    assert (worth.count, [line.answer_id for line in worth.first]) == (2, [down])


def test_personal_data_is_hidden_whatever_the_settings_say(say: Say, of: Of) -> None:
    say(question="Why does anna.kell@example.org get no mail?", rating=-1)
    (line,) = of().worth.first
    assert "anna.kell" not in line.words
    assert line.words.startswith("Why does [")


def test_what_the_documents_do_not_answer_is_listed(say: Say, of: Of) -> None:
    say(question="Is there a sauna?", state="not_found")
    latest = say(question="Is there a SAUNA? Ask bo@example.org", state="not_found", person="bo")
    say(question="Is there a sauna?", state="not_found", person="cy")
    say(question="How late?")
    gaps = of().gaps
    assert [(line.words, line.why) for line in gaps.first] == [
        ("Is there a sauna?", "asked 2 times by 2 people, 2 not found"),
        ("Is there a SAUNA? Ask [e-mail]", "asked once by one person, 1 not found"),
    ]
    assert latest in [line.answer_id for line in gaps.first]


def test_an_empty_week_says_so(of: Of) -> None:
    assert (of().is_empty, of().answers_before, of().along) == (True, 0, ())


def test_the_last_week_that_is_over_is_the_usual_one(of: Of) -> None:
    assert of(until=None).last == datetime.now(UTC).date() - timedelta(days=1)


def test_it_says_how_much_is_invented(say: Say, of: Of, database: Database, settings: Settings) -> None:
    say()
    Demo(database, settings, clock=lambda: datetime(2026, 6, 14, 20, tzinfo=UTC)).load(answers=60, months=1)
    report = of()
    assert (report.demo > 0, report.answers - report.demo) == (True, 1)


def test_days_in_words() -> None:
    assert span(date(2026, 6, 8), LAST) == "8 to 14 June 2026"
    assert span(date(2026, 5, 25), LAST) == "25 May to 14 June 2026"
    assert span(date(2025, 12, 29), date(2026, 1, 4)) == "29 December 2025 to 4 January 2026"
    assert span(LAST, LAST) == "14 June 2026"
