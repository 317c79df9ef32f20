"""A deed before it is judged, and who may have done it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.talks.reader.amounts import Amount
from xenotime.talks.reader.governors import Governor
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.subjects import NOBODY, Subject

# Deeds a text may tell as done.
DONE = ("suspend", "remove", "impose", "list", "issue", "order", "extend", "reduce", "amend")
NEAR_MONEY = 40  # characters from the verb within which money is its object


@dataclass(frozen=True, slots=True)
class Draft:
    """A deed before it is judged.

    Attributes
    ----------
    start, end : its words, to the next draft;  lead : where words before it that belong to it begin
    governor : what governs it, or None;  subject : who
    verb, action : its verb and kind of deed;  passive, negated : its form
    amount : amount it is about where a noun or a second amount made it, else None
    rule : what found it;  goes_on : whether it is what is done already (continue to prohibit)
    """

    start: int
    end: int
    lead: int
    governor: Governor | None
    subject: Subject
    verb: str
    action: str
    passive: bool
    negated: bool
    amount: Amount | None
    rule: str
    goes_on: bool = False


def first_party(parties: Sequence[Mention], place: int, lexicon: Lexicon) -> Subject:
    """The first party named before a place that is no adjective."""
    mine = [m for m in parties if m.end <= place and lexicon.roles[m.value].role != "people"]
    if not mine:
        return NOBODY
    return Subject((lexicon.roles[mine[0].value].party,), f"subject: {mine[0].rule}")
