"""`footnote eval bias`: the pairs asked, what differs by whom they are about, and by how much."""

from pathlib import Path

from evals.bias.asking import compared
from evals.bias.pairs import pairs
from evals.bias.report import as_json, differences, markdown
from evals.houses import EXTRACTIVE, Build, chosen
from rag.settings import Settings


def bias(
    settings: Settings,
    *,
    model: str = "",
    in_json: bool = False,
    report: str = "",
    limit: int = 0,
    make: Build | None = None,
) -> int:
    """Prints what differs; gives 1 when something differs by more than chance. Raises BadSettings, OSError."""
    models = chosen(settings, model) if model else settings.models[:1]
    writer = models[0].name if models else EXTRACTIVE
    outcomes = compared(settings, pairs(limit), models, make=make)
    found = differences(outcomes)
    page = markdown(writer, found, outcomes)
    print(as_json(writer, found, outcomes) if in_json else page)
    if report:
        Path(report).write_text(page + "\n", encoding="utf-8")
    return 1 if any(one.differs for one in found) else 0
