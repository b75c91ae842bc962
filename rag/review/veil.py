"""Texts shown together without what they hold of personal data.

A value that is known from one of them is hidden in all, as in requests to models outside (guards/personal/masks.py).
The kind stands in its place, in brackets.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guards.personal.masks import WORDS, Masks
from guards.personal.seen import KINDS
from rag import diffs
from store.records import AnswerRecord, FeedbackRecord, SupportRecord, WrongSourceRecord
from store.records.conflicts import ConflictRecord

_KIND = {word: kind for kind, word in WORDS.items()}
_WORD = re.compile("|".join(sorted(_KIND, key=len, reverse=True)))
# What stands where something is hidden.
KINDS_SHOWN = "|".join(map(re.escape, (*WORDS, "hidden")))
INSTEAD = re.compile(rf"\[(?:{KINDS_SHOWN})\]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A value's place in a text, and what stands there instead."""

    start: int
    end: int
    shown: str


class Veil:
    """Hides what texts shown together hold of personal data. Not for many threads at once."""

    hides = True

    def __init__(self, texts: Iterable[str]) -> None:
        self._masks = Masks(KINDS)
        self._masks.learn([text for text in texts if text])

    def text(self, text: str) -> str:
        """The text without personal data."""
        return self.placed(text, ())[0]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the text holds what is hidden."""
        return [(one.start, one.end) for one in _joined(text, self._pieces(text))] if text else []

    def marked(self, text: str) -> tuple[str, list[tuple[int, int, str]]]:
        """The text without personal data; where something stands instead of it, and of what."""
        marks, shift = [], 0
        for piece in _joined(text, self._pieces(text)) if text else []:
            start = piece.start + shift
            marks.append((start, start + len(piece.shown), text[piece.start : piece.end]))
            shift += len(piece.shown) - (piece.end - piece.start)
        return self.text(text), marks

    def placed(self, text: str, places: Sequence[int]) -> tuple[str, list[int]]:
        """The text without personal data, and where these places of it are then; one within a value is at its end."""
        pieces = _joined(text, self._pieces(text)) if text else []
        out, at, moved, shift = [], 0, list(places), 0
        for piece in pieces:
            out += [text[at : piece.start], piece.shown]
            at = piece.end
            long = len(piece.shown) - (piece.end - piece.start)
            for number, place in enumerate(places):
                if place >= piece.end:
                    moved[number] = place + shift + long
                elif place > piece.start:
                    moved[number] = piece.end + shift + long
            shift += long
        return "".join([*out, text[at:]]), moved

    def answer(self, answer: AnswerRecord) -> AnswerRecord:
        """An answer without personal data; its marks still stand behind the same sentences."""
        spans = [place for one in answer.support for place in (one.start, one.end)]
        text, moved = self.placed(answer.text, spans)
        said = answer.feedback
        return replace(
            answer,
            text=text,
            support=tuple(
                SupportRecord(start, end, one.verdict, self.text(one.why))
                for one, start, end in zip(answer.support, moved[::2], moved[1::2], strict=True)
            ),
            follow_ups=tuple(map(self.text, answer.follow_ups)),
            citations=tuple(replace(one, quote=self.text(one.quote)) for one in answer.citations),
            conflicts=tuple(map(self._conflict, answer.conflicts)),
            findings=tuple(replace(one, why=self.text(one.why)) for one in answer.findings),
            feedback=said and self._said(said, text),
        )

    def _said(self, said: FeedbackRecord, answer: str) -> FeedbackRecord:
        """What a reader said of an answer, whose text is given as it is shown."""
        correction = None if said.correction is None else self.text(said.correction)
        return replace(
            said,
            comment=self.text(said.comment),
            reasons=tuple(map(self.text, said.reasons)),
            correction=correction,
            diff=diffs.changes(answer, correction) if correction else (),
            sources=tuple(map(self._wrong, said.sources)),
        )

    def _wrong(self, source: WrongSourceRecord) -> WrongSourceRecord:
        better = source.better and replace(source.better, quote=self.text(source.better.quote))
        return replace(source, quote=self.text(source.quote), words=self.text(source.words), better=better)

    def _conflict(self, conflict: ConflictRecord) -> ConflictRecord:
        first, second = self.text(conflict.first_words), self.text(conflict.second_words)
        return replace(conflict, first_words=first, second_words=second, why=self.text(conflict.why))

    def _pieces(self, text: str) -> list[_Piece]:
        masked, pieces, at, plain = self._masks.mask(text), [], 0, 0
        for start, end in self._masks.places(masked):
            mask = masked[start:end]
            long, plain = len(self._masks.values[mask.lower()]), plain + start - at
            word = _WORD.match(mask.upper())
            pieces.append(_Piece(plain, plain + long, f"[{_KIND[word[0]] if word else 'hidden'}]"))
            at, plain = end, plain + long
        return pieces


class NoVeil(Veil):
    """Hides nothing: for those who may see it all."""

    hides = False

    def __init__(self) -> None:
        super().__init__(())

    def placed(self, text: str, places: Sequence[int]) -> tuple[str, list[int]]:
        return text, list(places)

    def answer(self, answer: AnswerRecord) -> AnswerRecord:
        return answer


def _joined(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The words of a name as one."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        beside = before and before.shown == piece.shown == "[name]" and len(text[before.end : piece.start].strip()) == 0
        if before and beside and piece.start - before.end <= 2:
            joined[-1] = replace(before, end=piece.end)
        else:
            joined.append(piece)
    return joined
