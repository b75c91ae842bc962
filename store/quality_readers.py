"""How the votes of each group spread over readers: sums over readers, out of which honest intervals are made.

One reader gives many answers, which are alike. Each query first sums by reader, then squares, and adds up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import Session, aliased

from store import quality_cuts
from store.models import ItemFacet, ReviewItem
from store.quality_cuts import Key, Keys
from store.records import Cut, ItemFilter, Spread, Spreads

Parts = Mapping[str, tuple[str, str]]  # what is counted → the part, and the whole that it is of
SHARES: Parts = {
    **{name: (name, "answers") for name in ("corrected", "resolved", "not_found", "refused", "failed")},
    "rated_up": ("up", "rated"),
    "rated_down": ("down", "rated"),
    "unsupported": ("unsupported", "looked_at"),
    "supported": ("supported", "sentences"),
    "cost": ("cost", "priced"),
    "cost_resolved": ("cost", "priced_resolved"),
}
VISITS: Parts = {"questions": ("questions", "visits"), "returned": ("returned", "old_enough")}


def summed(
    session: Session, query: Select[Any], keys: Keys, reader: Any, sums: Sequence[ColumnElement[Any]], parts: Parts
) -> list[tuple[Sequence[Any], Sequence[Any], Spreads]]:
    """The keys of each group, its sums, and how its parts spread; `sums` have names, which `parts` are of."""
    mine = query.add_columns(*sums).group_by(*keys, reader).subquery()
    columns = {one.name: mine.c[one.name] for one in sums}
    if "up" in columns:
        columns["rated"] = columns["up"] + columns["down"]
    wholes = list(dict.fromkeys(whole for _, whole in parts.values()))
    found = (
        select(*(mine.c[one.name] for one in keys))
        .add_columns(*(func.sum(mine.c[one.name]) for one in sums))
        .add_columns(*(func.count().filter(columns[one] > 0) for one in wholes))
        .add_columns(*(func.sum(columns[one] * columns[one]) for one in wholes))
        .add_columns(*(func.sum(columns[part] * columns[part]) for part, _ in parts.values()))
        .add_columns(*(func.sum(columns[part] * columns[whole]) for part, whole in parts.values()))
        .group_by(*(mine.c[one.name] for one in keys))
    )
    return [_read(row, len(keys), len(sums), wholes, parts) for row in session.execute(found)]


def signals(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, dict[str, tuple[float, float]]]:
    """Of the answers with each kind of signal: the last two sums of a Spread. Kinds that nobody did have none."""
    query, keys = quality_cuts.answers(wanted, cut)
    reader = ReviewItem.person_id
    votes = query.add_columns(reader, func.count().label("votes")).group_by(*keys, reader).cte("votes")
    signal = aliased(ItemFacet)
    mine = (signal.message_id == ReviewItem.message_id) & quality_cuts.of(signal.kind, "signal")
    acts = query.add_columns(reader, signal.label.label("kind"), func.count().label("times")).join(signal, mine)
    acted = acts.group_by(*keys, reader, signal.label).subquery()
    found: dict[Key, dict[str, tuple[float, float]]] = defaultdict(dict)
    for *values, kind, part_squares, products in session.execute(_of_kinds(votes, acted, keys)):
        found[quality_cuts.key(values, cut)][kind] = part_squares, products
    return dict(found)


def _of_kinds(votes: Any, acted: Subquery, keys: Keys) -> Select[Any]:
    """A group may be none, which equals nothing."""
    same = [votes.c[one.name].is_not_distinct_from(acted.c[one.name]) for one in keys]
    columns = [acted.c[one.name] for one in keys]
    squares, products = func.sum(acted.c.times * acted.c.times), func.sum(acted.c.times * votes.c.votes)
    query = select(*columns, acted.c.kind, squares, products).select_from(acted)
    return query.join(votes, and_(votes.c.person_id == acted.c.person_id, *same)).group_by(*columns, acted.c.kind)


def _read(
    row: Sequence[Any], keys: int, sums: int, wholes: Sequence[str], parts: Parts
) -> tuple[Sequence[Any], Sequence[Any], Spreads]:
    at, totals, rest = row[:keys], row[keys : keys + sums], row[keys + sums :]
    many = len(wholes)
    readers, squares = (dict(zip(wholes, rest[n * many :], strict=False)) for n in range(2))
    part_squares, products = rest[2 * many : 2 * many + len(parts)], rest[2 * many + len(parts) :]
    return (
        at,
        totals,
        {
            name: Spread(readers[whole], squares[whole], *sums_of)
            for (name, (_, whole)), *sums_of in zip(parts.items(), part_squares, products, strict=True)
        },
    )
