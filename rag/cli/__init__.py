"""The command line: `footnote serve|ask|ingest|documents|forget|doctor`. Trouble is one sentence and an exit code."""

from rag.cli.main import main

__all__ = ["main"]
