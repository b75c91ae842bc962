"""RTF: paragraphs, tables and footnotes of the rich text that older programs and mails exchange.

A reader of our own: striprtf drops footnotes, keeps hidden words, and its pattern for links takes quadratic time.
Control words are those of the Rich Text Format Specification, version 1.9.1.
"""

import codecs
import re
from dataclasses import replace

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.rtf_head import encodings_of, heading_levels_of, title_of
from rag.ingest.rtf_state import Paragraph, State, whole
from rag.ingest.rtf_words import DESTINATIONS, MARKS, READ_THOUGH_OPTIONAL, SYMBOLS
from rag.ingest.tables import headed

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 5_000  # groups in groups
_SMALLEST = 4  # half points


def read(data: bytes, name: str) -> Extracted:
    """Text of an `.rtf` file; tables keep their rows, words set as hidden or tiny are left out."""
    composer = Composer(name)
    _Reader(composer, data).add_all()
    return composer.finish(title_of(data))


class _Reader:
    """Reads token by token; `_control` decides what a control word does."""

    def __init__(self, composer: Composer, data: bytes) -> None:
        self.composer = composer
        self.data = data
        self.fonts = encodings_of(data)
        self.levels = heading_levels_of(data)
        self.states = [State()]
        self.paragraph = Paragraph()
        self.rows: list[list[str]] = []
        self.notes: list[list[str]] = []
        self.hidden: list[str] = []
        self.bytes = bytearray()
        self.to_skip = 0
        self.is_optional = False

    def add_all(self) -> None:
        place = 0
        while match := _TOKEN.match(self.data, place):
            place = match.end()
            word, number, coded, symbol, brace, text = match.groups()
            if coded or text:
                self._take(bytes.fromhex(coded.decode()) if coded else text)
                continue
            self._flush_bytes()
            if brace:
                self._open() if brace == b"{" else self._close()
            elif word == b"bin":
                place += max(0, int(number or 0))
            elif word:
                self._control(word.decode(), None if number is None else int(number))
            elif symbol:
                self._symbol(symbol)
        self._flush_bytes()
        self._end_paragraph()
        self._end_table()
        for note in self.notes:
            self.composer.text("".join(note))

    @property
    def state(self) -> State:
        return self.states[-1]

    def _set(self, **changes: bool | str | int) -> None:
        self.states[-1] = replace(self.state, **changes)  # type: ignore[arg-type]  # the fields' own types

    def _open(self) -> None:
        if len(self.states) > _DEEPEST:
            raise Unreadable("damaged", f"{self.composer.name} is nested too deeply; save it again.")
        self.states.append(self.state)
        self.is_optional, self.to_skip = False, 0

    def _close(self) -> None:
        if len(self.states) > 1:
            self.states.pop()
        self.is_optional, self.to_skip = False, 0

    def _take(self, data: bytes) -> None:
        taken = min(self.to_skip, len(data))
        self.to_skip -= taken
        if not self.state.skipped:
            self.bytes += data[taken:]

    def _flush_bytes(self) -> None:
        if self.bytes:
            self._say(self.bytes.decode(self.state.encoding, errors="replace"))
            self.bytes.clear()

    def _say(self, text: str) -> None:
        state = self.state
        if state.skipped:
            return
        if state.hidden or state.tiny:
            self.hidden.append(text)
        elif state.is_note:
            self.notes[-1].append(text)
        else:
            self.paragraph.words.append(text)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_optional = True
        elif symbol in (b"\n", b"\r"):
            self._break()
        else:
            self._say(SYMBOLS.get(symbol, ""))

    def _control(self, word: str, number: int | None) -> None:
        if word in DESTINATIONS or (self.is_optional and word not in READ_THOUGH_OPTIONAL):
            self._set(skipped=True)
        self.is_optional = False
        if self.state.skipped and word != "ansicpg":
            return
        if word in MARKS:
            self._say(MARKS[word])
        elif word == "u":
            self._say(chr((number or 0) % 0x10000))
            self.to_skip = self.state.fallback
        elif word in ("par", "sect", "page"):
            self._break()
        elif word == "cell":
            self.paragraph.cells.append(self._words())
        elif word == "row":
            self.rows.append(self.paragraph.cells)
            self.paragraph = Paragraph()
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        match word:
            case "v":
                self._set(hidden=number != 0)
            case "deleted":
                self._set(skipped=number != 0)
            case "plain":
                self._set(hidden=False, tiny=False)
            case "fs":
                self._set(tiny=number is not None and 0 < number <= _SMALLEST)
            case "f" | "ansicpg":
                self._set(encoding=self._encoding(word, number or 0))
            case "uc":
                self._set(fallback=min(max(number or 0, 0), 10))
            case "footnote":
                self.notes.append([])
                self._set(is_note=True)
            case "intbl" | "pard":
                self.paragraph.in_table = word == "intbl"
                self.paragraph.level = 0 if word == "pard" else self.paragraph.level
            case "s":
                self.paragraph.level = self.levels.get(number or 0, 0)
            case "outlinelevel":
                self.paragraph.level = (number or 0) + 1 if (number or 0) < 9 else 0

    def _encoding(self, word: str, number: int) -> str:
        found = self.fonts.get(number, "") if word == "f" else f"cp{number}"
        try:
            return codecs.lookup(found).name if found else self.states[0].encoding
        except LookupError:
            return self.state.encoding

    def _break(self) -> None:
        if self.state.is_note:
            self._say("\n")
        elif self.paragraph.in_table or self.paragraph.cells:
            self.paragraph.words.append("\n")
        else:
            self._end_paragraph()

    def _words(self) -> str:
        """What was said since the last break; halves of a character beyond the first 65,536 become one."""
        self.composer.hide(whole("".join(self.hidden)))
        text = whole("".join(self.paragraph.words))
        self.paragraph.words, self.hidden = [], []
        return text

    def _end_paragraph(self) -> None:
        text, level = self._words(), self.paragraph.level
        self.paragraph.cells = []
        if text.strip():
            self._end_table()
            self.composer.heading(level, text) if level else self.composer.text(text)

    def _end_table(self) -> None:
        rows, self.rows = self.rows, []
        self.composer.table(*headed(rows))
