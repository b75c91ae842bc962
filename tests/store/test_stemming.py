"""Stems, as the full-text index makes them."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from store.engine import Database
from store.stemming import stem
from tests.store.asking import added

WORDS = """
relational conditional rationally digitizer conformably radically differently vilely analogously
vietnamization predication operator feudalism decisiveness hopefulness callousness formality sensitivity
sensibility triplicate formative formalize electricity electrical hopeful goodness revival allowance inference
airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous
communism activate angularity effective bowdlerize probate rate cease controll roll caresses ponies ties cats
feed agreed plastered bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed
failing filing happy sky dying lying news skies ugly early only outing inning
""".split()


def test_the_stems_are_those_of_the_index(database: Database) -> None:
    with database.write() as session:
        added(session, " ".join(WORDS), name="words.md", section="")
        index = set(session.execute(text("SELECT term FROM chunk_words")).scalars())
    assert {stem(word) for word in WORDS} - index == set()


def test_threads_do_not_mix_their_words() -> None:
    """The stemmer keeps the word it works on in itself."""
    many = [f"{word}{ending}" for word in WORDS for ending in ("", "s", "ing", "ational")] * 5
    stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(stem.__wrapped__, many))
    assert found == [stem(word) for word in many]
