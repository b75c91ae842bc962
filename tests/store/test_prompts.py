"""Prompts: versions never change, and a label says which one is used."""

from store import prompts
from store.engine import Database
from store.records import PromptRecord


def test_a_new_text_is_the_next_version_and_goes_into_production(database: Database) -> None:
    with database.write() as session:
        assert prompts.keep(session, "answer", "Be brief.") == PromptRecord("answer", 1, "Be brief.")
        assert prompts.keep(session, "answer", "Be kind.").reference == "answer@2"
        assert prompts.labelled(session, "answer") == PromptRecord("answer", 2, "Be kind.")


def test_the_same_text_is_no_new_version(database: Database) -> None:
    with database.write() as session:
        first = prompts.keep(session, "answer", "Be brief.")
        assert prompts.keep(session, "answer", "Be brief.") == first


def test_prompts_are_counted_apart(database: Database) -> None:
    with database.write() as session:
        prompts.keep(session, "answer", "Be brief.")
        assert prompts.keep(session, "rewrite", "Be brief.").version == 1


def test_a_label_nobody_set_names_nothing(database: Database) -> None:
    with database.read() as session:
        assert prompts.labelled(session, "answer", "trial") is None
