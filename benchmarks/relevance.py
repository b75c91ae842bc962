"""Honest limits: how well the search knows that the documents hold no answer, and where its threshold belongs.

Four trials. "Other articles": only every other article is indexed, and the questions about the rest are to be
declined; that is what a reader does who asks about something the library does not hold. "Nearly answered": the
questions that SQuAD 2.0 made to look answerable from a paragraph that holds no answer; hard for any search, since the
words are all there. "MTRAG": questions in conversations. "Samples": the questions of samples/questions.toml.
"""

from collections.abc import Callable, Sequence

from sklearn.linear_model import LogisticRegression

from benchmarks import conversations, data, houses
from benchmarks.data import Asked, Squad
from benchmarks.deciding import RIGHT_LIBRARY, Trial, auc, calibration, separation, thresholds
from benchmarks.measuring import Cell, Report, Table
from benchmarks.searching import Arms
from rag.house import House
from rag.retrieval.matching import Match
from rag.retrieval.relevance import MANY
from rag.rewriting import by_rules
from rag.types import Question, Turn

NAME, NEEDS = "relevance", ("squad_dev", "mtrag")
SIZE, QUICK = 3000, 150
NEARLY = 1 / 3  # the weight of nearly answered questions in training, see rag/retrieval/relevance.py
NOTHING = Match(coverage=0, window=0, phrase=0, missing=0)


Both = tuple[list[Trial], list[Trial]]  # with vectors, and by words alone


def run(*, quick: bool) -> Report:
    squad, size = data.squad(), QUICK if quick else SIZE
    others, nearly = _other_articles(squad, size), _nearly_answered(squad, size)
    talks, examples = _mtrag(QUICK if quick else None), _samples()
    first, second = _halves(others, squad)
    near_first, near_second = _halves(nearly, squad)
    tables = [
        separation("Other articles", *second),
        separation("Nearly answered (SQuAD 2.0)", *near_second),
        separation("MTRAG, answerable or not", *talks),
        separation("Samples", *examples),
        thresholds("Other articles, by words and meaning", second[0]),
        thresholds("Other articles, by words alone", second[1]),
        thresholds("Nearly answered, by words and meaning", near_second[0]),
        calibration(second[0]),
        _trained(first, near_first),
    ]
    notes = [
        f"{len(others[0]):,} and {len(nearly[0]):,} questions of SQuAD, {len(talks[0]):,} of MTRAG. Trained on the "
        "first half of SQuAD's articles; its tables show the second half. MTRAG and the samples were not trained on.",
        "AUC: the chance that an answerable question is rated higher than one to be declined; .5 is a coin. "
        "Intervals draw whole articles (MTRAG, samples: single questions).",
    ]
    figures = {
        "auc_other_articles": auc(second[0]),
        "auc_nearly_answered": auc(near_second[0]),
        "auc_nearly_answered_best_cosine": auc(near_second[0], lambda trial: trial.cosine),
        "auc_mtrag": auc(talks[0]),
    }
    return Report(NAME, tables, notes, figures)


def _halves(both: Both, squad: Squad) -> tuple[Both, Both]:
    first = tuple([trial for trial in trials if trial.group in squad.first_half] for trials in both)
    second = tuple([trial for trial in trials if trial.group not in squad.first_half] for trials in both)
    return (first[0], first[1]), (second[0], second[1])


def _other_articles(squad: Squad, size: int) -> Both:
    indexed = frozenset(squad.articles[::2])
    asked = squad.sample([question for question in squad.questions if question.answerable and question.in_v1], size)
    return _of_squad(squad, indexed, asked, lambda question: question.article in indexed)


def _nearly_answered(squad: Squad, size: int) -> Both:
    asked = squad.sample([question for question in squad.questions if question.in_v2], size)
    return _of_squad(squad, frozenset(squad.articles), asked, lambda question: question.answerable)


def _of_squad(
    squad: Squad, indexed: frozenset[str], asked: Sequence[Asked], answerable: Callable[[Asked], bool]
) -> Both:
    paragraphs = [paragraph for paragraph in squad.paragraphs if paragraph.article in indexed]
    told = [(question.text, question.article, answerable(question)) for question in asked]
    with houses.opened(houses.articles(paragraphs)) as house:
        return _both_ways(house, told)


def _mtrag(size: int | None) -> Both:
    """The questions that people who read the passages could tell apart; the underspecified are left out."""
    mtrag = conversations.mtrag()
    told = [
        (by_rules(latest.question).text, str(place), latest.answerability != "UNANSWERABLE")
        for place, latest in enumerate(mtrag.latest)
        if latest.answerability != "UNDERSPECIFIED"
    ]
    with houses.opened(houses.loose(mtrag.passages)) as house:
        return _both_ways(house, told[:size])


def _samples() -> Both:
    told = []
    for case in data.cases():
        query = by_rules(Question(case.question, tuple(Turn(before, "") for before in case.history)))
        told.append((query.text, case.question, case.answerable))
    with houses.opened(houses.samples) as house:
        return _both_ways(house, told)


def _both_ways(house: House, told: Sequence[tuple[str, str, bool]]) -> Both:
    """Every question tried with vectors and without."""
    arms = Arms(house)
    arms.prepare([text for text, _, _ in told])
    tried: Both = ([], [])
    for text, group, answerable in told:
        found = arms.search(text)
        cosine = max((near.cosine for near in found.nears), default=0.0)
        for trials, searched, with_vectors in ((tried[0], found, True), (tried[1], found.by_words(), False)):
            retrieval = houses.retriever(house, with_vectors=with_vectors).search(text)
            rated = max((passage.relevance for passage in retrieval.passages), default=0.0)
            top = next(iter(searched.ranked()), None)
            match, near = (top.match, searched.cosine(top)) if top else (NOTHING, 0.0 if with_vectors else None)
            trials.append(Trial(group, answerable, retrieval.relevant, rated, cosine, match, near))
    return tried


def _trained(first: Both, nearly: Both) -> Table:
    """The coefficients as this training finds them; the ones in use are rounded."""
    rows: list[list[Cell]] = []
    for way, name in enumerate(("by words and meaning", "by words alone")):
        trials = [*first[way], *(trial for trial in nearly[way] if not trial.answerable)]
        weights = [RIGHT_LIBRARY if trial.answerable else 1.0 for trial in first[way]]
        weights += [NEARLY] * (len(trials) - len(weights))
        model = LogisticRegression(C=1e4, max_iter=2000)
        model.fit([_features(t) for t in trials], [t.answerable for t in trials], sample_weight=weights)
        one, window, missing = (float(value) for value in model.coef_[0])
        cells = (one, "") if way == 0 else ("", one)
        rows.append([name, float(model.intercept_[0]), *cells, window, missing])
    return Table("Trained on the first half", ["Odds", "Constant", "Cosine", "Phrase", "Window", "Missing name"], rows)


def _features(trial: Trial) -> list[float]:
    first = trial.best.phrase if trial.best_cosine is None else trial.best_cosine
    return [first, trial.best.window, min(MANY, trial.best.missing)]
