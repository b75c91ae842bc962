"""Groundedness: are sentences marked that the passages do not say, and others left alone?

Answers that people judged beside their source: HaluEval (answers to questions), BEGIN (turns of conversations), WiCE
(claims of Wikipedia beside the pages they cite; "partial" counts as not supported) and SummEdits (summaries in which a
few words were changed). Counting shared words does well on the first two and is a coin's toss on the last, so WiCE and
SummEdits say more. Weights and limits were chosen on the answers of one half of the sources' texts (by a hash of the
text); all tables but the last two show the other half. MTRAG's reference answers, written from several passages as ours
are, were not used to choose anything.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks import houses
from benchmarks.grounded import ORIGINS, OTHERS, OWN, Judged, judged, talks
from benchmarks.measuring import Cell, Indexes, Report, Table, interval, mean_with_interval, share
from benchmarks.support_fitting import Sample, fitted
from guards.guard import Context
from guards.support import Sentence, Support
from guards.support.rating import SUPPORTED, UNSUPPORTED
from rag.ingest.sentences import sentences

NAME, NEEDS = "guards_support", ("groundedness.jsonl", "mtrag")
QUICK = 80  # answers of each source
Look = Callable[[Judged], Sequence[Sentence]]


def run(*, quick: bool) -> Report:
    tables, notes, figures = measure(quick=quick)
    return Report(NAME, tables, notes, figures)


def measure(*, quick: bool) -> tuple[list[Table], list[str], dict[str, float]]:
    """Tables, notes and figures of groundedness."""
    answers = judged(QUICK if quick else None)
    first, second = [one for one in answers if one.first_half], [one for one in answers if not one.first_half]
    vectors = houses.KeptVectors()
    ways: dict[str, Look] = {
        "words": _looking(Support(sentences)),
        "words and meaning (default)": _looking(Support(sentences, vectors.passages)),
    }
    looked = {name: [look(one) for one in second] for name, look in ways.items()}
    scores = {"shared words alone": [one.overlap() for one in second]} | {
        name: [_worst(found) for found in all_found] for name, all_found in looked.items()
    }
    tables = [
        Table("AUC by source, the other half", ["Rated by", *ORIGINS.values()], [
            [name, *(_area(second, rated, origin) for origin in ORIGINS.values())] for name, rated in scores.items()
        ]),
        _talks(ways["words"], QUICK if quick else None),
        *(_marked(name, second, found) for name, found in looked.items()),
        _limits(first, ways["words"]),
        fitted([_sample(one) for one in first], vectors.passages),
    ]  # fmt: skip
    took = _timed(second, ways["words"])
    notes = [
        f"{len(answers):,} answers; {len(first):,} to choose on, {len(second):,} to report on. Answers that claim "
        'nothing ("yes", questions) are left out. Intervals draw whole texts.',
        "AUC: the chance that a supported answer is rated higher than another; .5 is a coin.",
        f"By words an answer took {np.median(took):.1f} ms of the processor in the median, "
        f"{np.percentile(took, 95):.1f} at p95.",
    ]
    figures = {f"auc_{origin.lower()}": _auc(second, scores["words"], origin) for origin in ORIGINS.values()} | {
        "support_ms": float(np.median(took)),
        "support_ms_p95": float(np.percentile(took, 95)),
    }
    return tables, notes, figures


def _looking(support: Support) -> Look:
    return lambda one: support.look(one.answer, Context(question=one.question, passages=(one.context,)))


def _worst(found: Sequence[Sentence]) -> float:
    return min((sentence.score for sentence in found), default=1.0)


def _sample(one: Judged) -> Sample:
    words = [piece.words for piece in one.claims]
    return Sample(one.origin, one.supported, list(zip(words, one.features(), strict=True)))


def _area(answers: Sequence[Judged], scores: Sequence[float], origin: str) -> str:
    groups = [one.group for one in answers if one.origin == origin]
    places = [at for at, one in enumerate(answers) if one.origin == origin]

    def area(indexes: Indexes) -> float:
        chosen = [places[i] for i in indexes]
        return _auc([answers[at] for at in chosen], [scores[at] for at in chosen], origin)

    return share(_auc(answers, scores, origin), *interval(area, groups, rounds=300))


def _auc(answers: Sequence[Judged], scores: Sequence[float], origin: str) -> float:
    """The area under the ROC curve; ties count half."""
    rated = [(one.supported, score) for one, score in zip(answers, scores, strict=True) if one.origin == origin]
    good = np.array([score for supported, score in rated if supported])
    bad = np.sort([score for supported, score in rated if not supported])
    if not (len(good) and len(bad)):
        return float("nan")
    below = (np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")) / 2
    return float(below.mean() / len(bad))


def _marked(name: str, answers: Sequence[Judged], found: Sequence[Sequence[Sentence]]) -> Table:
    """How many answers bear a mark: those that people found supported, and the others."""
    rows: list[list[Cell]] = []
    for origin in ORIGINS.values():
        row: list[Cell] = [origin]
        for supported in (True, False):
            chosen = [
                (one, all_found)
                for one, all_found in zip(answers, found, strict=True)
                if one.origin == origin and one.supported == supported
            ]
            groups = [one.group for one, _ in chosen]
            for verdicts in (("weak", "unsupported"), ("unsupported",)):
                bears = [any(sentence.verdict in verdicts for sentence in marks) for _, marks in chosen]
                row.append(mean_with_interval(bears, groups))
        rows.append(row)
    columns = ["Source", "Supported: any mark", "… unsupported", "Not supported: any mark", "… unsupported"]
    return Table(f"Answers with a mark, the other half; by {name}", columns, rows)


def _talks(look: Look, size: int | None) -> Table:
    """How often sentences written from several passages are marked, beside these and beside others."""
    found: dict[str, list[tuple[str, Sentence]]] = {OWN: [], OTHERS: []}
    for talk, whose, answer in talks(size):
        found[whose] += [(talk, sentence) for sentence in look(answer)]
    rows: list[list[Cell]] = []
    for whose, some in found.items():
        groups = [talk for talk, _ in some]
        shares = [
            mean_with_interval([one.verdict == verdict for _, one in some], groups)
            for verdict in ("supported", "weak", "unsupported")
        ]
        rows.append([whose, len(some), *shares])
    columns = ["Beside the passages of", "Sentences", "Supported", "Weak", "Unsupported"]
    return Table("Sentences of MTRAG's reference answers, by words", columns, rows)


def _limits(answers: Sequence[Judged], look: Look) -> Table:
    """What other limits would mark, by the mean over the sources."""
    scores = [_worst(look(one)) for one in answers]
    rows: list[list[Cell]] = []
    for limit in [round(0.1 * step, 1) for step in range(1, 9)]:
        below = [
            [np.mean(_below(answers, scores, limit, origin, supported=supported)) for origin in ORIGINS.values()]
            for supported in (True, False)
        ]
        now = {SUPPORTED: " (weak below)", UNSUPPORTED: " (unsupported below)"}.get(limit, "")
        rows.append([f"{limit:.1f}{now}", *(float(np.mean(shares)) for shares in below)])
    columns = ["Rated below", "Of supported answers", "Of others"]
    return Table("Limits, on the half they were chosen on, by words; mean of the sources", columns, rows)


def _below(
    answers: Sequence[Judged], scores: Sequence[float], limit: float, origin: str, *, supported: bool
) -> list[bool]:
    rated = zip(answers, scores, strict=True)
    return [score < limit for one, score in rated if one.origin == origin and one.supported == supported]


def _timed(answers: Sequence[Judged], look: Look) -> list[float]:
    """Milliseconds of the processor for each, in texts that were not looked at before."""
    took = []
    for one in answers[::4]:
        begin = time.process_time()
        look(one)
        took.append((time.process_time() - begin) * 1000)
    return took
