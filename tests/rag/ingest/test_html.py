"""HTML: what a reader of the page sees."""

import pytest

from rag.ingest.html import read
from tests.rag.ingest.reading import path_of, texts


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x()</script>",
        "<style>p{}</style>",
        "<nav>Menu</nav>",
        "<p style='color:red; display: none'>secret</p>",
        "<p hidden>secret</p>",
        "<span aria-hidden='true'>secret</span>",
        "<p style='font-size:0'>secret</p>",
        "<!-- secret -->",
        "<img alt='secret' src='x'>",
        "<template><p>secret</p></template>",
    ],
)
def test_what_is_not_seen_is_left_out(hidden: str) -> None:
    assert read(f"<p>One.</p>{hidden}<p>Two.</p>".encode(), "a.html").text == "One.\n\nTwo."


def test_words_after_a_hidden_element_stay() -> None:
    assert read(b"<p>One <span hidden>x</span>two</p>", "a.html").text == "One two"


def test_the_title_element_names_the_page() -> None:
    assert read(b"<title>Help \n page</title><h1>Top</h1><p>x", "a.html").title == "Help page"


def test_headings_give_the_path() -> None:
    assert path_of(read(b"<h1>A</h1><h3>B <em>c</em></h3><div>words</div>", "a.html"), "words") == ("A", "B c")


def test_rows_of_a_table_stand_alone() -> None:
    data = b"<table><tr><th>Item<th>Price<tr><td>Socks<td><b>8</b>.50</table>"
    assert texts(read(data, "a.html"), "row") == ["Item: Socks · Price: 8.50"]


def test_cells_over_several_rows_are_repeated() -> None:
    rows = "<tr><th>Plan<th>Seats</tr><tr><td rowspan=2>Team<td>5</tr><tr><td>10</tr>"
    assert texts(read(f"<table>{rows}</table>".encode(), "a.html"), "row") == [
        "Plan: Team · Seats: 5",
        "Plan: Team · Seats: 10",
    ]


def test_grouped_headers_name_their_columns() -> None:
    head = "<thead><tr><th><th colspan=2>2024</tr><tr><th>Item<th>Net<th>Gross</tr></thead>"
    data = f"<table>{head}<tr><td>Hat<td>1<td>2</table>".encode()
    assert texts(read(data, "a.html"), "row") == ["Item: Hat · 2024 Net: 1 · Gross: 2"]


def test_a_table_that_lays_out_the_page_is_read_through() -> None:
    data = b"<table><tr><td><h2>Left</h2><p>a</p></td><td><p>b</p></td></tr></table>"
    assert read(data, "a.html").text == "Left\n\na\n\nb"


def test_the_declared_encoding_is_used() -> None:
    assert read("<meta charset='iso-8859-2'><p>Łódź</p>".encode("iso-8859-2"), "a.html").text == "Łódź"


def test_a_deeply_nested_page_is_read() -> None:
    assert "words" in read(b"<div>" * 900 + b"words" + b"</div>" * 900, "a.html").text


def test_entities_that_nest_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b; end</p>'
    assert "aaaaaaaaaaaa" not in read(bomb, "a.html").text


def test_spans_that_multiply_end_soon() -> None:
    rows = b"<tr><td colspan=9999 rowspan=9999>a<td>b" * 300
    assert texts(read(b"<table>" + rows + b"</table>", "a.html"), "row")
