"""Each sentence of an answer beside the passages it was written from: supported, weak or unsupported.

In this order: a figure that stands in no passage is always marked; a sentence that cites words found in their passage
is believed unless nearly none of its own words stand there; one in another language than the passages cannot be
compared; any other is rated (guards/support/rating.py).
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from guards.guard import Context
from guards.language import language
from guards.support.entailment import Entailment, ModelMissing
from guards.support.features import Features, features
from guards.support.pieces import Piece, Splitter, pieces
from guards.support.rating import SUPPORTED, UNSUPPORTED, WORDS_COMPARED, rated
from guards.support.reasons import FOREIGN, NOT_ENTAILED, counted, nowhere, reason
from guards.support.sentence import Sentence, Standing
from guards.support.sources import Sources
from guards.support.words import stems
from guards.verdicts import Finding

MOST = 40  # sentences rated; of longer answers the rest is marked for figures only
MOST_COMPARED = 4  # sentences compared by meaning: with the passages' nearest ones about 16 texts
MOST_READ = 12  # sentences that a model is asked about; the others are rated by their words
JUDGED_BY = 4000  # characters of the passages that tell their language
LONGEST = 400  # characters of a text that is compared by meaning
KEPT = 8  # sets of passages: a draft and the finished answer are looked at beside the same ones
UNSUPPORTED_SENTENCE = "unsupported sentence"
LEAVE_OUT = "Sentences of this answer are supported by no passage."
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]] | None]  # unit vectors; None: not there yet
log = logging.getLogger(__name__)


class Support:
    """Looks at finished answers. Safe to use from many threads."""

    name = "support"

    def __init__(self, split: Splitter, embed: Embed | None = None, entailment: Entailment | None = None) -> None:
        self._split = split
        self._embed = embed
        self._entailment = entailment
        self._sources = lru_cache(maxsize=KEPT)(self._laid_out)
        self._seen = lru_cache(maxsize=KEPT)(self._look)  # a text is looked at as a guard, and for its readers

    def look(self, answer: str, context: Context) -> tuple[Sentence, ...]:
        """How the sentences that claim something stand, in order."""
        return self._seen(answer, context.passages, context.headings, _asked(context), context.quotes)

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        """The unsupported sentences; each is as sure as large their share of all is, which is what a post goes by."""
        looked = self.look(text, context)
        bad = [one for one in looked if one.verdict == "unsupported"]
        for one in bad:
            yield Finding(self.name, UNSUPPORTED_SENTENCE, LEAVE_OUT, (one.start, one.end), len(bad) / len(looked))

    def _look(
        self,
        answer: str,
        passages: tuple[str, ...],
        headings: tuple[str, ...],
        question: str,
        quotes: tuple[tuple[int, str], ...],
    ) -> tuple[Sentence, ...]:
        found = list(pieces(answer, self._split))
        if not found:
            return ()
        theirs = language("\n".join(passages)[:JUDGED_BY])
        ours = language(answer) or theirs or "en"
        sources = self._sources(passages, headings, question, ours)
        looked = [(piece, features(piece.words, sources)) for piece in found]
        looked = [(piece, seen) for piece, seen in looked if piece.claims or seen.figures]
        looked = [*looked[:MOST], *((piece, seen) for piece, seen in looked[MOST:] if seen.figures)]
        scores, read = self._scores(looked)
        foreign = theirs is not None and theirs != ours
        return tuple(
            _judged(
                piece,
                seen,
                score,
                quoted=_quoted(piece, quotes, None if foreign else ours),
                foreign=foreign,
                read=at < read,
            )
            for at, ((piece, seen), score) in enumerate(zip(looked, scores, strict=True))
        )

    def _laid_out(self, passages: tuple[str, ...], headings: tuple[str, ...], question: str, spoken: str) -> Sources:
        return Sources(passages, question, self._split, spoken, headings)

    def _scores(self, looked: Sequence[tuple[Piece, Features]]) -> tuple[list[float], int]:
        """By words, and by meaning where in doubt; the first ones by the model that is named, and how many."""
        scores = [rated(found) for _, found in looked]
        if self._entailment:
            try:
                read = self._entailed(looked[:MOST_READ], self._entailment)
                return [*read, *scores[len(read) :]], len(read)
            except ModelMissing as missing:
                log.warning("%s", missing)
        doubtful = [at for at, (_, found) in enumerate(looked) if _worth_comparing(found, scores[at])][:MOST_COMPARED]
        for at, closeness in self._closeness([looked[at] for at in doubtful], doubtful):
            scores[at] = rated(looked[at][1], closeness)
        return scores, 0

    def _closeness(
        self, looked: Sequence[tuple[Piece, Features]], places: Sequence[int]
    ) -> Iterator[tuple[int, float]]:
        """The best cosine of each sentence to those of the passages that are nearest by their words."""
        if not self._embed or not looked:
            return
        texts = [[piece.words, *(unit.text for unit in found.nearest)] for piece, found in looked]
        vectors = self._embed([text[:LONGEST] for some in texts for text in some])
        if vectors is None:
            return
        left = iter(vectors)
        for place, some in zip(places, texts, strict=True):
            said, *near = [next(left) for _ in some]
            yield place, max(sum(a * b for a, b in zip(said, one, strict=True)) for one in near)

    def _entailed(self, looked: Sequence[tuple[Piece, Features]], entailment: Entailment) -> list[float]:
        pairs = [(" ".join(unit.text for unit in found.nearest), piece.words) for piece, found in looked]
        return entailment.scores(pairs)


def _worth_comparing(found: Features, score: float) -> bool:
    return score < SUPPORTED and found.words >= WORDS_COMPARED and bool(found.nearest) and not found.figures


def _quoted(piece: Piece, quotes: Sequence[tuple[int, str]], spoken: str | None) -> bool:
    """Whether words found for one of its marks have to do with it: they share one that carries meaning.

    Without a language, they are in another one.
    """
    own = [quote for number, quote in quotes if number in piece.marks]
    said = set(stems(piece.words, spoken)) if spoken else set()
    return any(not spoken or not said.isdisjoint(stems(quote, spoken)) for quote in own)


def _asked(context: Context) -> str:
    """The questions: what they name may be named in the answer."""
    return "\n".join((context.question, *context.history))


def _judged(piece: Piece, found: Features, score: float, *, quoted: bool, foreign: bool, read: bool) -> Sentence:
    verdict: Standing
    if found.figures:
        verdict, why, score = "unsupported", nowhere(found.figures), min(score, UNSUPPORTED / 2)
    elif foreign and not read:
        verdict, why = ("supported", "") if quoted else ("weak", FOREIGN)
        score = SUPPORTED if quoted else UNSUPPORTED
    elif found.counts:
        verdict, why = "weak", counted(found.counts)
    elif score >= (UNSUPPORTED if quoted else SUPPORTED):
        verdict, why = "supported", ""
    else:
        verdict = "weak" if quoted or score >= UNSUPPORTED else "unsupported"
        why = NOT_ENTAILED if read else reason(found)
    return Sentence(piece.start, piece.end, verdict, why, round(score, 3))
