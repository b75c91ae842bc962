"""The guards' view: what each guard did at its stand, and how often reviewers say that it was wrong."""

import streamlit as st

from pages.quality import guard_files, period, rates, threshold
from rag.house import House
from rag.meter import DAYS, Picture, PostFigures
from store.records import STOPPING, Reviewed
from ui import figures, markdown, problems
from ui.words import counted

NONE = "No guard is posted: `[guards]` in `footnote.toml` says which ones look at what."
QUIET = "No question was asked in this period. Figures appear with the first ones."
STANDS = {
    "question": "at the question",
    "document": "at documents",
    "passage": "at passages",
    "stream": "at text before it is shown",
    "answer": "at the answer",
}
ACTIONS = {
    "flag": ":blue-badge[:material/flag: flags]",
    "mask": ":blue-badge[:material/visibility_off: masks]",
    "ask_again": ":orange-badge[:material/refresh: asks again]",
    "refuse": ":orange-badge[:material/block: refuses]",
    "allow": ":gray-badge[:material/pause: stands idle]",
}
DONE = {"flag": "flagged", "mask": "masked", "ask_again": "asked again", "refuse": "refused", "allow": "let pass"}


def show(house: House, person: str) -> None:
    days = period.under("Guards", DAYS, key="quality-days")
    with problems.in_place():
        picture = house.meter.picture(days)
        if not picture.reviewed.answers:
            st.info(QUIET, icon=":material/hourglass_empty:")
        _show_reviewed(picture.reviewed)
        if not picture.posts:
            st.info(NONE, icon=":material/shield:")
        elif picture.reviewed.answers:
            guard_files.show(picture)
        for name, posts in by_guard(picture).items():
            with st.container(border=True, gap="small"):
                st.markdown(f"**{markdown.plain(name)}**")
                for number, post in posts:
                    _show_post(post)
                    if post.post.stand == "question" and post.post.action != "allow":
                        threshold.show(house, person, number, post, days)


def by_guard(picture: Picture) -> dict[str, list[tuple[int, PostFigures]]]:
    """The posts of each guard, each with its number among all."""
    found: dict[str, list[tuple[int, PostFigures]]] = {}
    for number, post in enumerate(picture.posts):
        found.setdefault(post.post.guard, []).append((number, post))
    return found


def _show_reviewed(reviewed: Reviewed) -> None:
    figures.show(
        [
            ("Questions", f"{reviewed.answers:,}"),
            ("Appeals", _looked_at(reviewed.appeals, reviewed.appeals_decided)),
            ("Sample of what was let pass", _looked_at(reviewed.samples, reviewed.samples_decided)),
        ],
        columns=3,
    )
    if reviewed.appeals_decided:
        harmless = rates.of_reviewed(reviewed.appeals_fine, reviewed.appeals_decided)
        st.markdown(markdown.plain(f"Harmless among the appeals: {harmless}."))
    missed = rates.of_reviewed(reviewed.samples_attack, reviewed.samples_decided)
    st.markdown(markdown.plain(f"Attacks among what was let pass: {missed}."))
    st.caption(
        "Reviewers decide on the page Review, under Guards. In brackets: between what a share lies, 95 of 100 times."
    )


def _looked_at(asked: int, decided: int) -> str:
    return f"{asked:,}, {decided:,} decided" if asked else "none"


def _show_post(post: PostFigures) -> None:
    sure = f":gray-badge[when {post.post.threshold:g} sure]"
    st.markdown(f"{STANDS[post.post.stand]} {ACTIONS[post.post.action]} {sure} :small[{markdown.plain(did(post))}]")
    if is_judged(post):
        st.markdown(markdown.plain(f"False alarms: {false_alarms(post)}."))


def did(post: PostFigures) -> str:
    """What it did in the period."""
    acted = [f"{count:,} {DONE[action]}" for action, count in post.counts.acted.items()]
    looked_at = [] if post.looked_at is None else [f"{counted(post.looked_at, 'question')} looked at"]
    failed = [f"failed or too slow {counted(post.counts.broken, 'time')}"] if post.counts.broken else []
    return " · ".join([*looked_at, *(acted or ["nothing found"]), *failed])


def false_alarms(post: PostFigures) -> str:
    """How often reviewers say that the guard was wrong there."""
    wrong, judged = post.false_alarms
    if few := rates.few(judged):
        return few
    of_reviewed = f"of what was reviewed {rates.of_reviewed(wrong, judged)}"
    if post.post.stand == "document":  # chunks are no questions
        return of_reviewed
    return f"{of_reviewed}; of all questions {rates.of_all(*post.false_alarms_of_all, judged)}"


def is_judged(post: PostFigures) -> bool:
    """Whether reviewers say something about a guard there: they judge questions, and refusals."""
    stops = post.post.action in STOPPING
    at_question = post.post.stand == "question" and (stops or post.post.action == "flag")
    return at_question or (post.post.stand == "answer" and stops) or post.false_alarms[1] > 0
