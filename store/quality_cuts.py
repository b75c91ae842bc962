"""How what figures are made of is cut into groups: the columns to group by, and what their values mean."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from store.inbox import fitting
from store.models import ItemFacet, ReviewItem, Visit
from store.records import Cut, ItemFilter

Group = date | str | int | None  # None: its answers have none, or it is all others
Key = Group | tuple[int, Group]  # with the number of the stretch, where there are any
Keys = list[ColumnElement[Any]]


def answers(wanted: ItemFilter, cut: Cut) -> tuple[Select[Any], Keys]:
    """The keys of each answer, and the columns that these are; by document, an answer comes for each it cites."""
    part = [] if cut.by is None else [_part(cut).label("part")]
    keys = _keys(cut, ReviewItem.day, part)
    query = select(*keys).select_from(ReviewItem)
    if cut.by == "document":
        query = query.join(ItemFacet, (ItemFacet.message_id == ReviewItem.message_id) & of(ItemFacet.kind, "document"))
        if cut.kept is not None:  # all others are no group: an answer may cite several of them
            query = query.where(ItemFacet.label.in_([str(one) for one in cut.kept]))
    return query.where(*fitting(wanted)), keys


def visits(wanted: ItemFilter, cut: Cut) -> tuple[Select[Any], Keys]:
    """The keys of each visit with such an answer, once for each group it has one of; days are those it began on."""
    if cut.by in (None, "day"):
        keys = _keys(cut, Visit.day, [Visit.day.label("part")] if cut.by else [])
        if not _narrows(wanted):
            return select(*keys).where(*_within(Visit.day, wanted)), keys
        found = select(ReviewItem.visit_id).where(*fitting(wanted)).distinct().subquery()
    else:
        query, (part,) = answers(wanted, replace(cut, ends=()))
        found = query.with_only_columns(part, ReviewItem.visit_id).distinct().subquery()
        keys = _keys(cut, Visit.day, [found.c.part])
    return select(*keys).select_from(found).join(Visit, Visit.id == found.c.visit_id), keys


def key(values: Sequence[Any], cut: Cut) -> Key:
    """What the keys of a row mean."""
    group: Group = None
    if cut.by is not None:
        group = int(values[-1]) if cut.by == "document" else values[-1]  # a facet's label is a word
    return (values[0], group) if cut.ends else group


def of(kind: Any, wanted: str) -> ColumnElement[bool]:
    """The kind of a facet, in a way that no index is chosen for: that would read the facets of all days there are."""
    return func.coalesce(kind, "") == wanted


def _keys(cut: Cut, day: Any, part: Keys) -> Keys:
    along = [_stretch(day, cut.ends).label("stretch")] if cut.ends else []
    return [*along, *part] or [literal(0).label("part")]


def _stretch(day: Any, ends: Sequence[date], first: int = 0) -> ColumnElement[int]:
    """The number of the stretch in which a day lies, by halving: each comparison is made for each row."""
    if len(ends) == 1:
        return literal(first)
    middle = len(ends) // 2
    earlier, later = _stretch(day, ends[:middle], first), _stretch(day, ends[middle:], first + middle)
    return case((day <= ends[middle - 1], earlier), else_=later)


def _part(cut: Cut) -> Any:
    if cut.by == "document":
        return ItemFacet.label
    column = ReviewItem.topic_id if cut.by == "topic" else getattr(ReviewItem, cut.by or "day")
    return column if cut.kept is None else case((column.in_(cut.kept), column))


def _narrows(wanted: ItemFilter) -> bool:
    return replace(wanted, since=None, until=None) != ItemFilter()


def _within(day: Any, wanted: ItemFilter) -> list[ColumnElement[bool]]:
    begin = [day >= wanted.since] if wanted.since else []
    return begin + ([day <= wanted.until] if wanted.until else [])
