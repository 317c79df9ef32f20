"""What records show in a notebook: each kind of record, the document or table it is told from, and its card.

Nothing is imported before something is shown: who only runs pays nothing for what is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xenotime.errors import one_problem
from xenotime.report.cards import Card, line_of, render_card
from xenotime.report.envelope import Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from xenotime.bargain_study import Played
    from xenotime.choice.answer import Valued
    from xenotime.choice.plan_answer import Planned
    from xenotime.exposure.answer import Exposed
    from xenotime.report.text_read import TextRead
    from xenotime.runs import Run
    from xenotime.studies import Study
    from xenotime.talks.bargaining.solve import Solved
    from xenotime.talks.ledger.ledger import Ledger
    from xenotime.talks.leverage.answer import Answer


def shown(record: object) -> tuple[str, str]:
    """HTML of a record's card, and its heading in one line of text."""
    card = card_of(record)
    return str(render_card(card)), line_of(card)


def card_of(record: object) -> Card:
    """The card of a record; raises InputProblems for one of a kind without any."""
    name = type(record).__name__
    if name in _FROM_RECORD:
        return _FROM_RECORD[name](record)
    from xenotime.report import answer_cards

    told = document(record)
    make: Callable[[Row], Card] = getattr(answer_cards, f"{told['kind']}_card")
    return make(told)


def pictures(record: object) -> dict[str, go.Figure]:
    """Plotly figures of an answer by name, the same as on its page; they show themselves without a network.

    record : a run, ensemble, exposed bill, valued project, leverage, solved game, ledger, or a document

    Raises InputProblems for anything else.
    """
    from xenotime.report.drawn import figures_of

    return figures_of(record if isinstance(record, dict) else document(record))


def document(record: object) -> Row:
    """The JSON document of an answer, as ``--json`` of its command writes it; tables are in ``data``.

    record : a run, ensemble, exposed bill, valued project, leverage, solved game, ledger or text

    ``pandas.DataFrame(xt.document(record)["data"]["prices"])`` is one of its tables, see docs/json.md.
    Raises InputProblems for a record that is no answer.
    """
    name = type(record).__name__
    if name not in _DOCUMENT:
        raise one_problem(
            "no-document",
            "notebook",
            f"a {name}",
            "one of " + ", ".join(_DOCUMENT),
            "run it first: a world, a case and a game are questions",
        )
    return _DOCUMENT[name](record)


def _run(record: Run | Study | TextRead) -> Row:
    return record.document()


def _exposed(record: Exposed) -> Row:
    from xenotime.report.exposed import exposure_document

    return exposure_document(record)


def _valued(record: Valued) -> Row:
    from xenotime.report.projected import project_document

    return project_document(record)


def _planned(record: Planned) -> Row:
    from xenotime.report.planned import plan_document

    return plan_document(record)


def _leverage(record: Answer) -> Row:
    from xenotime.report.leveraged import leverage_document

    return leverage_document(record)


def _solved(record: Solved) -> Row:
    from xenotime.report.bargained import bargain_document

    return bargain_document(record)


def _played(record: Played) -> Row:
    from xenotime.report.bargained import bargain_document

    return bargain_document(record.solved, record.runs)


def _ledger(record: Ledger) -> Row:
    from xenotime.report.ledgered import ledger_document

    return ledger_document(record.facts, record)


_DOCUMENT: dict[str, Callable[[Any], Row]] = {
    "Run": _run,
    "Study": _run,
    "Exposed": _exposed,
    "Valued": _valued,
    "Planned": _planned,
    "Answer": _leverage,
    "Solved": _solved,
    "Played": _played,
    "Ledger": _ledger,
    "TextRead": _run,
}


def _own(name: str) -> Callable[[Any], Card]:
    def make(record: Any) -> Card:
        from xenotime.report import record_cards

        made: Card = getattr(record_cards, f"{name}_card")(record)
        return made

    return make


_FROM_RECORD: dict[str, Callable[[Any], Card]] = {
    "World": _own("world"),
    "Case": _own("case"),
    "Trajectory": _own("trajectory"),
    "Ledger": _own("ledger"),
    "Game": _own("game"),
    "Clearing": _own("clearing"),
    "Explanation": _own("explanation"),
}
