"""Texts as reviewers see them who may not see personal data."""

import pytest

from rag.review.masking import Masking
from rag.review.veil import Veil
from rag.settings import Review
from store.models import now
from store.records import AnswerRecord, BetterSourceRecord, ChangeRecord, FeedbackRecord, WrongSourceRecord

TEXT = "Write to Ana Kovač at ana.kovac@example.com or call +49 170 1234567. Then wait."


def test_the_kind_stands_where_a_value_stood() -> None:
    assert Veil([TEXT]).text(TEXT) == "Write to [name] at [e-mail] or call [phone]. Then wait."


def test_a_value_known_from_one_text_is_hidden_in_all() -> None:
    veil = Veil(["My name is Ana Kovač."])
    assert veil.text("Kovač asked. Is it ok, Ana?") == "[name] asked. Is it ok, [name]?"


def test_every_place_outside_of_a_value_stays_at_its_words() -> None:
    shown, moved = Veil([TEXT]).placed(TEXT, range(len(TEXT) + 1))
    for place in (0, TEXT.index(" or"), TEXT.index("Then"), len(TEXT)):
        assert shown[moved[place] :][:4] == TEXT[place:][:4]
    assert moved == sorted(moved)


@pytest.mark.parametrize("text", ["", "Nothing personal [1].", "EMAIL7KQ3RX", "[name]"])
def test_texts_without_personal_data_stay_as_they_are(text: str) -> None:
    assert Veil([text]).text(text) == text


@pytest.mark.parametrize(
    ("review", "hidden"),
    [
        (Review(), True),
        (Review(personal="shown"), False),
        (Review(unmasked=["3f2a61c0"]), False),
        (Review(unmasked=["ffffffff"]), True),
    ],
)
def test_settings_say_from_whom_it_is_hidden(review: Review, *, hidden: bool) -> None:
    assert Masking(review).hides_from("3f2a61c0aaaa") is hidden


def test_a_prefix_that_fits_nearly_everybody_is_refused() -> None:
    for short in ("", "3", "3f2a61c"):
        with pytest.raises(ValueError, match="visitor number"):
            Review(unmasked=[short])


def test_a_correction_and_a_better_source_are_hidden_with_the_answer() -> None:
    better = BetterSourceRecord(1, "Rooms", 0, len(TEXT), TEXT)
    source = WrongSourceRecord(1, 2, TEXT, better, TEXT)
    correction = TEXT.replace("Then wait", "Then go")
    raw = (ChangeRecord("deleted", TEXT), ChangeRecord("inserted", correction))
    said = FeedbackRecord(-1, ("Wrong", TEXT), TEXT, correction, now(), raw, (source,))
    answer = AnswerRecord(1, 1, TEXT, "answered", None, None, None, (), now(), (), said)
    shown = Veil([TEXT]).answer(answer).feedback
    assert shown is not None
    assert "Kovač" not in repr(shown)
    assert [one.text for one in shown.diff if one.kind != "same"] == ["wait", "go"]
