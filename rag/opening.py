"""The data folder, opened: its tables brought up to date, and tidied up after processes that died."""

import logging
import os

from rag.assistant import mark_interrupted
from rag.liveness import Liveness
from rag.settings import Settings
from store import answers
from store.engine import Database

log = logging.getLogger(__name__)


def opened(settings: Settings) -> tuple[Database, Liveness]:
    """The database and the sign that this process lives. Raises store.engine.Unavailable, OSError."""
    # Read once, when a library that downloads models is first imported, whoever imports it.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    liveness = Liveness(settings.data_dir)
    database = Database(settings.database)
    database.migrate()
    with database.read() as session:
        writing = answers.owners(session)
    if count := mark_interrupted(database, liveness.dead(writing)):
        log.warning("%d answers were interrupted when a process died; their text is kept", count)
    return database, liveness
