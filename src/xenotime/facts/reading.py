"""Tables of the reader: the words it knows, what levers named in a text are assumed to be, annotated texts.

Words are coded by hand.  Annotated passages are quotations of a sentence or a clause, or sentences of ours
that state a dated fact; they test the reader and are no input of a world.
"""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import GRADES, Row, choice, column, name_of, number, words

ROLES = ("state", "office", "firm", "people", "group")
CUES = (
    "firm",
    "agreed",
    "decided",
    "performs",
    "gives",
    "granted",
    "law",
    "nonbinding",
    "hedged",
    "hoped",
    "possible",
    "negation",
    "condition",
    "mechanism",
    "funding",
    "threat",
    "claims",
    "says",
    "announces",
    "third_party",
    "gain",
    "harm",
    "due",
    "start",
    "end",
    "abbreviation",
    "english",
)
READ_ACTS = ("promise", "legal_act", "threat", "claim_about_other", "hope", "opinion", "description")
MODALITIES = ("firm", "hedged", "hoped")
KINDS_OF_UNIT = (
    "currency",
    "mass",
    "share",
    "time",
    "count",
    "scale",
    "number",
    "per",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorTerm(Row):
    term: str = column("word or phrase, as written; capitals count")
    party: str = column("ISO3, EU, name of a firm, or pair for both sides")
    side: str = column("ISO3 or EU of the state it belongs to", blank=True)
    role: str = choice("state, office of one, firm, people (adjective of a state), or group", *ROLES)
    speaker: str = words("side and office as the ledger names speakers; blank where it names none")
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverTerm(Row):
    term: str = column("word or phrase in small letters")
    lever: str = column("lever it names", many=True)
    measure: str = choice(
        "whether a deed on it is a measure or contract that can be seen by itself", "yes", "no"
    )
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialTerm(Row):
    term: str = column("word or phrase; a chemical symbol is matched with its capitals")
    material: str = column("material it names")
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTerm(Row):
    verb: str = column("verb, base form, with its particle")
    action: str = column("kind of deed; vague where nothing could be measured")
    third: str = column("third person")
    past: str = column("past tense and participle", many=True)
    gerund: str = column("form in -ing")
    direction: str = choice("what such a deed does to a measure it is about", "eases", "tightens", "none")
    lever: str = words("lever the deed is of where the text names none")
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class CueTerm(Row):
    cue: str = choice("what the words tell", *CUES)
    term: str = column("word or phrase in small letters")
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTerm(Row):
    term: str = column("word or sign, as written; capitals do not count")
    kind: str = choice("what it is", *KINDS_OF_UNIT)
    unit: str = words("unit it means; blank for scales and numbers")
    factor: float = number("what it multiplies by", "1", 0)
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverSetting(Row):
    lever: str = column("lever as the reader names it")
    entry: str = column("name of the entry of the case")
    key: str = column("key of the entry")
    value: str = column("value assumed; {side}, {first} and {start} stand for members, the first, the month")
    low: str = words("lower end of the range, where it is a number")
    high: str = words("upper end of the range")
    grade: str = column("grade", choices=GRADES)
    source: str = column("where it comes from", references="sources")
    note: str = words("reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDocument(Row):
    document: str = column("key; its hash decides the split")
    publisher: str = column("who published it, and whom it copies")
    date: str = column("when it was published", "date")
    address: str = column("where it stands")
    kind: str = choice("quotation of the text, or our own sentence on the record", "quotation", "paraphrase")
    genre: str = choice(
        "kind of text",
        "fact_sheet",
        "statement",
        "notice",
        "agreement",
        "company",
        "article",
        "commentary",
        "readout",
    )
    split: str = choice(
        "by the hash of the key, even is development; or labelled later",
        "development",
        "test",
        "fresh",
        "third",
        "fourth",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedPassage(Row):
    document: str = column("document", references="annotated_documents")
    passage: int = column("place in the document", "integer", minimum=1)
    text: str = column("a sentence or clause; joined in order they are the text that is read")
    parties: str = column("parties it names", many=True, blank=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Row):
    """One act of a passage; blank cells mean that the passage states no such thing."""

    document: str = column("document", references="annotated_documents")
    passage: int = column("passage", "integer", minimum=1)
    item: int = column("place in the passage", "integer", minimum=1)
    act: str = choice("kind of act", *READ_ACTS)
    modality: str = choice("how sure it is put", *MODALITIES)
    negated: str = choice("whether what is done or said is negated", "yes", "no")
    concrete: str = choice("whether it is a concrete commitment", "yes", "no")
    actor: str = column("who does it", many=True, blank=True)
    action: str = words("kind of deed")
    levers: str = column("levers named", many=True, blank=True)
    materials: str = column("materials named", many=True, blank=True)
    amount: float | None = number("amount in units, not in millions", "see unit", 0, blank=True)
    unit: str = words("unit")
    deadline: str = column("day it is due, begins or ends, by the rules of the page", "date", blank=True)
    span: str = words("words of the act")
    amount_span: str = words("words of the amount")
    deadline_span: str = words("words of the deadline")
    condition: str = words("words of a condition")
    mechanism: str = words("words of a mechanism or of oversight")
    funding: str = words("words of the funding")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgain(Label):
    """The same, labelled a second time without sight of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook(Row):
    """How a split was read the first time, by the rules of that day; commitments with all fields right."""

    split: str = choice("split", "test", "fresh", "third", "fourth")
    order: int = column("which of the splits was read first", "integer", minimum=1)
    right: int = column("commitments right", "integer", minimum=0)
    wrong: int = column("said to be one and not, or wrong in a field", "integer", minimum=0)
    missed: int = column("commitments missed, or wrong in a field", "integer", minimum=0)
    without_wrong: int = column("documents without a commitment in which one was found", "integer", minimum=0)
    note: str = column("what was mended afterwards")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventText(Row):
    """Chosen by what a document is about and when it came out, not by what the reader makes of it."""

    event: str = name_of("events", "event of the record")
    document: str = column(
        "annotated document that quotes or reports it, of the same month", references="annotated_documents"
    )
    source: str = column("where it comes from", references="sources")
    note: str = words("remark")


READER_TABLES: tuple[tuple[str, type[Row], str, str], ...] = (
    ("reader_actors", ActorTerm, "term", "a name of a party"),
    ("reader_levers", LeverTerm, "term", "a name of a lever"),
    ("reader_materials", MaterialTerm, "term", "a name of a material"),
    ("reader_actions", ActionTerm, "verb", "a verb of a deed, with its forms"),
    ("reader_cues", CueTerm, "cue term", "words that tell how something is put"),
    ("reader_units", UnitTerm, "term kind", "a word of a unit, a scale or a number"),
    ("lever_settings", LeverSetting, "entry key", "what a lever named in a text is assumed to be"),
    ("annotated_documents", AnnotatedDocument, "document", "a document the reader is tested on"),
    ("annotated_passages", AnnotatedPassage, "document passage", "a passage of such a document"),
    ("annotated_labels", Label, "document passage item", "what a passage says, by hand"),
    ("annotated_looks", FirstLook, "split", "how a split was read the first time"),
    ("annotated_again", LabelAgain, "document passage item", "the same by hand, a second time"),
    ("event_texts", EventText, "event document", "a document that reports a dated event"),
)
