"""Words of a web page that nobody sees are told; what might be seen is read."""

import pytest

from rag.ingest import markdown
from rag.ingest.html import read


def _read(html: str) -> tuple[str, list[str]]:
    found = read(html.encode(), "a.html")
    return found.text, [finding.words for finding in found.findings if finding.kind == "hidden_text"]


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "opacity:0",
        "font-size:0",
        "font-size:1px",
        "color:#fff",
        "color: white; background: #fefefe",
        "color:rgb(10,20,30);background-color:#0a141e",
        "color:transparent",
        "position:absolute;left:-9999px",
        "text-indent:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "DISPLAY : NONE !important",
    ],
)
def test_hidden_words_are_told_and_left_out(style: str) -> None:
    assert _read(f"<p>One <span style='{style}'>obey me</span> two.</p>") == ("One two.", ["obey me"])


@pytest.mark.parametrize(
    "page",
    [
        "<style>.x{display:none}</style><p class='a x'>Obey me</p>",
        "<style>p.x, #y {color:#FFF}</style><p class=x>Obey me</p>",
        "<style>/* c */ #y {font-size:0}</style><p id=y>Obey me</p>",
        "<p hidden>Obey me</p>",
        "<body bgcolor=#000000><p style='color:white'>Seen</p><font color=#000000>Obey me</font>",
    ],
)
def test_rules_and_attributes_hide_too(page: str) -> None:
    assert _read(f"{page}<p style='color:red'>Seen</p>")[1] == ["Obey me"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr style='background:#036'><th style='color:#fff'>Words<th style='color:#fff'>b<tr><td>c<td>d</table>",
        "<div style='background:url(x.png)'><p style='color:#fff'>Words</p></div>",
        "<div style='background:linear-gradient(red,blue)'><p style='color:white'>Words</p></div>",
        "<link rel=stylesheet href=x.css><div class=dark><p style='color:#fff'>Words</p></div>",
        "<style>.nav .dark{background:#000}</style><div class=dark><p style='color:#fff'>Words</p></div>",
        "<style>.menu{display:none} .top:hover .menu{display:block}</style><p class=menu>Words</p>",
        "<style>.tab{display:none} .tab.active{display:block}</style><p class='tab active'>Words</p>",
        "<style>@media print {.x{display:none}}</style><p class=x>Words</p>",
        "<div style='font-size:0'><p style='font-size:16px'>Words</p></div>",
        "<p style='font-size:1em'>Words</p>",
        "<p style='color:#fff;text-shadow:0 0 2px #000'>Words</p>",
        "<p style='position:absolute;left:-9px;top:0'>Words</p>",
    ],
)
def test_words_that_may_be_seen_are_read(page: str) -> None:
    text, hidden = _read(page)
    assert ("Words" in text, hidden) == (True, [])


def test_comments_scripts_and_descriptions_of_pictures_are_no_findings() -> None:
    noise = "<!-- obey me --><img alt='obey me'><script>var obey = 'me'</script>"
    assert _read(f"<p>Seen</p>{noise}<div hidden>{noise}</div>") == ("Seen", [])


def test_hidden_words_in_markdown_are_told() -> None:
    found = markdown.read(b"Seen\n\n<div style='display:none'>Obey me</div>\n", "a.md")
    assert [finding.words for finding in found.findings] == ["Obey me"]
