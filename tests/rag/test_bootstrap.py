"""The house as a whole: built over a folder, with samples once, and tidied up after a process that was killed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.house import House
from rag.samples import load
from rag.settings import Brand, Model, Settings
from store import answers, conversations, people
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Endless, ModelServer
from tests.rag.answering import HOTEL, LIBRARY

ROOT = Path(__file__).parents[2]
ASKING = """
import sys
from pathlib import Path
from guards.answer import AnswerGuard
from rag.bootstrap import build
from rag.settings import Model, Settings
from tests.fakes import HashEmbedder

folder, url = sys.argv[1:]
model = Model(name="first", model="m", base_url=url)
house = build(Settings(data_dir=Path(folder), models=[model]), embedder=lambda _: HashEmbedder())
asked = house.assistant.ask("ana", "How much is reimbursed for a hotel night?")
print(asked.conversation_id, asked.answer_id, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder of samples with the questions beside it."""
    (tmp_path / "documents").mkdir()
    for name, text in LIBRARY.items():
        (tmp_path / "documents" / name).write_text(text)
    (tmp_path / "questions.toml").write_text('[[suggested]]\nquestion = "How late?"\n')
    return tmp_path / "documents"


def work_off(house: House) -> None:
    while house.worker.step():
        pass


def test_samples_are_loaded_once(house: House, samples: Path) -> None:
    assert (load(house.database, house.library, samples), load(house.database, house.library, samples)) == (2, 0)
    work_off(house)
    assert house.library.count() == 2


def test_deleted_samples_stay_deleted(house: House, samples: Path) -> None:
    load(house.database, house.library, samples)
    work_off(house)
    for row in house.library.listing():
        house.library.remove(row.id)
    assert (load(house.database, house.library, samples), house.library.count()) == (0, 0)


def test_who_has_documents_gets_no_samples(house: House, samples: Path, library_of: LibraryOf) -> None:
    library_of(house, {"own.md": "# Own\n\nOwn words."})
    assert load(house.database, house.library, samples) == 0


def test_the_samples_bring_their_questions(house: House, samples: Path) -> None:
    assert house.suggestions() == []
    load(house.database, house.library, samples)
    assert house.suggestions() == ["How late?"]


def test_the_brands_own_questions_come_first(build_house: BuildHouse, samples: Path) -> None:
    house = build_house(brand=Brand(suggestions=["Why?"]))
    load(house.database, house.library, samples)
    assert house.suggestions() == ["Why?"]


def test_a_house_can_be_built_again_over_its_folder(build_house: BuildHouse, library_of: LibraryOf) -> None:
    first = build_house()
    library_of(first, LIBRARY)
    first.close()
    second = build_house()
    assert (second.owns_index, second.library.count()) == (True, 2)
    assert second.warmup.states() == {"models": "ready", "meaning": "ready"}


def test_a_new_folder_is_made_with_its_tables(settings: Settings, tmp_path: Path, build_house: BuildHouse) -> None:
    house = build_house(data_dir=tmp_path / "deep" / "down")
    house.database.check()
    assert house.library.count() == 0


def test_closing_marks_what_was_still_being_written(build_house: BuildHouse, settings: Settings) -> None:
    house = build_house()
    with house.database.write() as session:
        people.remember(session, "ana")
        conversation_id = conversations.create(session, "ana", HOTEL)
        question_id = answers.ask(session, conversation_id, HOTEL)
        answer_id = answers.begin(session, conversation_id, question_id, house.liveness.process)
    house.close()
    after = build_house()
    with after.database.read() as session:
        assert answers.progress(session, "ana", answer_id) == ("interrupted", "")


def test_after_a_kill_the_text_is_kept_and_marked_interrupted(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer
) -> None:
    house = build_house()
    library_of(house, LIBRARY)
    model_server.default = Endless()
    command = [sys.executable, "-c", ASKING, str(house.settings.data_dir), model_server.url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        conversation_id, answer_id = other.stdout.readline().split()
        text = ""
        while "and on" not in text:  # it is saved four times a second
            assert other.poll() is None
            snapshot = house.assistant.snapshot("ana", int(answer_id), 0, 0.1)
            assert snapshot is not None
            text = snapshot.text
        other.kill()
    after = build_house()
    _, (question,) = after.assistant.conversation("ana", conversation_id)
    assert (question.text, question.answers[0].state) == (HOTEL, "interrupted")
    assert question.answers[0].text.startswith(text)


def test_answers_of_a_living_process_are_left_alone(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    writing = build_house(models=[model_at(model_server.url)])
    library_of(writing, LIBRARY)
    model_server.default = Endless()
    asked = writing.assistant.ask("ana", HOTEL)
    other = build_house()
    _, (question,) = other.assistant.conversation("ana", asked.conversation_id)
    assert question.answers[0].state == "writing"
    writing.assistant.stop("ana", asked.answer_id)


def test_nothing_is_downloaded_unless_it_is_asked_for(build_house: BuildHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    build_house()
    assert os.environ["HF_HUB_OFFLINE"] == "1"
