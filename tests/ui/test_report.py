"""The weekly report behind its button."""

from datetime import date

from rag.house import House
from store.records.auditing import AuditFilter
from ui import report


def test_that_somebody_took_the_report_stands_in_the_log(house: House) -> None:
    assert "<html" in report.made(house, "bea", date(2026, 6, 14), "")
    noted = house.desk.audit.page(AuditFilter(), limit=9)
    assert [(one.actor, one.act, one.detail) for one in noted] == [("bea", "exported", "weekly report")]
