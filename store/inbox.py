"""The inbox of analysts as a list: which items fit, in which order, a page at a time.

Items are chosen and sorted by their narrow rows; words are read for those alone that are shown.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Float, Select, UnaryExpression, false, func, select
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from store.item_words import holding
from store.models import ItemFacet, Message, ReviewItem
from store.records.inbox import ItemFilter, ItemOrder, ItemRow

OPEN, CLOSED = ("new", "in_review"), ("fixed", "wont_fix")
SHOWN = 600  # characters of a question and of an answer in the list
MOST_WORDS = 12  # of a search
_WORD = re.compile(r"[^\W_]+")
_SAME = ("rating", "corrected", "appealed", "resolved", "support", "state", "writer", "prompt", "assignee")
_FACETS = ("reason", "signal", "guard", "conflict", "document", "tag")


def fitting(wanted: ItemFilter) -> list[ColumnElement[bool]]:
    """What has to be true of an item for it to fit a filter."""
    asked: list[ColumnElement[bool]] = [
        getattr(ReviewItem, name) == value for name in _SAME if (value := getattr(wanted, name)) is not None
    ]
    for kind in _FACETS:
        if (label := getattr(wanted, kind)) is not None:
            having = select(ItemFacet.message_id).where(ItemFacet.kind == kind, ItemFacet.label == str(label))
            asked.append(ReviewItem.message_id.in_(having))
    if wanted.status is not None:
        asked.append(ReviewItem.status == wanted.status)
    if wanted.topic is not None:
        asked.append(ReviewItem.topic_id == wanted.topic)
    if wanted.since is not None:
        asked.append(ReviewItem.day >= wanted.since)
    if wanted.until is not None:
        asked.append(ReviewItem.day <= wanted.until)
    if wanted.words.strip():
        words = searched(wanted.words)
        asked.append(ReviewItem.message_id.in_(holding(words, masked=not wanted.unmasked)) if words else false())
    return asked


def searched(words: str) -> list[str]:
    """The words of a search, as far as there are any: signs are none, nor are the operators of a query."""
    return _WORD.findall(unicodedata.normalize("NFC", words))[:MOST_WORDS]


def count(session: Session, wanted: ItemFilter) -> int:
    """How many items fit."""
    return _count(session, fitting(wanted))


def ids(
    session: Session, wanted: ItemFilter, order: ItemOrder, *, limit: int, offset: int = 0, few: bool = False
) -> list[int]:
    """The items of a part of the list. By worth those come first that are open, unless a status is asked for.

    `few` says that not many fit: they are looked for and sorted; else an index is followed until enough are found.
    """
    if order == "worth" and wanted.status is not None:
        return list(session.scalars(_chosen(fitting(wanted), order, limit, offset, few=few)))
    # Here and below not `in` or `=`: the index by status would be chosen, and all that fit sorted.
    asked = fitting(replace(wanted, status=None))
    if order != "worth":
        others = [one for one in (*OPEN, *CLOSED) if one != wanted.status] if wanted.status else []
        like = [*asked, ReviewItem.status.not_in(others)]
        return list(session.scalars(_chosen(like, order, limit, offset, few=few)))
    still_open = [*asked, ReviewItem.status.not_in(CLOSED)]
    found = list(session.scalars(_chosen(still_open, order, limit, offset, few=few)))
    if len(found) < limit:
        before = 0 if found else max(0, offset - _count(session, still_open))
        closed = [*asked, ReviewItem.status.not_in(OPEN)]
        found += session.scalars(_chosen(closed, order, limit - len(found), before, few=few))
    return found


def rows(session: Session, message_ids: Sequence[int]) -> list[ItemRow]:
    """These items as the list shows them, in this order; those gone meanwhile are left out."""
    question, answer = aliased(Message), aliased(Message)
    query = (
        select(ReviewItem, func.substr(question.text, 1, SHOWN), func.substr(answer.text, 1, SHOWN))
        .join(answer, answer.id == ReviewItem.message_id)
        .join(question, question.id == answer.reply_to)
        .where(ReviewItem.message_id.in_(message_ids))
    )
    facets: dict[int, list[tuple[str, str]]] = defaultdict(list)
    told = select(ItemFacet).where(ItemFacet.message_id.in_(message_ids), ItemFacet.kind != "document")
    for one in session.scalars(told.order_by(ItemFacet.kind, ItemFacet.label)):
        facets[one.message_id].append((one.kind, one.label))
    found = {
        item.message_id: _row(item, asked, said, facets[item.message_id])
        for item, asked, said in session.execute(query)
    }
    return [found[one] for one in message_ids if one in found]


def _count(session: Session, asked: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(ReviewItem).where(*asked)) or 0


def _chosen(
    asked: Sequence[ColumnElement[bool]], order: ItemOrder, limit: int, offset: int, *, few: bool
) -> Select[Any]:
    known = {"support": ReviewItem.sentences > 0, "slowest": _there("total_ms"), "dearest": _there("cost_usd")}
    also = [known[order]] if order in known else []
    first, then = _by(order)
    if few:  # what is calculated is in no index
        first = (ReviewItem.worth + 0).desc() if order == "worth" else first
        then = (ReviewItem.message_id + 0).asc() if order == "oldest" else (ReviewItem.message_id + 0).desc()
    return select(ReviewItem.message_id).where(*asked, *also).order_by(first, then).limit(limit).offset(offset)


def _there(column: str) -> ColumnElement[bool]:
    return cast(ColumnElement[bool], getattr(ReviewItem, column).is_not(None))


def _by(order: ItemOrder) -> tuple[UnaryExpression[Any], UnaryExpression[Any]]:
    newest = ReviewItem.message_id.desc()
    match order:
        case "worth":
            return ReviewItem.worth.desc(), newest
        case "newest":
            return ReviewItem.day.desc(), newest
        case "oldest":
            return ReviewItem.day.asc(), ReviewItem.message_id.asc()
        case "support":
            return (cast_to(ReviewItem.supported, Float) / ReviewItem.sentences).asc(), newest
        case "slowest":
            return ReviewItem.total_ms.desc(), newest
        case "dearest":
            return ReviewItem.cost_usd.desc(), newest


def _row(item: ReviewItem, question: str, answer: str, facets: Sequence[tuple[str, str]]) -> ItemRow:
    same = (
        "state writer rating corrected appealed support sentences supported worth status assignee "
        "created_at total_ms cost_usd"
    ).split()
    values: dict[str, Any] = {name: getattr(item, name) for name in same}
    return ItemRow(id=item.message_id, question=question, answer=answer, facets=tuple(facets), **values)
