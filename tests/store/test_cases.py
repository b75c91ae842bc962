"""Questions whose passages are known."""

from store import answers, cases
from store.engine import Database
from tests.store.asking import added, asked, citation, finished, trace


def test_a_question_asked_twice_is_known_by_its_latest_footnote(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "Open until nine. Closed on Mondays.")
        for place, end in ((4, 14), (17, 30)):
            cited = citation(document_id, start=place, end=end)
            answers.finish(session, asked(session)[-1], finished(citations=(cited,)), trace(id=f"t{place}"))
        found = cases.from_answers(session, 10)
    assert [(case.document_id, case.start, case.end) for case in found] == [(document_id, 17, 30)]
