"""Cards of answers, each from its document: run, ensemble, exposure, project, leverage, game, text."""

from __future__ import annotations

from xenotime.report import bargain_words, exposed_words, planned_words, projected_words
from xenotime.report.answer import answer
from xenotime.report.cards import SHOWN, Card, Part, part
from xenotime.report.effects import EffectTable, control_rows, effect_tables
from xenotime.report.envelope import Row, data_of
from xenotime.report.findings import find
from xenotime.report.leverage_words import (
    NOT_IN_IT,
    band_words,
    control_words,
    half_life_words,
    names,
    shown_durations,
    stronger_words,
    surface_rows,
)
from xenotime.report.read_terminal import belief_cells, claim_cells, commitment_cells, plain
from xenotime.report.sections import NOT_THIS, not_in_bands
from xenotime.report.sure import answer_sentences, draws_sentence, headline_table, next_rows

MANY = 60  # rows a table is asked for, so that a card can say how many there are
CONTROLS = ("control", "instrument", "materials", "from", "to", "value", "announced", "in force", "until")


def _foot(document: Row) -> str:
    return f"fingerprint {document['fingerprint'][:16]}; document() or --json has every number"


def _effect(made: EffectTable, *, folded: bool) -> tuple[Part, ...]:
    return part(made.title, made.header, made.rows, made.numbers, folded=folded)


def run_card(document: Row) -> Card:
    """A run: what happens to price and availability, when and for whom."""
    data = data_of(document, "run")
    found, case = find(data), data["case"]
    first, *rest = effect_tables(data, found, most=MANY)
    return Card(
        f"run of {case['name']}, {len(data['months'])} months from {data['months'][0]}",
        case["title"],
        tuple(answer(data, found)),
        (
            *_effect(first, folded=False),
            *(item for made in rest for item in _effect(made, folded=True)),
            *part("Controls", CONTROLS, control_rows(data, found), (5,)),
        ),
        (*document["warnings"], *not_in_bands(data), *NOT_THIS[:1]),
        case["question"],
        _foot(document),
    )


def ensemble_card(document: Row) -> Card:
    """An ensemble: headline numbers with their ranges, and which fact to check next."""
    data = data_of(document, "ensemble")
    case = data["case"]
    return Card(
        f"ensemble of {case['name']}, {data['draws']['answered']} of {data['draws']['asked']} draws, "
        f"{len(data['months'])} months",
        case["title"],
        (draws_sentence(data), *answer_sentences(data)),
        (
            *part(
                "How much, and how much of its spread is explained and assumed",
                ("what", "how much", "explained", "assumed"),
                headline_table(data),
                (2, 3),
                folded=False,
            ),
            *part(
                "Facts to check next",
                ("number", "takes off variance", "range", "grade", "source"),
                next_rows(data, MANY),
                (1,),
            ),
        ),
        (*document["warnings"], *not_in_bands(data)),
        case["question"],
        _foot(document),
    )


def exposure_card(document: Row) -> Card:
    """A bill: what is in it, what falls under a control, when lines stop, what to do."""
    data = data_of(document, "exposure")
    return Card(
        f"exposure as of {data['at']}",
        data["title"],
        (*exposed_words.opening_words(data), *exposed_words.plan_words(data)),
        (
            *part(
                "What it holds, by worth",
                exposed_words.ELEMENT_HEADER,
                exposed_words.element_rows(data, MANY),
                range(3, 8),
                folded=False,
            ),
            *part(
                "What falls under a control",
                exposed_words.LICENCE_HEADER,
                exposed_words.licence_rows(data),
                (3, 4),
            ),
            *part("When lines stop", exposed_words.STOP_HEADER, exposed_words.stop_rows(data), (2, 6, 7, 8)),
            *part(
                "What can be done",
                exposed_words.SHORT,
                exposed_words.short_action_rows(data, MANY),
                (0, 2, 3, 4),
            ),
            *part("Assumed", exposed_words.ASSUMED_HEADER, exposed_words.assumed_rows(data)),
        ),
        tuple(document["warnings"]),
        foot=_foot(document),
    )


def project_card(document: Row) -> Card:
    """A project: worth with and without supports, what kills it."""
    data = data_of(document, "project")
    return Card(
        "project, under " + ", ".join(plan["case"] for plan in data["plan"]),
        data["title"],
        tuple(projected_words.opening_words(data)),
        (
            *part(
                "What it is worth, with and without",
                projected_words.VALUE_HEADER,
                projected_words.value_rows(data),
                range(2, 9),
                folded=False,
            ),
            *part("What kills it", projected_words.KILLER_HEADER, projected_words.killer_rows(data), (3, 6)),
            *part(
                "Numbers", projected_words.NUMBER_HEADER, projected_words.number_rows(data), (1,), most=MANY
            ),
        ),
        tuple(document["warnings"]),
        data["question"],
        _foot(document),
    )


def plan_card(document: Row) -> Card:
    """Packages: what a budget buys, how surely, and what it costs not to have known."""
    data = data_of(document, "plan")
    return Card(
        f"packages of {data['sponsor']} for {data['budget']:,.0f} USD",
        data["title"],
        tuple(planned_words.opening_words(data)),
        (
            *part(
                "The frontier",
                planned_words.SHORT_HEADER,
                planned_words.short_rows(data["frontier"]),
                range(1, 8),
                folded=False,
            ),
            *part("Regret", planned_words.REGRET_HEADER, planned_words.regret_rows(data), (3, 4)),
            *part("Who gains", planned_words.PARTY_HEADER, planned_words.party_rows(data, MANY), range(1, 4)),
        ),
        tuple(document["warnings"]),
        data["question"],
        _foot(document),
    )


def leverage_card(document: Row) -> Card:
    """Leverage: who holds the stronger hand, by how much, until when."""
    data = data_of(document, "leverage")
    tables: list[Part] = []
    for side in ("on", "by"):
        durations = shown_durations(data)
        header = ("control begins", *(f"{months} months" for months in durations))
        rows = surface_rows(data, side, "loss", durations)
        title = f"Loss of {names(data, side)}, USD, by start and duration of the control"
        tables += part(title, header, rows, range(1, len(header)), folded=side == "by")
    return Card(
        f"leverage: {control_words(data)}",
        f"{names(data, 'by')} over {names(data, 'on')}",
        (stronger_words(data), *half_life_words(data), *filter(None, (band_words(data),))),
        tuple(tables),
        (*document["warnings"], NOT_IN_IT),
        foot=_foot(document),
    )


def bargain_card(document: Row) -> Card:
    """A solved game: what holds at the table, at which weights."""
    data = data_of(document, "bargain")
    return Card(
        f"game {data['game']['name']}, payoffs in {data['game']['unit']}",
        data["game"]["title"],
        (*bargain_words.answer_words(data), *bargain_words.deal_words(data)),
        (
            *part(
                "Equilibria, and the political weights w at which they are",
                bargain_words.EQUILIBRIUM_HEADER,
                bargain_words.equilibrium_rows(data),
                folded=False,
            ),
            *part("Points of agreement", bargain_words.POINT_HEADER, bargain_words.point_rows(data)),
            *part(
                "What moves cost, a month (below zero: a gain)",
                bargain_words.COST_HEADER,
                bargain_words.cost_rows(data),
            ),
            *part("Who plays", bargain_words.PLAYER_HEADER, bargain_words.player_rows(data), most=2 * SHOWN),
        ),
        (*document["warnings"], *dict.fromkeys(row["assumed"] for row in data["players"] if row["assumed"])),
        data["game"]["question"],
        _foot(document),
    )


READ_HEADER = ("who", "what", "amount", "deadline", "lever", "confirmed", "sentence")
CLAIM_HEADER = ("who", "kind", "put", "lever", "words", "sentence")
WEIGHED = ("sentence", "coded as", "direction", "such claims came true", "ratio", "why")
BY_RULES = (
    "read by rules and tables of words in English: what it misses and makes up is counted in docs/reader.md"
)


def read_card(document: Row) -> Card:
    """A text: what it commits to, apart from what it claims and hopes; what its levers would do, if run."""
    data = data_of(document, "read")
    told, count = data["text"], len(data["commitments"])
    levers = ", ".join(f"{plain(row['lever'])} ({row['times']})" for row in data["levers"]) or "none"
    return Card(
        f"read: {told['name']}, "
        + (f"dated {told['date']} ({told['dated_by']})" if told["date"] else "not dated"),
        f"{count} concrete commitment{'' if count == 1 else 's'}"
        if count
        else "No concrete commitment: most texts hold none",
        (
            f"{len(data['claims'])} claims, hopes, threats and opinions beside; levers named: {levers}.",
            *data.get("answer", ()),
        ),
        (
            *part("Commitments", READ_HEADER, map(commitment_cells, data["commitments"]), (6,), folded=False),
            *part(
                "Claims, hopes, threats and opinions", CLAIM_HEADER, map(claim_cells, data["claims"]), (5,)
            ),
            *part(
                "What it is worth as evidence about export controls",
                WEIGHED,
                map(belief_cells, data["belief"]),
                (0, 3, 4),
            ),
            *part(
                "Levers as a package (every setting is assumed, grade D)",
                ("lever", "entry", "members", "why it is not modelled"),
                (
                    (
                        plain(row["lever"]),
                        row["entry"] or "not modelled",
                        plain(row["members"]),
                        row["why_not"],
                    )
                    for row in data.get("package", ())
                ),
            ),
        ),
        (*document["warnings"], BY_RULES),
        foot=_foot(document),
    )
