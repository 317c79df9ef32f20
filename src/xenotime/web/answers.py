"""Answers made of the shipped facts alone: what each is called, how it is made, and which are made ahead."""

from __future__ import annotations

from typing import Any

from xenotime.errors import one_problem
from xenotime.web.kept import PATIENCE, ask

Document = dict[str, Any]


def now(wait: float | None = PATIENCE) -> Document | None:
    """The document of now, as known at the end of the facts."""
    return ask("now", _now, wait)


def ledger(at: str = "", wait: float | None = PATIENCE) -> tuple[Document, Any] | None:
    """The ledger's document and content as known on a day (the end of the facts if blank).

    Raises InputProblems for a day that is none.
    """
    day = day_of(at)
    return ask(f"ledger {day}", lambda: _ledger(day), wait)


def day_of(at: str) -> int:
    """The day a ledger is asked for; raises InputProblems for one that is none or before the record."""
    from xenotime.facts.load import load_facts
    from xenotime.report.ledgered import newest
    from xenotime.talks.ledger.days import day_text, first_day, read_at

    facts = load_facts()
    last = newest(facts)
    if not at:
        return last
    asked = read_at(at, "at")
    first = min(first_day(row.date) for row in facts.rows("events"))
    if asked < first:
        raise one_problem(
            "before-the-record",
            "at",
            at,
            f"a day from {day_text(first)} on: nothing is on record before",
            "take a later day",
        )
    return min(asked, last)


def scores(wait: float | None = PATIENCE) -> Document | None:
    """The document of backtests: committed predictions joined with what happened."""
    return ask("scores", _scores, wait)


def reading_scores(wait: float | None = PATIENCE) -> list[Document] | None:
    """How well the reader does by split: now, and at the first look."""
    return ask("reading scores", _reading_scores, wait)


def lines(wait: float | None = None) -> Any:
    """Every row of the facts in one form; quick, so it is waited for."""
    return ask("lines", _lines, wait)


def ahead() -> None:
    """Begin with what people look at first; returns at once."""
    now(0.0)
    lines(0.0)
    ledger("", 0.0)
    scores(0.0)
    reading_scores(0.0)


def _now() -> Document:
    from xenotime.facts.load import load_facts
    from xenotime.report.ledgered import newest
    from xenotime.report.now import now_document

    facts = load_facts()
    return now_document(facts, newest(facts))


def _ledger(day: int) -> tuple[Document, Any]:
    from xenotime.facts.load import load_facts
    from xenotime.report.ledger_page import ledger_content
    from xenotime.report.ledgered import ledger_document
    from xenotime.talks.ledger.ledger import ledger_at

    facts = load_facts()
    document = ledger_document(facts, ledger_at(day, facts))
    return document, ledger_content(document)


def _scores() -> Document:
    from xenotime.ensembles.backtest import backtest
    from xenotime.ensembles.episodes import find_episodes
    from xenotime.report.backtested import backtest_document

    return backtest_document(backtest(find_episodes("all")))


def _reading_scores() -> list[Document]:
    from xenotime.facts.load import load_facts
    from xenotime.report.reader_scores import reader_rows

    return reader_rows(load_facts())


def _lines() -> Any:
    from xenotime.facts.browse import lines_of
    from xenotime.facts.load import load_facts

    return lines_of(load_facts())
