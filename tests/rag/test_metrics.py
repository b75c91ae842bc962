"""Counting, and how it is read."""

from prometheus_client.parser import text_string_to_metric_families

from rag.metrics import Metrics, Standing
from store.records import HealthRecord


def samples(metrics: Metrics, name: str) -> dict[tuple[str, ...], float]:
    """The values of one name by their labels."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    found = [sample for family in families for sample in family.samples if sample.name == name]
    return {tuple(sample.labels.values()): sample.value for sample in found}


def test_a_model_is_in_one_state() -> None:
    metrics = Metrics()
    models = (HealthRecord("first", "open"), HealthRecord("second", taken_out=True))
    metrics.watch(lambda: Standing(0, 0, 0, models))

    states = samples(metrics, "footnote_model_state")
    assert {labels for labels, value in states.items() if value} == {("first", "open"), ("second", "closed")}
    assert len(states) == 6
    assert samples(metrics, "footnote_model_taken_out") == {("first",): 0, ("second",): 1}


def test_a_database_that_is_away_is_told_and_stops_nothing() -> None:
    metrics = Metrics()
    metrics.watch(lambda: Standing(2, 1, None))

    assert samples(metrics, "footnote_database_up") == {(): 0}
    assert samples(metrics, "footnote_files_waiting") == {}
    assert samples(metrics, "footnote_answers_running") == {(): 2}
