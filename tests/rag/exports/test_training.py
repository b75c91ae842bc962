"""Training data: what is chosen, what is left out and why, and what is counted."""

import io
import json
import zipfile
from typing import Any

import pytest
from sqlalchemy import update

from guards.schema import Draft
from rag import prompting
from rag.exports import packing
from rag.exports.packing import OTHER_SIDE, pack
from rag.exports.packing import packed as packed_pieces
from rag.exports.training import Draw, TrainingWanted, split
from rag.sections import Retention
from rag.settings import Settings
from store import answers, documents, items
from store.engine import Database
from store.models import Chunk, Message, Person, ReviewItem
from store.records import ItemFilter
from tests.rag.exports.answers import ANSWER, CLOSES, answered, down, library, up

BETTER = "At nine in the evening, every day. [1]"


def packed(
    database: Database, settings: Settings, wanted: TrainingWanted
) -> tuple[list[dict[str, Any]], dict[str, Any], str]:
    """The rows of all files, the manifest and the note."""
    out = io.BytesIO()
    manifest = pack(Draw(database, settings, wanted), out)
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("manifest.json")) == manifest
        lines = [line for name in manifest["files"] for line in archive.read(name).decode().splitlines()]
        return [json.loads(line) for line in lines], manifest, archive.read("NOTICE.md").decode()


def test_a_chat_is_what_the_writer_sends_and_the_reply_it_asks_for(database: Database, settings: Settings) -> None:
    with database.write() as session:
        answered(session, library(session), feedback_given=up())
    rows, *_ = packed(database, settings, TrainingWanted("chat", "rating", names=False))
    system, user, assistant = (message["content"] for message in rows[0]["messages"])
    assert [message["role"] for message in rows[0]["messages"]] == ["system", "user", "assistant"]
    assert "You answer questions for the readers of Footnote" in system
    assert CLOSES in user
    assert user.endswith("Question: How late?")
    reply = Draft.model_validate_json(assistant)
    assert (reply.answer, reply.citations[0].passage, reply.citations[0].quote) == (ANSWER, 1, CLOSES)


def test_what_was_said_before_goes_along(database: Database, settings: Settings) -> None:
    with database.write() as session:
        first = answered(session, document := library(session))
        conversation_id = session.get_one(Message, first).conversation_id
        question_id = answers.ask(session, conversation_id, "And on Sundays?")
        answered(session, document, question_id=question_id, conversation_id=conversation_id, feedback_given=up())
    rows, *_ = packed(database, settings, TrainingWanted("chat", "rating"))
    contents = [message["content"] for message in rows[0]["messages"]]
    assert contents[1:3] == ["How late?", "It closes at nine in the evening."]
    assert contents[3].endswith("Question: And on Sundays?")


def test_personal_data_is_masked_alike_within_an_example(database: Database, settings: Settings) -> None:
    with database.write() as session:
        asked = "How late? Mail bob@example.org. I am bob@example.org."
        answered(session, library(session), asked, feedback_given=up())
    rows, manifest, _ = packed(database, settings, TrainingWanted("chat", "rating"))
    whole = json.dumps(rows)
    assert not any(value in whole for value in ("bob@example.org", "7946"))
    user = rows[0]["messages"][1]["content"]
    masks = [word.strip(".") for word in user.split() if word.startswith("EMAIL")]
    assert (len(masks), len(set(masks)), manifest["masked"]["values"]["phone"]) == (2, 1, 1)
    again, *_ = packed(database, settings, TrainingWanted("chat", "rating"))
    assert again == rows


def test_pairs_are_a_correction_and_what_it_corrects(database: Database, settings: Settings) -> None:
    with database.write() as session:
        answered(session, library(session), feedback_given=down(correction=BETTER))
    rows, *_ = packed(database, settings, TrainingWanted("preference", "rating"))
    chosen, rejected = (Draft.model_validate_json(rows[0][name][0]["content"]) for name in ("chosen", "rejected"))
    assert (chosen.answer, rejected.answer) == (BETTER, ANSWER)
    assert [message["role"] for message in rows[0]["prompt"]] == ["system", "user"]


@pytest.mark.parametrize("by", ["rating", "checks"])
def test_pairs_are_also_answers_to_a_question_asked_again(database: Database, settings: Settings, by: Any) -> None:
    with database.write() as session:
        given = {"feedback_given": down()} if by == "rating" else {"verdict": "weak"}
        worse = session.get_one(Message, answered(session, document := library(session), **given))
        again = {"question_id": worse.reply_to, "conversation_id": worse.conversation_id, "text": BETTER}
        answered(session, document, feedback_given=up(), verdict="supported", **again)
    rows, *_ = packed(database, settings, TrainingWanted("preference", by))
    replies = [Draft.model_validate_json(rows[0][name][0]["content"]).answer for name in ("chosen", "rejected")]
    assert replies == [BETTER, ANSWER]


def test_what_reviewers_approved_is_taken_in_their_words(database: Database, settings: Settings) -> None:
    with database.write() as session:
        answered(session, library(session), approved=BETTER)
    rows, *_ = packed(database, settings, TrainingWanted("completion", "approval"))
    assert Draft.model_validate_json(rows[0]["completion"]).answer == BETTER
    assert rows[0]["prompt"].endswith("Question: How late?\n\n")
    pairs, *_ = packed(database, settings, TrainingWanted("preference", "approval"))
    assert Draft.model_validate_json(pairs[0]["rejected"][0]["content"]).answer == ANSWER


@pytest.mark.parametrize(("verdict", "kept"), [("supported", 1), ("weak", 0), (None, 0)])
def test_checks_are_what_the_app_measured(database: Database, settings: Settings, verdict: Any, kept: int) -> None:
    with database.write() as session:
        answered(session, library(session), verdict=verdict)
    _, manifest, _ = packed(database, settings, TrainingWanted("chat", "checks"))
    assert (manifest["kept"], "no model judges" in manifest["chosen_by"]["means"]) == (kept, True)


@pytest.mark.parametrize("state", ["answered", "stopped", "failed", "not_found"])
def test_what_broke_off_is_no_example_and_not_found_is_one(database: Database, settings: Settings, state: str) -> None:
    with database.write() as session:
        text = ANSWER if state != "not_found" else "The documents do not say."
        answer_id = answered(session, library(session), text=text, feedback_given=up())
        session.get_one(Message, answer_id).state = state
        items.refresh(session, [answer_id])
    rows, *_ = packed(database, settings, TrainingWanted("chat", "rating"))
    replies = [Draft.model_validate_json(row["messages"][-1]["content"]).answerable for row in rows]
    assert replies == {"answered": [True], "not_found": [False]}.get(state, [])


def test_invented_people_teach_nothing(database: Database, settings: Settings) -> None:
    with database.write() as session:
        answered(session, library(session), feedback_given=up())
        session.execute(update(Person).values(demo=True))
    wanted = TrainingWanted("chat", "rating")
    assert (packed(database, settings, wanted)[0], Draw(database, settings, wanted).count()) == ([], 0)


def test_what_is_past_its_retention_is_not_taken(database: Database, settings: Settings) -> None:
    with database.write() as session:
        old = answered(session, document := library(session), "How late in June?", feedback_given=up())
        answered(session, document, "How late in July?", feedback_given=up())
        item = session.get_one(ReviewItem, old)
        item.created_at = item.created_at.replace(year=2020)
    kept = settings.model_copy(update={"retention": Retention(days=30)})
    wanted = TrainingWanted("chat", "rating")
    assert len(packed(database, settings, wanted)[0]) == 2
    rows = packed(database, kept, wanted)[0]
    assert ["July" in row["messages"][1]["content"] for row in rows] == [True]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("held", "a passage it cites is gone or held back"),
        ("deleted", "none of its passages is left"),
        ("unknown footnote", "a footnote of it points into none of its passages"),
        ("no footnote", "it would not pass the validation of answers"),
        ("prompt", "its prompt is gone"),
        ("twice", "duplicate"),
        ("nearly", "near duplicate"),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(
    database: Database, settings: Settings, broken: str, why: str
) -> None:
    with database.write() as session:
        document = library(session)
        text = {"unknown footnote": "It closes. [2]", "no footnote": "It closes."}.get(broken, ANSWER)
        changes = {"prompt": "answer@99"} if broken == "prompt" else {}
        answered(session, document, text=text, feedback_given=up(), **changes)
        if broken in ("twice", "nearly"):
            question = "how late" if broken == "twice" else "How late??"
            text = ANSWER if broken == "twice" else ANSWER.replace("evening", "evenings")
            answered(session, document, question, text, person="ben", feedback_given=up())
        if broken == "held":
            session.execute(update(Chunk).values(held=True))
        if broken == "deleted":
            documents.remove(session, document)
    _, manifest, _ = packed(database, settings, TrainingWanted("chat", "rating"))
    assert manifest["dropped"] == {why: 1}
    assert manifest["looked_at"] == manifest["kept"] + 1


def test_a_reader_is_on_one_side_only_and_always_the_same() -> None:
    readers = [f"reader {number}" for number in range(1000)]
    sides = [split(reader, 0.1) for reader in readers]
    assert sides == [split(reader, 0.1) for reader in readers]
    assert 60 < sides.count("validation") < 140


def test_the_manifest_counts_what_is_in_the_files(database: Database, settings: Settings) -> None:
    with database.write() as session:
        document = library(session)
        for number in range(6):
            answered(session, document, f"How late on day {number}?", person=f"p{number}", feedback_given=up())
    rows, manifest, note = packed(
        database, settings, TrainingWanted("chat", "rating", ItemFilter(rating=1), validation=0.5)
    )
    assert set(manifest["files"]) == {"train.jsonl", "validation.jsonl"}
    assert sum(file["rows"] for file in manifest["files"].values()) == len(rows) == 6
    assert sum(file["readers"] for file in manifest["files"].values()) == 6
    assert all(file["tokens_estimated"] > 500 * file["rows"] for file in manifest["files"].values())
    assert (manifest["filter"], manifest["prompts"], manifest["writers"]) == (
        {"rating": "1"},
        {"answer@1": 6},
        {"first": 6},
    )
    assert ("- rules: 6" in note, "- first (not configured any more): 6" in note) == (True, True)


def test_an_answer_in_the_documents_own_words_gets_the_prompt_in_use(database: Database, settings: Settings) -> None:
    with database.write() as session:
        answered(session, library(session), prompt="", feedback_given=up())
    rows, manifest, _ = packed(database, settings, TrainingWanted("chat", "rating"))
    assert rows[0]["messages"][0]["content"].startswith(prompting.read("answer").split("\n")[2][:30])
    assert manifest["prompts"] == {"production": 1}


def test_no_question_stands_on_both_sides(database: Database, settings: Settings) -> None:
    readers = [f"reader {number}" for number in range(40)]
    with database.write() as session:
        document = library(session)
        for number, reader in enumerate(readers):
            text = f"It closes at nine in the evening, says rule {number}. [1]"
            answered(session, document, text=text, person=reader, feedback_given=up())
    sides = {split(reader, 0.2) for reader in readers}
    _, manifest, _ = packed(database, settings, TrainingWanted("chat", "rating", validation=0.2))
    assert sides == {"train", "validation"}
    assert len(manifest["files"]) == 1
    assert manifest["kept"] + sum(manifest["dropped"].values()) == 40
    assert OTHER_SIDE in manifest["dropped"]


def test_an_archive_is_given_out_while_it_grows(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PIECE", 1)
    with database.write() as session:
        document = library(session)
        for number in range(3):
            answered(session, document, f"How late on day {number}?", feedback_given=up())
    draw = Draw(database, settings, TrainingWanted("chat", "rating", validation=0))
    pieces = packed_pieces(draw)
    first = next(pieces)
    assert (first[:2], draw.looked_at) == (b"PK", 1)
    pieces.close()  # whoever reads no further leaves nothing behind: what waits has no name, and warnings are errors
