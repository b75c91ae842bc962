"""Control words of RTF that its reader has to know: what they stand for, and which groups are no part of the text."""

from rag.ingest.clean import word_set

MARKS = {
    "line": "\n",
    "lbr": "\n",
    "tab": "\t",
    "nestcell": "\t",
    "nestrow": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"-": ""}
DESTINATIONS = word_set(
    """
    fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl filetbl generator info pict object objdata
    header headerl headerr headerf footer footerl footerr footerf fldinst shprslt sp nonesttables annotation atnid
    atnauthor atnref atndate bkmkstart bkmkend xe tc txe rxe themedata colorschememapping datastore latentstyles
    template private panose falt background xmlnstbl mmathPr wgrffmtfilter userprops docvar ftnsep ftnsepc aftnsep
    """
)
READ_THOUGH_OPTIONAL = frozenset(("shpinst", "shptxt", "footnote"))  # behind \* like what may be passed over
