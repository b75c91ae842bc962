"""Sources that disagree: what is found of what was planted, and false alarms among passages that are found together.

Constants were chosen on the samples and on the first half of SQuAD's articles; what follows is of the other half.
"""

import random
import time
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from benchmarks import data
from benchmarks.data import Paragraph
from benchmarks.measuring import SEED, Cell, Report, Table, counted
from guards.figures import figures
from rag.conflicts.about import about, lower_words
from rag.conflicts.claim import Claim
from rag.conflicts.claims import claims
from rag.conflicts.comparing import disagreements
from rag.ingest.content import Extracted
from rag.ingest.extract import extract
from rag.ingest.sentences import sentences
from rag.samples import SAMPLES

NAME, NEEDS = "conflicts", ("squad_dev",)
QUESTIONS, QUICK = 3_000, 300
TOGETHER = 6  # passages of one question
KINDS = {"de": "German", "fr": "French", "es": "Spanish", "several": "English, several figures in a sentence"}
LONGEST = 160  # characters of a sentence shown


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    text: str
    claims: tuple[Claim, ...]


def run(*, quick: bool) -> Report:
    paragraphs = held_out()
    texts = read([Text(one.article, one.text, ()) for one in paragraphs])
    pairs = found_together(paragraphs, QUICK if quick else QUESTIONS)
    alarms = [(texts[one], texts[other], *flag) for one, other in pairs for flag in flagged(texts[one], texts[other])]
    samples, planted = sample_table()
    rows: list[list[Cell]] = [
        ["SQuAD, pairs of paragraphs found together", len(pairs), len(alarms), 1000 * len(alarms) / max(1, len(pairs))],
        ["samples, all pairs of documents", samples, len(planted), "see below"],
    ]
    tables = [
        Table("Flagged", ("", "Pairs", "Flagged", "Per 1,000 pairs"), rows),
        written_pairs(),
        changed(texts),
        shown("Flagged in SQuAD, where hardly anything contradicts anything", alarms),
        shown("Flagged in the samples", planted),
        latency(texts),
    ]
    notes = ["Found together: the six paragraphs that share most words (tf-idf) with one question, each with each."]
    return Report(NAME, tables, notes)


def written_pairs() -> Table:
    """Pairs written for this project, by language or kind: those whose texts' hash is even were chosen on."""
    told = tomllib.loads((data.ROOT / "benchmarks" / "conflict_pairs.toml").read_text(encoding="utf-8"))
    rows: list[list[Cell]] = []
    for kind in dict.fromkeys(row[0] for row in told["disagree"]):
        cells: list[Cell] = [KINDS[kind]]
        for half, cannot in ((0, "disagree"), (0, "agree"), (1, "disagree"), (1, "agree")):
            pairs = [
                row[1:] for row in told[cannot] if row[0] == kind and zlib.crc32("".join(row[1:]).encode()) % 2 == half
            ]
            found = sum(any(flagged(*read([Text("", one, ()), Text("", other, ())]))) for one, other in pairs)
            cells.append(f"{found} of {len(pairs)}")
        rows.append(cells)
    columns = ("", "Chosen on: found", "wrongly flagged", "Reported: found", "wrongly flagged")
    return Table("Pairs written for this project", columns, rows)


def held_out() -> list[Paragraph]:
    known = data.squad()
    return [one for one in known.paragraphs if one.article not in known.first_half]


def read(texts: Sequence[Text]) -> list[Text]:
    """The texts with their claims."""
    lowered = lower_words([one.text for one in texts])
    return [replace(one, claims=tuple(claims(one.text, sentences, lowered))) for one in texts]


def found_together(paragraphs: Sequence[Paragraph], questions: int) -> list[tuple[int, int]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = {one.id for one in paragraphs}
    asked = [one for one in data.squad().questions if one.paragraph_id in known]
    asked = random.Random(SEED).sample(asked, min(questions, len(asked)))
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    rows = words.fit_transform([one.text for one in paragraphs])
    alike = (words.transform([one.text for one in asked]) @ rows.T).toarray()
    found: set[tuple[int, int]] = set()
    for row in alike:
        best = sorted(int(at) for at in np.argsort(-row)[:TOGETHER])
        found |= set(combinations(best, 2))
    return sorted(found)


def flagged(one: Text, other: Text) -> Iterator[tuple[Claim, Claim]]:
    here, there = about(one.title, frozenset())[0], about(other.title, frozenset())[0]
    neutral = (here & there) | {stem for stem in here | there if any(letter.isdigit() for letter in stem)}
    for found in disagreements(one.claims, other.claims, neutral):
        yield found.one, found.other


def changed(texts: Sequence[Text]) -> Table:
    """Each sentence that claims something beside itself with another figure: the least that has to be found."""
    random_, tried, found = random.Random(SEED), 0, 0
    for text in texts:
        claim = next((one for one in text.claims if one.values and not one.former and not one.row), None)
        if claim is None:
            continue
        sentence = text.text[claim.start : claim.end]
        figure = next((one for one in figures(sentence) if sentence[one.start : one.end] in claim.words), None)
        if figure is None:
            continue
        other = f"{sentence[: figure.start]}{random_.randint(2, 9)}{sentence[figure.start :]}"
        tried += 1
        found += any(flagged(*read([Text("", sentence, ()), Text("", other, ())])))
    rows: list[list[Cell]] = [["a digit put before a figure", tried, counted(found, tried)]]
    return Table("SQuAD's sentences beside changed copies of them", ("Change", "Sentences", "Found [95 %]"), rows)


def sample_table() -> tuple[int, list[tuple[Text, Text, Claim, Claim]]]:
    """How many pairs of sample documents there are, and what is flagged in them."""
    extracted = [extract(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]
    texts = read([Text(one.title, one.text, ()) for one in extracted if isinstance(one, Extracted)])
    pairs = list(combinations(texts, 2))
    return len(pairs), [(one, other, *flag) for one, other in pairs for flag in flagged(one, other)]


def shown(title: str, rows: Sequence[tuple[Text, Text, Claim, Claim]]) -> Table:
    cells: list[list[Cell]] = [
        [f"{mine.words} ≠ {theirs.words}", _sentence(one, mine), _sentence(other, theirs)]
        for one, other, mine, theirs in rows
    ]
    return Table(title, ("Values", "One", "The other"), cells or [["none", "", ""]])


def latency(texts: Sequence[Text]) -> Table:
    """What an answer with six passages takes more."""
    took = []
    for begin in range(0, min(len(texts), 600), TOGETHER):
        some = texts[begin : begin + TOGETHER]
        start = time.perf_counter()
        again = read(some)
        for one, other in combinations(again, 2):
            list(flagged(one, other))
        took.append(1000 * (time.perf_counter() - start))
    rows: list[list[Cell]] = [[float(np.median(took)), float(np.percentile(took, 95))]]
    return Table("Milliseconds for six passages, read and compared", ("Median", "95th percentile"), rows)


def _sentence(text: Text, claim: Claim) -> str:
    line = " ".join(text.text[claim.start : claim.end].split()).replace("|", "¦")
    return line if len(line) <= LONGEST else line[:LONGEST] + " …"
