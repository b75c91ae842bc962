"""The command `footnote`: everything that rag/cli has, and `footnote eval`. Here because rag knows no evaluations."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rag.cli import exporting
from rag.cli.main import Commands, quiet_libraries
from rag.cli.main import main as run
from rag.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives 0, 1 when it did not succeed, 2 when it could not be understood."""
    return run(arguments, more=_add)


def _add(commands: Commands) -> None:
    exporting.add(commands)
    evaluations = commands.add_parser("eval", help="measure what no user should have to find out")
    kinds = evaluations.add_subparsers(required=True, metavar="EVALUATION")

    red = kinds.add_parser("red-team", help="attack the app in a folder of its own, and count what gets through")
    _common(red)
    red.add_argument("--kind", action="append", default=[], help="only attacks of this kind; may be repeated")
    red.set_defaults(command=_red_team)

    bias = kinds.add_parser("bias", help="ask the same about people who differ in name, gender or origin")
    _common(bias)
    bias.add_argument("--report", default="", metavar="FILE", help="also write the report there, as Markdown")
    bias.add_argument("--pairs", type=int, default=0, metavar="N", help="only so many, where a model costs money")
    bias.set_defaults(command=_bias)

    demo = commands.add_parser("demo-data", help="show the pages for analysts with invented traffic; or remove it")
    demo.add_argument("--months", type=int, default=3, choices=range(1, 25), metavar="N", help="until today; 3")
    demo.add_argument("--answers", type=int, default=1500, metavar="N", help="how many; 1500")
    demo.add_argument("--seed", type=int, default=7, metavar="N", help="the same seed makes the same data; 7")
    demo.add_argument("--remove", action="store_true", help="remove all that is invented")
    demo.set_defaults(command=_demo_data)

    cases = kinds.add_parser("cases", help="ask the test cases that reviewers made, and check what they expect")
    cases.add_argument("--dataset", default="", metavar="NAME", help="only the cases of this dataset")
    cases.add_argument("--json", action="store_true", help="give everything as JSON")
    cases.add_argument(
        "--require",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="end with 1 when a smaller share passes",
    )
    cases.set_defaults(command=_cases)

    digest = commands.add_parser("digest", help="write the weekly report, as HTML and Markdown")
    digest.add_argument("--weeks", type=int, default=1, choices=range(1, 14), metavar="N", help="how many; 1")
    digest.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="the last day; else yesterday")
    digest.add_argument("-o", "--out", type=Path, default=Path(), metavar="DIR", help="where to; else this folder")
    digest.add_argument("--link", default="", metavar="URL", help="where readers of the report find the app")
    digest.set_defaults(command=_digest)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="give everything as JSON")
    parser.add_argument("--model", default="", metavar="NAME", help="a configured model by its name; see the docs")


def _red_team(wanted: argparse.Namespace, settings: Settings) -> int:
    from evals.redteam.command import red_team

    with quiet_libraries():
        return red_team(settings, kinds=wanted.kind, model=wanted.model, as_json=wanted.json)


def _bias(wanted: argparse.Namespace, settings: Settings) -> int:
    from evals.bias.command import bias

    with quiet_libraries():
        return bias(settings, model=wanted.model, in_json=wanted.json, report=wanted.report, limit=wanted.pairs)


def _demo_data(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli import demo_data

    with quiet_libraries():
        if wanted.remove:
            return demo_data.remove(settings)
        return demo_data.load(settings, months=wanted.months, answers=wanted.answers, seed=wanted.seed)


def _cases(wanted: argparse.Namespace, settings: Settings) -> int:
    from evals.cases.command import cases

    with quiet_libraries():
        return cases(settings, dataset=wanted.dataset, as_json=wanted.json, require=wanted.require)


def _digest(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.digesting import digest

    return digest(settings, weeks=wanted.weeks, until=wanted.until, folder=wanted.out, link=wanted.link)
