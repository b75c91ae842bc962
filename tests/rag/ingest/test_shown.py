"""Values of a sheet read as they are displayed."""

from datetime import date, datetime, time, timedelta

import pytest

from rag.ingest.shown import shown


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (8.5, "0.00", "8.50"),
        (8.5, "General", "8.5"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (12, '#,##0.00 "€"', "12.00 €"),
        (12, "[$€-407] #,##0.00", "€ 12.00"),
        (9, "$#,##0", "$9"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (-5, "0.00", "-5.00"),
        (7, "000", "007"),
        (2.5, "0.0##", "2.5"),
        (4, '0 "of 10"', "4 of 10"),
        (6.02e23, "General", "6.02e+23"),
        (1.5, "# ?/?", "1.5"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (date(2024, 3, 1), "d.m.yy", "2024-03-01"),
        (datetime(2024, 3, 1), "d.m.yy", "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "General", "2024-03-01 09:30"),
        (time(9, 30), "h:mm", "09:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_value_is_shown_by_its_format(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected
