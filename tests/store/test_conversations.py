"""Conversations: whose they are, how they are found, and what is in them."""

from store import answers, conversations
from store.conversations import TITLE_LENGTH
from store.engine import Database
from tests.store.asking import ANA, BEN, asked, citation, finished, trace


def test_a_conversation_is_named_after_its_first_question(database: Database) -> None:
    with database.write() as session:
        conversation_id, *_ = asked(session, "  How late\ncan I stay? ")
        found = conversations.find(session, ANA, conversation_id)
    assert found is not None
    assert found.title == "How late can I stay?"


def test_a_long_title_is_cut(database: Database) -> None:
    with database.write() as session:
        conversation_id, *_ = asked(session, "word " * 40)
        found = conversations.find(session, ANA, conversation_id)
    assert found is not None
    assert found.title.endswith("word…")
    assert len(found.title) <= TITLE_LENGTH


def test_ids_cannot_be_guessed(database: Database) -> None:
    with database.write() as session:
        ids = {asked(session)[0] for _ in range(20)}
    assert len(ids) == 20
    assert all(len(conversation_id) == 16 for conversation_id in ids)


def test_nobody_finds_the_conversation_of_somebody_else(database: Database) -> None:
    with database.write() as session:
        conversation_id, *_ = asked(session, person=ANA)
        assert conversations.find(session, BEN, conversation_id) is None
        assert conversations.history(session, BEN) == []


def test_the_latest_conversation_stands_first(database: Database) -> None:
    with database.write() as session:
        first, second = asked(session)[0], asked(session)[0]
        conversations.touch(session, first)
    with database.read() as session:
        assert [found.id for found in conversations.history(session, ANA)] == [first, second]


def test_history_is_searched_in_titles_questions_and_answers(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session, "Garden hours?")
        asked(session, "Parking?")
        answers.finish(session, answer_id, finished("Until nine."), trace())
        conversations.rename(session, ANA, conversation_id, "Evenings")
    with database.read() as session:
        for words in ("evening", "garden", "NINE"):
            assert [found.id for found in conversations.history(session, ANA, containing=words)] == [conversation_id]


def test_signs_of_the_search_language_are_letters_here(database: Database) -> None:
    with database.write() as session:
        asked(session, "plain")
        of_percent, *_ = asked(session, "What is 5%_off?")
    with database.read() as session:
        assert [found.id for found in conversations.history(session, ANA, containing="%_")] == [of_percent]


def test_only_so_many_are_listed(database: Database) -> None:
    with database.write() as session:
        for _ in range(4):
            asked(session)
        assert len(conversations.history(session, ANA, limit=3)) == 3


def test_a_new_title_is_kept_and_an_empty_one_is_not(database: Database) -> None:
    with database.write() as session:
        conversation_id, *_ = asked(session)
        conversations.rename(session, ANA, conversation_id, "Evenings")
        conversations.rename(session, ANA, conversation_id, "  ")
        conversations.rename(session, BEN, conversation_id, "Mine")
    with database.read() as session:
        assert [found.title for found in conversations.history(session, ANA)] == ["Evenings"]


def test_forgetting_takes_messages_citations_traces_and_feedback_along(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        answers.finish(session, answer_id, finished(citations=(citation(None),)), trace())
        conversations.forget(session, ANA, conversation_id)
    with database.read() as session:
        tables = ("conversations", "messages", "citations", "traces", "feedback")
        left = {
            table: session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in tables
        }
    assert left == dict.fromkeys(tables, 0)


def test_nobody_forgets_the_conversation_of_somebody_else(database: Database) -> None:
    with database.write() as session:
        conversation_id, *_ = asked(session)
        conversations.forget(session, BEN, conversation_id)
        assert conversations.find(session, ANA, conversation_id) is not None


def test_a_question_has_its_answers_in_order_and_each_its_citations(database: Database) -> None:
    with database.write() as session:
        conversation_id, question_id, first = asked(session)
        second = answers.begin(session, conversation_id, question_id, "process")
        answers.finish(session, first, finished(citations=(citation(None),)), trace())
    with database.read() as session:
        (question,) = conversations.questions(session, ANA, conversation_id)
    assert [answer.id for answer in question.answers] == [first, second]
    assert [len(answer.citations) for answer in question.answers] == [1, 0]
    assert [answer.state for answer in question.answers] == ["answered", "writing"]
