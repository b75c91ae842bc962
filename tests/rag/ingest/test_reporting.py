"""How far a reading has come."""

from rag.ingest.reporting import report, reporting


def test_reports_reach_the_one_who_listens() -> None:
    heard: list[tuple[int, int]] = []
    with reporting(lambda done, total: heard.append((done, total))):
        report(1, 2)
    report(2, 2)
    assert heard == [(1, 2)]
