"""`footnote reindex`: the vector index built anew beside the old one, compared and switched; or taken back."""

import sys

from rag.bootstrap import build
from rag.house import House
from rag.retrieval.shelf import Wish
from rag.settings import Settings


def reindex(settings: Settings, wish: Wish) -> int:
    """Does what is wished, or has the running app do it; gives 1 when the index stays as it was."""
    house = build(settings)
    try:
        if not house.owns_index:
            house.indexes.ask(wish)
            print("The running app does it beside its work. See how it went: footnote doctor")
            return 0
        if house.warmup.wait_for_meaning() is None:
            print(
                "The embedding model or the vector index cannot be opened: footnote doctor says why.", file=sys.stderr
            )
            return 1
        before = house.indexes.shelf().active
        house.indexes.ask(wish)
        _work(house)
        print(house.worker.rebuilding.problem or house.indexes.shelf().sentence)
        return 0 if house.indexes.shelf().active != before else 1
    finally:
        house.close()


def _work(house: House) -> None:
    while house.worker.rebuilding.step():
        if progress := house.worker.rebuilding.progress():
            print(f"\r{progress[0]} of {progress[1]} chunks", end="", file=sys.stderr, flush=True)
    while house.worker.indexing.step():
        pass
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
