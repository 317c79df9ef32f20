"""What an act read in a text is worth as evidence, by the record of such words; tone of the text (M18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.months import month_of, months_between
from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.likelihood import Evidence, chance_true, likelihood_ratio, why
from xenotime.talks.belief.tone import MOST, SIGN
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.reliability import Reliability, reliabilities, said
from xenotime.talks.reader.found import CLAIM, HOPE, LEGAL, OPINION, PROMISE, THREAT, Act, Reading
from xenotime.talks.reader.lexicon import Lexicon

# Kinds of act as the record codes them.
CODED = {
    LEGAL: "legal_act",
    PROMISE: "unilateral_claim",
    CLAIM: "unilateral_claim",
    THREAT: "threat",
    HOPE: "press_talk",
    OPINION: "press_talk",
}
ABOUT_CONTROLS = ("export_control", "export_licence", "general_licence", "export_quota", "export_tax")
EASED, TIGHTENED = ("open", "suspended"), ("closed",)


@dataclass(frozen=True, slots=True)
class Weight:
    """Evidence of one act about export controls.

    act_number : its place among the acts of the reading;  speaker, kind : as the record names them
    concreteness : of amount, date, mechanism and goods, how many it states
    chance : how often such claims came true;  base : monthly chance of the move without any claim
    ratio : likelihood ratio for a month; None for an act of law, which is observed and not believed
    """

    act_number: int
    speaker: str
    kind: str
    direction: str
    concreteness: int
    chance: float
    base: float
    ratio: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Tone:
    """Tone from -1 (all tightens) to 1 (all eases), None where nothing goes either way; weights summed."""

    tone: float | None
    count: int
    weight: float


def record_at(facts: Facts, dated: str) -> tuple[Reliability, ...]:
    """How often words had come true by the day of a text; all that is on record where it is not dated."""
    numbers = load_frozen()[0].numbers
    known = known_at(facts, last_day(dated)) if dated else facts
    return reliabilities(said(known), "statements", numbers.prior_claims)


def weigh(
    reading: Reading, confirmed: Sequence[str], record: Sequence[Reliability], lexicon: Lexicon
) -> tuple[Weight, ...]:
    """Evidence of every act that would ease or tighten an export control.

    confirmed : by commitment, whether the other side confirmed it; ``none`` where no second text was given
    """
    parameters, _ = load_frozen()
    found: list[Weight] = []
    place = 0
    for number, act in enumerate(reading.acts):
        reply = confirmed[place] if act.concrete else "none"
        place += act.concrete
        if act.act not in CODED or act.direction == "none" or not set(act.levers) & set(ABOUT_CONTROLS):
            continue
        direction = turned(act)
        item = Evidence(
            "",
            0,
            "",
            speaker_of(act, reading, lexicon),
            kind_of(act, reading),
            direction,
            stated(act),
            reply,
            window_of(act, reading.text.date),
        )
        chance, rows = chance_true(item, record)
        base = sum(
            hazard.rate
            for hazard in parameters.hazards
            if hazard.of == "law"
            and hazard.origin == "licensed"
            and hazard.target in (EASED if direction == "eases" else TIGHTENED)
        )
        legal = act.act == LEGAL
        ratio = (
            None
            if legal or not 0 < base < 1
            else likelihood_ratio(chance, base, item.window, parameters.numbers)
        )
        found.append(
            Weight(
                number,
                item.speaker,
                item.act,
                direction,
                item.concreteness,
                chance,
                base,
                ratio,
                why(item, chance, rows),
            )
        )
    return tuple(found)


def tone_of(reading: Reading, record: Sequence[Reliability]) -> Tone:
    """Sum of signed weights of the acts over the sum of their weights, as the ledger's tone of a pair."""
    by = {row.name: row.mean for row in record if row.by == "act"}
    whole = next((row.mean for row in record if row.by == "all"), 0.5)
    weights = [
        (SIGN[turned(act)], (1 + stated(act)) / (1 + MOST) * by.get(kind_of(act, reading), whole))
        for act in reading.acts
        if act.act in CODED and act.direction != "none"
    ]
    total = sum(weight for _, weight in weights)
    tone = sum(sign * weight for sign, weight in weights) / total if total else None
    return Tone(tone, len(weights), total)


def stated(act: Act) -> int:
    """How many of amount, date, mechanism and goods an act states."""
    return sum(bool(item) for item in (act.amount, act.deadline, act.mechanisms, act.materials))


def turned(act: Act) -> str:
    """Direction, the other way round where the deed is negated."""
    if not act.negated:
        return act.direction
    return {"eases": "tightens", "tightens": "eases"}[act.direction]


def kind_of(act: Act, reading: Reading) -> str:
    """Kind of act as the record codes it; a promise of both sides in one text is a joint text."""
    both = {name for other in reading.commitments() for name in other.actors}
    joint = act.act == PROMISE and len(act.actors) > 1 and set(act.actors) <= both
    return "joint_text" if joint else CODED[act.act]


def speaker_of(act: Act, reading: Reading, lexicon: Lexicon) -> str:
    """Who speaks, as the record names speakers; blank where it has none like that."""
    if len(act.actors) > 1:
        return "both"
    parties = [act.said_by, *act.actors]
    sentence = reading.sentences[act.sentence - 1]
    named = [
        lexicon.roles[m.value].speaker
        for m in reading.parties
        if sentence.start <= m.start < sentence.end and lexicon.roles[m.value].party in parties
    ]
    offices = [name for name in named if name]
    if offices:
        return offices[0]
    return next((f"{party} {office}" for party in parties for office in _OFFICES.get(party, ())), "")


_OFFICES = {"CHN": ("ministry",), "USA": ("officials",), "JPN": ("ministry",)}


def window_of(act: Act, dated: str) -> int:
    """Months in which the claim comes true or not: to its deadline, one where none is stated."""
    if not (act.deadline and dated):
        return 1
    return max(months_between(month_of(dated), month_of(act.deadline)), 1)
