"""`footnote ask`: one question, streamed as text or given whole as JSON."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rag import problems
from rag.assistant import Asked, Assistant
from rag.bootstrap import build
from rag.house import House
from rag.settings import Limits, Settings
from rag.writers.ending import ending
from store.records import AnswerRecord, TraceRecord

FLAGS = {"number": "Sources disagree:", "date": "Sources disagree:", "older": "Perhaps outdated:"}
PERSON = "the command line"  # no cookie makes this id, see rag/owners.py


def ask(settings: Settings, question: str, *, as_json: bool, tags: Sequence[str] = ()) -> int:
    """Prints the answer, from documents with one of the tags if any is named.

    Gives 0 for an answer or an honest "not in the documents", else 1.
    """
    house = build(settings.model_copy(update={"limits": Limits(questions_per_minute=0)}))  # of readers, not of us
    try:
        _warm(house)
        asked = house.assistant.ask(PERSON, question, tags=tags)
        shown = _follow(house.assistant, asked, show=not as_json)
        answer, trace = _stored(house.assistant, asked)
        if as_json:
            print(json.dumps(_as_json(answer, trace), ensure_ascii=False, indent=2))
        else:
            print(_unseen(answer.text, shown), _footnotes(answer), sep="")
            _tell_trouble(answer, trace)
            for conflict in answer.conflicts:
                print(f"{FLAGS[conflict.kind]} {conflict.why}", file=sys.stderr)
        return 0 if answer.state in ("answered", "not_found") else 1
    finally:
        house.close()


def _warm(house: House) -> None:
    if house.owns_index:
        print("Warming up …", end="", file=sys.stderr, flush=True)
        house.warmup.wait_for_meaning()
        print("\r              \r", end="", file=sys.stderr, flush=True)
    else:
        print("The running app holds the vectors: searching by words alone.", file=sys.stderr)


def _follow(assistant: Assistant, asked: Asked, *, show: bool) -> str:
    """Prints the text while it grows; gives what was printed. An answer may have ended before anybody looked."""
    shown, version = "", -1
    while job := assistant.job(asked.answer_id):
        snapshot = job.wait(version, 1.0)
        version = snapshot.version
        if show:
            print(_unseen(snapshot.text, shown), end="", flush=True)
            shown = snapshot.text
        if snapshot.done:
            break
    return shown


def _unseen(text: str, shown: str) -> str:
    """What is to be printed yet, all of it where it is another text."""
    return text[len(shown) :] if text.startswith(shown) else f"\n\n{text}"


def _tell_trouble(answer: AnswerRecord, trace: TraceRecord | None) -> None:
    """Why it is not the usual answer; that of one that failed says so itself."""
    if answer.degraded and answer.state != "failed":
        print(problems.notice(answer.degraded, ending(answer, trace)), file=sys.stderr)


def _stored(assistant: Assistant, asked: Asked) -> tuple[AnswerRecord, TraceRecord | None]:
    assistant.compared(asked.answer_id)
    _, questions = assistant.conversation(PERSON, asked.conversation_id)
    return questions[-1].answers[-1], assistant.trace(PERSON, asked.answer_id)


def _footnotes(answer: AnswerRecord) -> str:
    lines = [""] if not answer.citations else ["", ""]
    for citation in answer.citations:
        where = [citation.document, citation.section, f"page {citation.page}" if citation.page else ""]
        lines.append(f"[{citation.number}] {' · '.join(part for part in where if part)}")
        lines.append(f"    “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)


def _as_json(answer: AnswerRecord, trace: TraceRecord | None) -> dict[str, object]:
    keys = ("number", "quote", "document", "section", "page", "start", "end")
    citations = [asdict(citation) for citation in answer.citations]
    return {
        "text": answer.text,
        "status": answer.state,
        "writer": answer.writer,
        "degraded": answer.degraded,
        "citations": [{key: citation[key] for key in keys} for citation in citations],
        "support": [asdict(one) for one in trace.support] if trace and answer.sentences is not None else None,
        "findings": [
            {key: getattr(one, key) for key in ("guard", "stand", "what", "why", "action")} for one in answer.findings
        ],
        "conflicts": [
            {key: getattr(one, key) for key in ("kind", "first", "second", "first_words", "second_words", "why")}
            for one in answer.conflicts
        ],
        "follow_ups": list(answer.follow_ups),
        "prompt_version": trace.prompt if trace else "",
        "usage": trace.usage if trace else {},
        "cost_usd": trace.cost_usd if trace else None,
        "timings_ms": trace.timings_ms if trace else {},
        "trace_id": trace.id if trace else None,
    }
