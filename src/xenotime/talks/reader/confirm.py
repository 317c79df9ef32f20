"""Commitments of one text held against another: confirmed, in part, otherwise, denied, or not mentioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.talks.reader.found import FIRM, VAGUE, Act, Reading
from xenotime.talks.reader.lexicon import Lexicon
from xenotime.talks.reader.subjects import state_of

SAME = 0.01  # relative difference within which two amounts are one
ALIKE = (
    frozenset({"suspend", "remove"}),
    frozenset({"purchase", "supply"}),
    frozenset({"invest", "guarantee"}),
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What another text says of a commitment.

    status : yes (same deed, nothing stated differs), partly (hedged there, or less is stated), differs,
        denied, or no (not mentioned)
    act : the act of the other text, or None;  why : in words
    """

    status: str
    act: Act | None
    why: str


def confirmations(reading: Reading, other: Reading, lexicon: Lexicon) -> tuple[Confirmation, ...]:
    """One confirmation for each commitment of `reading`, in its order."""
    return tuple(confirm(act, other.acts, lexicon) for act in reading.commitments())


def confirm(act: Act, others: Sequence[Act], lexicon: Lexicon) -> Confirmation:
    """What `others` say of `act`: the best of those about the same deed of the same side."""
    found = [_held_against(act, one) for one in others if _is_same_deed(act, one, lexicon)]
    order = ("yes", "differs", "denied", "partly", "no")
    return min(
        found, key=lambda item: order.index(item.status), default=Confirmation("no", None, "not mentioned")
    )


def _is_same_deed(act: Act, one: Act, lexicon: Lexicon) -> bool:
    sides = {state_of(name, lexicon) or name for name in act.actors}
    theirs = {state_of(name, lexicon) or name for name in one.actors}
    alike = act.action == one.action or any({act.action, one.action} <= pair for pair in ALIKE)
    if not sides & theirs or not alike or act.action in ("", VAGUE):
        return False
    if act.levers and one.levers:
        return bool(set(act.levers) & set(one.levers))
    return bool(set(act.materials) & set(one.materials)) or not (act.materials and one.materials)


def _held_against(act: Act, one: Act) -> Confirmation:
    if one.negated != act.negated:
        return Confirmation("denied", one, "said not to be so")
    if act.amount is not None and one.amount is not None:
        apart = abs(act.amount.value - one.amount.value) > SAME * max(act.amount.value, one.amount.value)
        if apart or act.amount.unit != one.amount.unit:
            told = (
                f"{act.amount.value:g} {act.amount.unit} here, {one.amount.value:g} {one.amount.unit} there"
            )
            return Confirmation("differs", one, told)
    if act.deadline and one.deadline and act.deadline != one.deadline:
        return Confirmation("differs", one, f"{act.deadline} here, {one.deadline} there")
    if one.modality != FIRM or not one.concrete:
        return Confirmation("partly", one, f"put there as a {one.act.replace('_', ' ')}, {one.modality}")
    less = [
        name
        for name, here, there in (
            ("amount", act.amount, one.amount),
            ("deadline", act.deadline, one.deadline),
        )
        if here and not there
    ]
    if less:
        return Confirmation("partly", one, f"without {' and '.join(less)}")
    return Confirmation("yes", one, "said the same")
