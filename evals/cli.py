"""The command `footnote`: everything that rag/cli has, and `footnote eval`. Here because rag knows no evaluations."""

import argparse
from collections.abc import Sequence

from rag.cli import demo_data, digesting, exporting
from rag.cli.main import Commands, quiet_libraries
from rag.cli.main import main as run
from rag.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives 0, 1 when it did not succeed, 2 when it could not be understood."""
    return run(arguments, more=_add)


def _add(commands: Commands) -> None:
    for more in (demo_data, digesting, exporting):
        more.add(commands)
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


def _cases(wanted: argparse.Namespace, settings: Settings) -> int:
    from evals.cases.command import cases

    with quiet_libraries():
        return cases(settings, dataset=wanted.dataset, as_json=wanted.json, require=wanted.require)
