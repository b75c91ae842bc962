"""`footnote export`: feedback and training data as files."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, get_args

from rag.cli.judging import judged
from rag.desk import Desk
from rag.exports.exports import Exports, FeedbackWanted
from rag.exports.training import TrainingWanted
from rag.review.audit import COMMAND
from rag.settings import Settings
from store.engine import Database
from store.records import AnswerState, ItemFilter, ItemStatus, Support, TrainingBy, TrainingForm

RATINGS = {"up": 1, "down": -1, "none": 0}
WORDS = {
    "reason": "a reader gave",
    "signal": "such as copied or rephrased",
    "guard": "that acted",
    "writer": "a model's name, or extractive",
    "prompt": "such as answer@3",
    "tag": "that reviewers gave",
    "words": "of question, answer, comment or correction",
}


def add(commands: Any) -> None:
    """Adds the command to the others."""
    exports = commands.add_parser("export", help="write feedback or training data into a file")
    kinds = exports.add_subparsers(required=True, metavar="WHAT")

    feedback = kinds.add_parser("feedback", help="a row an answer, with all that was said and done about it")
    feedback.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    feedback.add_argument("-o", "--output", type=Path, metavar="FILE", help="instead of standard output")
    feedback.set_defaults(command=_feedback)

    training = kinds.add_parser("training", help="examples to train a model on, as a zip with manifest and notice")
    training.add_argument("--form", choices=get_args(TrainingForm), default="chat")
    training.add_argument(
        "--by", choices=get_args(TrainingBy), default="approval", help="checks: the app's own; judge: a model"
    )
    training.add_argument("--at-most-usd", type=float, metavar="USD", help="for the judge; else as in the settings")
    training.add_argument("--keep-names", action="store_true", help="leave names of people unmasked")
    training.add_argument("--validation", type=_share, default=0.1, metavar="SHARE", help="of the readers, held out")
    training.add_argument("-o", "--output", type=Path, metavar="FILE.zip", required=True)
    training.set_defaults(command=_training)
    for parser in (feedback, training):
        _add_filter(parser)


def _add_filter(parser: argparse.ArgumentParser) -> None:
    wanted = parser.add_argument_group("which answers; those that fit all that is given")
    wanted.add_argument("--rating", choices=RATINGS)
    wanted.add_argument("--corrected", action="store_true", default=None)
    wanted.add_argument("--support", choices=get_args(Support), help="of the weakest sentence")
    wanted.add_argument("--state", choices=[one for one in get_args(AnswerState) if one != "writing"])
    wanted.add_argument("--status", choices=get_args(ItemStatus), help="of the review")
    wanted.add_argument("--document", type=int, metavar="ID", help="that is cited")
    wanted.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="UTC, such as 2026-11-01")
    wanted.add_argument("--until", type=date.fromisoformat, metavar="DAY")
    for name, meaning in WORDS.items():
        wanted.add_argument(f"--{name}", default="" if name == "words" else None, metavar=name.upper(), help=meaning)


def _feedback(wanted: argparse.Namespace, settings: Settings) -> int:
    choice = FeedbackWanted(wanted.format, _filter(wanted))
    with _exports(settings) as exports:
        if wanted.output is None:
            for piece in exports.download(choice, COMMAND).pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return 0
        with _written(wanted.output) as file:
            for piece in exports.download(choice, COMMAND).pieces:
                file.write(piece)
        number = exports.count(choice, COMMAND)
        _say(f"{number:,} answer{'s' * (number != 1)} in {wanted.output}.")
    return 0


def _training(wanted: argparse.Namespace, settings: Settings) -> int:
    choice = TrainingWanted(
        wanted.form, wanted.by, _filter(wanted), names=not wanted.keep_names, validation=wanted.validation
    )
    if choice.by == "judge" and (failure := judged(settings, choice.filter, wanted.at_most_usd)):
        _say(failure)
        return 1
    with _exports(settings) as exports, _written(wanted.output) as file:
        manifest = exports.pack(choice, COMMAND, file)
    _say(f"{manifest['kept']:,} of {manifest['looked_at']:,} answers became examples in {wanted.output}.")
    for reason, count in manifest["dropped"].items():
        _say(f"  left out: {count:,} ({reason})")
    return 0


def _filter(wanted: argparse.Namespace) -> ItemFilter:
    names = ("corrected", "support", "state", "status", "document", "since", "until", *WORDS)
    rating: Any = RATINGS.get(wanted.rating or "")
    return ItemFilter(rating=rating, **{name: getattr(wanted, name) for name in names})


def _share(text: str) -> float:
    """Raises ValueError for what is no share."""
    share = float(text)
    if not 0 <= share < 1:
        raise ValueError(text)
    return share


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """A file that is there when it is whole. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb+") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _exports(settings: Settings) -> Iterator[Exports]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        database.migrate()
        yield Desk(settings, database).exports
    finally:
        database.close()


def _say(words: str) -> None:
    """Beside what goes to standard output."""
    print(words, file=sys.stderr)
