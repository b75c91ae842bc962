"""The commands and their arguments. Heavy parts are imported by the command that needs them."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from rag import logs
from rag.clients import SCOPES
from rag.retrieval.vectors import Damaged
from rag.settings import BadSettings, Settings, load
from store.engine import Unavailable

Command = Callable[[argparse.Namespace, Settings], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None, more: Callable[[Commands], None] | None = None) -> int:
    """Runs one command, of ours or of a higher layer; gives 0, 1 when it failed, 2 when it was not understood."""
    parser, commands = _parser()
    if more:
        more(commands)
    wanted = parser.parse_args(arguments)
    try:
        settings = load()
        logs.set_up("info" if wanted.verbose else "error")
        command: Command = wanted.command
        return command(wanted, settings)
    except BadSettings as trouble:
        return _fail(str(trouble), 2)
    except Damaged:
        return _fail("The vector index does not answer; start the app, which mends it, or delete the folder chroma.")
    except Unavailable as trouble:
        return _fail(f"The database cannot be used: {trouble}.")
    except OSError as trouble:
        return _fail(f"{trouble.strerror or trouble}: {trouble.filename or ''}".rstrip(": ") + ".")
    except KeyboardInterrupt:
        return _fail("Stopped.")


def _parser() -> tuple[argparse.ArgumentParser, Commands]:
    parser = argparse.ArgumentParser(prog="footnote", description="Ask your documents from the command line.")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what happens inside")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the pages (FOOTNOTE_HOST, FOOTNOTE_PORT)")
    serve.set_defaults(command=_serve)

    ask = commands.add_parser("ask", help="ask a question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="give the whole answer as JSON")
    ask.add_argument("--tag", action="append", default=[], help="answer from documents with this tag; may be repeated")
    ask.set_defaults(command=_ask)

    ingest = commands.add_parser("ingest", help="add files, or all files below folders")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.add_argument("--sync", action="store_true", help="make the library equal to the one folder named")
    ingest.add_argument("--tag", action="append", default=[], help="a tag for what is added; may be repeated")
    ingest.set_defaults(command=_ingest)

    listing = commands.add_parser("documents", help="list the documents")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(command=_documents)

    forget = commands.add_parser("forget", help="delete a document with all its traces")
    forget.add_argument("id", type=int)
    forget.set_defaults(command=_forget)

    check = commands.add_parser("check", help="see whether database, vectors and files fit together, and mend them")
    check.set_defaults(command=_check)

    reindex = commands.add_parser("reindex", help="build the vector index anew beside the old one, compare, switch")
    how = reindex.add_mutually_exclusive_group()
    how.add_argument("--force", action="store_true", help="switch even if the new one finds less")
    how.add_argument("--rollback", action="store_true", help="go back to the index before")
    reindex.set_defaults(command=_reindex)

    warm = commands.add_parser("warm", help="export the embedding model, which the first start would do otherwise")
    warm.set_defaults(command=_warm)

    _add_keys(commands.add_parser("keys", help="keys for programs that use the HTTP API"))

    doctor = commands.add_parser("doctor", help="say what works and what does not")
    doctor.set_defaults(command=_doctor)
    return parser, commands


def _add_keys(keys: argparse.ArgumentParser) -> None:
    actions = keys.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a key and print it, this once")
    add.add_argument("name", help="the program or team it is for")
    add.add_argument(
        "--scope",
        action="append",
        choices=SCOPES,
        default=[],
        help="may be repeated; usually ask and feedback",
    )
    add.set_defaults(command=_keys, action="add")
    actions.add_parser("list", help="list the keys").set_defaults(command=_keys, action="list")
    revoke = actions.add_parser("revoke", help="end a key at once")
    revoke.add_argument("name")
    revoke.set_defaults(command=_keys, action="revoke")


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.serve import serve

    return serve(settings)


def _ask(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.asking import ask

    with quiet_libraries():
        return ask(settings, wanted.question, as_json=wanted.json, tags=wanted.tag)


def _ingest(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.documents import ingest
    from rag.cli.syncing import sync

    if wanted.sync and len(wanted.paths) != 1:
        return _fail("Name exactly one folder to make the library equal to.", 2)
    with quiet_libraries():
        if wanted.sync:
            return sync(settings, wanted.paths[0], tuple(wanted.tag))
        return ingest(settings, wanted.paths, wanted.tag)


def _documents(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.documents import listing

    return listing(settings, as_json=wanted.json)


def _forget(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.documents import forget

    with quiet_libraries():
        return forget(settings, wanted.id)


def _check(_: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.documents import check

    with quiet_libraries():
        return check(settings)


def _reindex(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.reindexing import reindex

    with quiet_libraries():
        return reindex(settings, "rollback" if wanted.rollback else "force" if wanted.force else "build")


def _warm(_: argparse.Namespace, settings: Settings) -> int:
    from rag.retrieval.embedding import ModelMissing, embedder_for

    try:
        print(f"The embedding model {embedder_for(settings.embedding, settings.data_dir / 'models').name} is ready.")
    except ModelMissing as trouble:
        return _fail(str(trouble))
    return 0


def _keys(wanted: argparse.Namespace, settings: Settings) -> int:
    from rag.cli import keys

    match wanted.action:
        case "add":
            return keys.add(settings, wanted.name, wanted.scope)
        case "revoke":
            return keys.revoke(settings, wanted.name)
    return keys.listing(settings)


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    from rag.cli.doctor import doctor

    return doctor(settings)


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """No progress bars of the libraries between our own words."""
    os.environ["TQDM_DISABLE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    yield


def _fail(words: str, code: int = 1) -> int:
    print(words, file=sys.stderr)
    return code
