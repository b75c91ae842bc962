"""`footnote serve`: checks what would otherwise end in a traceback, then becomes the server."""

import os
import runpy
import socket
import sys
from pathlib import Path

from rag.settings import Settings
from store.engine import Database, Unavailable

APP = Path(__file__).resolve().parents[2] / "app.py"


def serve(settings: Settings) -> int:
    """Serves until it is stopped; gives 1 when it cannot start."""
    trouble = _trouble(settings)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    _become_server(settings)
    return 0


def _become_server(settings: Settings) -> None:
    print(f"{settings.brand.name}: http://{settings.host}:{settings.port}  (Ctrl+C ends it)", flush=True)
    options = {
        "server.address": settings.host,
        "server.port": settings.port,
        "server.maxUploadSize": settings.documents.max_megabytes,
        # Below that Streamlit logs its messages, with what people type.
        "logger.level": "info" if settings.log_level == "debug" else settings.log_level,
    }
    os.chdir(APP.parent)  # where Streamlit looks for .streamlit/config.toml
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    sys.argv = ["streamlit", "run", str(APP), *flags]
    # In this process: a new one would import everything once more.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _trouble(settings: Settings) -> str:
    data = settings.data_dir.resolve()
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / ".writable").touch()
        (data / ".writable").unlink()
    except OSError as error:
        return f"The data folder {data} cannot be written: {error.strerror}. Set FOOTNOTE_DATA_DIR to another one."
    database = Database(settings.database)
    try:
        database.migrate()
        database.check_writing()  # it may be locked, or lie where nothing can be written
    except Unavailable as error:
        return f"The database cannot be used: {error}. See FOOTNOTE_DATA_DIR and FOOTNOTE_DATABASE_URL."
    finally:
        database.close()
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        return f"{where} cannot be used: {error.strerror}. Set FOOTNOTE_PORT (or FOOTNOTE_HOST) to another one."
    return ""
