"""What is found in a text: records with the place of everything and the rule that found it."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.talks.reader.amounts import Amount
from xenotime.talks.reader.dates import When
from xenotime.talks.reader.lexicon import Mention
from xenotime.talks.reader.sentences import Sentence
from xenotime.talks.reader.text import Text
from xenotime.talks.reader.wins import Win

PROMISE, LEGAL, THREAT, CLAIM, HOPE, OPINION, DESCRIPTION = (
    "promise",
    "legal_act",
    "threat",
    "claim_about_other",
    "hope",
    "opinion",
    "description",
)
FIRM, HEDGED, HOPED = "firm", "hedged", "hoped"
VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text: their place, and the rule that picked them."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one sentence.

    Attributes
    ----------
    sentence : its number;  span : from the verb to the end of its clause
    act : promise, legal_act, threat, claim_about_other, hope, opinion or description
    modality : firm, hedged or hoped;  negated : whether what is done or said is negated
    actors, counterparts : parties, sorted;  said_by : who is named as saying so, blank where nobody is
    action : kind of deed, blank for none;  verb : its base form;  direction : eases, tightens or none
    levers, materials : named in its clause, in order
    amount, when : those that count;  begins, ends : other days stated
    conditions, mechanisms, funding : words of each
    concrete : whether it is a concrete commitment
    rules : what decided, in order
    """

    sentence: int
    span: Span
    act: str
    modality: str
    negated: bool
    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    said_by: str
    action: str
    verb: str
    direction: str
    levers: tuple[str, ...]
    materials: tuple[str, ...]
    amount: Amount | None
    when: When | None
    begins: str
    ends: str
    conditions: tuple[Span, ...]
    mechanisms: tuple[Span, ...]
    funding: tuple[Span, ...]
    concrete: bool
    rules: tuple[str, ...]

    @property
    def deadline(self) -> str:
        """Day it is due, begins or ends, in this order; blank where none is stated."""
        return self.when.day if self.when is not None else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a text; acts in order of their place.

    names : parties to the states they belong to
    """

    text: Text
    sentences: tuple[Sentence, ...]
    acts: tuple[Act, ...]
    parties: tuple[Mention, ...]
    levers: tuple[Mention, ...]
    materials: tuple[Mention, ...]
    hedges: tuple[Mention, ...]
    wins: tuple[Win, ...]
    names: dict[str, str]

    def commitments(self) -> tuple[Act, ...]:
        """Concrete commitments."""
        return tuple(act for act in self.acts if act.concrete)

    def claims(self) -> tuple[Act, ...]:
        """Everything else that somebody says, hopes or threatens; plain description is left out."""
        return tuple(act for act in self.acts if not act.concrete and act.act != DESCRIPTION)
