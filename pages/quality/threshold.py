"""How sure a guard has to be of a question: what another threshold would have changed, seen before it is saved."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st

from rag.house import House
from rag.meter import Change, PostFigures
from store.records import ExampleQuestion
from ui import markdown, problems
from ui.words import counted

STEP = 0.005
LONGEST = 300  # characters of an example
CHANGES_SHOWN = 5
DONE = {"flag": "flagged", "mask": "masked", "ask_again": "stopped", "refuse": "stopped"}
NO_SCORES = "It has not looked at any question of this period yet, so nothing can be compared."
SAME = "Move it to see what would change before you save it."


def show(house: House, person: str, number: int, post: PostFigures, days: int) -> None:
    """`number` is the post's place among all. Moving the slider draws this part of the page alone."""
    st.fragment(_show)(house, person, number, post, days)


def _show(house: House, person: str, number: int, post: PostFigures, days: int) -> None:
    with problems.in_place():
        chosen = _slider(number, post)
        is_new = abs(chosen - post.post.threshold) > STEP / 10
        if is_new and post.looked_at:
            _show_change(_seen(house, person, house.meter.change(post.post.guard, chosen, days)), post, days)
        else:
            st.caption(SAME if post.looked_at else NO_SCORES)
        _show_buttons(house, person, number, post, chosen if is_new else None)
        _show_history(house.guarding.threshold_changes("question", post.post.guard), person)


def _slider(number: int, post: PostFigures) -> float:
    now = post.post.threshold
    return st.slider(
        "How sure it has to be",
        min_value=0.0,
        max_value=1.0,
        value=now,
        step=STEP,
        format="%.3f",
        key=_key(number, now),
        help="From this on it acts. Lower: it catches more, and stops more harmless questions.",
    )


def _show_buttons(house: House, person: str, number: int, post: PostFigures, chosen: float | None) -> None:
    """`chosen` is a threshold that is not saved yet."""
    with st.container(horizontal=True):
        if chosen is not None and st.button(
            f"Save {chosen:g}", key=f"save-threshold-{number}", type="primary", icon=":material/save:"
        ):
            _save(house, person, post.post.guard, chosen)
        if post.post.threshold != post.from_settings and st.button(
            f"Back to the setting, {post.from_settings:g}", key=f"reset-threshold-{number}", icon=":material/undo:"
        ):
            _save(house, person, post.post.guard, None)


def _key(number: int, now: float) -> str:
    """A new one when the threshold was saved, perhaps by somebody else: the slider begins there again."""
    return f"threshold-{number}-{now:g}".replace(".", "_")


def _save(house: House, person: str, guard: str, chosen: float | None) -> None:
    with problems.told():
        house.guarding.set_threshold("question", guard, chosen, by=person)
    st.rerun()  # all of the page: it says what stands where


def _seen(house: House, person: str, change: Change) -> Change:
    """The change with its examples as this person may see them; that they do stands in the log."""
    house.desk.audit.looked(person, [one.message_id for one in (*change.gained_examples, *change.lost_examples)])
    hide = house.desk.masking.together
    return replace(
        change,
        gained_examples=tuple(replace(one, question=hide(person, one.question)[0]) for one in change.gained_examples),
        lost_examples=tuple(replace(one, question=hide(person, one.question)[0]) for one in change.lost_examples),
    )


def _show_change(change: Change, post: PostFigures, days: int) -> None:
    done = DONE[post.post.action]
    st.markdown(
        markdown.plain(
            f"Of the {counted(post.looked_at or 0, 'question')} of the last {days} days, {change.gained:,} more would "
            f"have been {done}; {change.lost:,} that were {done} would not have been."
        )
    )
    _show_examples(f"Would be {done}", ":material/add_circle:", change.gained, change.gained_examples)
    _show_examples(f"Would not be {done}", ":material/do_not_disturb_on:", change.lost, change.lost_examples)


def _show_examples(title: str, icon: str, total: int, examples: tuple[ExampleQuestion, ...]) -> None:
    if not examples:
        return
    newest = f", the newest {len(examples)}" if total > len(examples) else ""
    with st.expander(f"{title}: {total:,}{newest}", icon=icon):
        for one in examples:
            words = one.question if len(one.question) <= LONGEST else one.question[:LONGEST] + " …"
            st.markdown(f":gray-badge[{one.sure:.3f}] {markdown.plain(' '.join(words.split()))}")


def _show_history(changes: list[dict[str, Any]], person: str) -> None:
    if not changes:
        return
    with st.expander("Changes of this threshold", icon=":material/history:"):
        for change in changes[:CHANGES_SHOWN]:
            who = "you" if change["by"] == person else f"visitor {change['by'][:8]}" if change["by"] else "a program"
            when = datetime.fromisoformat(change["at"])
            st.caption(markdown.plain(f"{when:%d %b %Y, %H:%M} UTC: {change['old']:g} → {change['new']:g}, by {who}"))
