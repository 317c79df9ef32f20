"""How well the reader does: acts held against labels by hand, field by field, and labels against labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.reading import AnnotatedDocument, AnnotatedPassage, Label, LabelAgain
from xenotime.talks.reader.found import Act, Reading, Span
from xenotime.talks.reader.read import read
from xenotime.talks.reader.subjects import PAIR
from xenotime.talks.reader.text import Text, plain

STRICT = ("act", "actor", "amount", "unit", "deadline")  # a commitment is right when all of these are
SETS = ("actor", "levers", "materials")
SCALARS = ("act", "modality", "negated", "action", "amount", "unit", "deadline")
SPANS = ("span", "amount_span", "deadline_span", "condition", "mechanism", "funding")
COVERED = 0.5  # of the labelled words that a span has to hold to be the same
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Stated:
    """One act in the words of a label: fields to text or numbers, spans to places in the passage."""

    fields: Mapping[str, object]
    spans: Mapping[str, tuple[tuple[int, int], ...]]
    concrete: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field, and what follows from them."""

    field: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 where nothing was said."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both, from the counts, so that a limit is met or not without rounding."""
        said = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / said if said else 1.0


@dataclass(frozen=True, slots=True)
class Confusion:
    """A commitment that was missed, made up or wrong in a field."""

    document: str
    passage: int
    kind: str
    wanted: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of a split by field, its confusions, documents without commitments in which one was found."""

    split: str
    documents: int
    without: int
    without_wrong: tuple[str, ...]
    scores: tuple[Score, ...]
    confusions: tuple[Confusion, ...]

    def of(self, field: str) -> Score:
        """Score of one field; raises StopIteration for a field that is none."""
        return next(score for score in self.scores if score.field == field)


def passages_of(facts: Facts, document: str) -> tuple[AnnotatedPassage, ...]:
    """Passages of a document in order."""
    mine = (row for row in facts.rows(AnnotatedPassage) if row.document == document)
    return tuple(sorted(mine, key=lambda row: row.passage))


def read_annotated(facts: Facts, row: AnnotatedDocument) -> tuple[Reading, tuple[tuple[int, int], ...]]:
    """A document read as one text, and the places of its passages."""
    passages = passages_of(facts, row.document)
    places, at = [], 0
    for passage in passages:
        places.append((at, at + len(passage.text)))
        at += len(passage.text) + len(GAP)
    text = GAP.join(passage.text for passage in passages)
    return read(Text(row.document, "text", text, row.date, "given")), tuple(places)


def score(facts: Facts, split: str) -> Scored:
    """Scores of one split."""
    counts: dict[str, list[int]] = {}
    confusions: list[Confusion] = []
    wrong: list[str] = []
    documents = [row for row in facts.rows(AnnotatedDocument) if row.split == split]
    without = 0
    for row in documents:
        reading, places = read_annotated(facts, row)
        labelled = [label for label in facts.rows(Label) if label.document == row.document]
        if not any(label.concrete == "yes" for label in labelled):
            without += 1
            if reading.commitments():
                wrong.append(row.document)
        for passage, (start, end) in zip(passages_of(facts, row.document), places, strict=True):
            wanted = [_of_label(passage.text, x) for x in labelled if x.passage == passage.passage]
            found = [_of_act(act, reading, start) for act in reading.acts if start <= act.span.start < end]
            _count(counts, wanted, found)
            _count_parties(counts, passage, reading, start, end)
            confusions += _confusions(passage, wanted, found)
    scores = tuple(Score(name, *values) for name, values in counts.items())
    return Scored(split, len(documents), without, tuple(wrong), scores, tuple(confusions))


def _of_label(text: str, label: Label) -> Stated:
    fields: dict[str, object] = {
        name: str(getattr(label, name) or "") for name in (*SETS, *SCALARS) if name != "amount"
    }
    fields["amount"] = label.amount
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for name in SPANS:
        words = plain(str(getattr(label, name)))
        at = plain(text).lower().find(words.lower())
        spans[name] = ((at, at + len(words)),) if words else ()
    return Stated(fields, spans, label.concrete == "yes")


def _of_act(act: Act, reading: Reading, start: int) -> Stated:
    fields: dict[str, object] = {
        "act": act.act,
        "modality": act.modality,
        "negated": "yes" if act.negated else "no",
        "action": act.action if act.action != "vague" else "",
        "actor": ";".join(act.actors),
        "levers": ";".join(act.levers),
        "materials": ";".join(act.materials),
        "amount": act.amount.value if act.amount is not None else None,
        "unit": act.amount.unit if act.amount is not None else "",
        "deadline": act.deadline,
    }
    one = {"amount_span": act.amount, "deadline_span": act.when}
    spans: dict[str, tuple[tuple[int, int], ...]] = {"span": (_place(act.span, start),) if act.action else ()}
    spans |= {name: ((item.start - start, item.end - start),) if item else () for name, item in one.items()}
    several = {"condition": act.conditions, "mechanism": act.mechanisms, "funding": act.funding}
    spans |= {name: tuple(_place(item, start) for item in items) for name, items in several.items()}
    return Stated(fields, spans, act.concrete)


def _place(span: Span, start: int) -> tuple[int, int]:
    return span.start - start, span.end - start


def strict_key(item: Stated) -> tuple[object, ...]:
    """What has to be right of a commitment; the act is its kind and its deed."""
    return (*(item.fields[name] for name in STRICT), item.fields["action"])


def _count(counts: dict[str, list[int]], wanted: Sequence[Stated], found: Sequence[Stated]) -> None:
    _count_commitments(counts, wanted, found)
    pairs, missed, extra = align(wanted, found)
    for want, got in pairs:
        for name in SETS:
            _count_sets(counts, name, _parts(want, name), _parts(got, name))
        for name in SCALARS:
            _count_values(counts, name, want.fields[name], got.fields[name])
        for name in SPANS:
            _count_spans(counts, name, want.spans[name], got.spans[name])
    for items, place in ((missed, 2), (extra, 1)):
        for item in items:
            for name in (*SETS, *SCALARS):
                _add(
                    counts, name, place, len(_parts(item, name)) if name in SETS else bool(item.fields[name])
                )
            for name in SPANS:
                _add(counts, name, place, len(item.spans[name]))


def _count_commitments(
    counts: dict[str, list[int]], wanted: Sequence[Stated], found: Sequence[Stated]
) -> None:
    left = [strict_key(item) for item in wanted if item.concrete]
    loose = [item for item in wanted if item.concrete]
    for item in (x for x in found if x.concrete):
        key = strict_key(item)
        _add(counts, "commitment", 0 if key in left else 1, 1)
        if key in left:
            left.remove(key)
    mine = [item for item in found if item.concrete]
    _add(counts, "commitment", 2, len(left))
    both = min(len(mine), len(loose))
    for place, amount in enumerate((both, len(mine) - both, len(loose) - both)):
        _add(counts, "commitment found", place, amount)


def align(
    wanted: Sequence[Stated], found: Sequence[Stated]
) -> tuple[list[tuple[Stated, Stated]], list[Stated], list[Stated]]:
    """Pairs that agree in most fields first; what is left on either side."""
    ranked = sorted(
        (
            (-sum(a.fields[n] == b.fields[n] for n in (*SETS, *SCALARS)), i, j)
            for i, a in enumerate(wanted)
            for j, b in enumerate(found)
        )
    )
    used: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((wanted[i], found[j]))
    missed = [item for i, item in enumerate(wanted) if i not in used]
    extra = [item for j, item in enumerate(found) if j not in taken]
    return pairs, missed, extra


def _parts(item: Stated, name: str) -> set[str]:
    return {part for part in str(item.fields[name]).split(";") if part}


def _add(counts: dict[str, list[int]], name: str, place: int, amount: int) -> None:
    counts.setdefault(name, [0, 0, 0])[place] += amount


def _count_sets(counts: dict[str, list[int]], name: str, want: set[str], got: set[str]) -> None:
    for place, amount in enumerate((len(want & got), len(got - want), len(want - got))):
        _add(counts, name, place, amount)


def _count_values(counts: dict[str, list[int]], name: str, want: object, got: object) -> None:
    if name == "negated":  # only what is negated counts
        want, got = want == "yes", got == "yes"
    right = bool(want) and want == got
    for place, amount in enumerate((right, bool(got) and not right, bool(want) and not right)):
        _add(counts, name, place, int(amount))


def _count_spans(
    counts: dict[str, list[int]], name: str, want: Sequence[tuple[int, int]], got: Sequence[tuple[int, int]]
) -> None:
    right = sum(any(covers(one, other) for other in got) for one in want)
    held = sum(any(covers(one, other) for one in want) for other in got)
    for place, amount in enumerate((right, len(got) - held, len(want) - right)):
        _add(counts, name, place, amount)


def covers(want: tuple[int, int], got: tuple[int, int]) -> bool:
    """Whether at least half of the labelled words are in a span, or the span is inside them."""
    shared = min(want[1], got[1]) - max(want[0], got[0])
    return shared >= COVERED * (want[1] - want[0]) or (shared > 0 and shared == got[1] - got[0])


def _count_parties(
    counts: dict[str, list[int]], passage: AnnotatedPassage, reading: Reading, start: int, end: int
) -> None:
    from xenotime.talks.reader.lexicon import load_lexicon

    roles = load_lexicon().roles
    named = [roles[m.value] for m in reading.parties if start <= m.start < end]
    got = {row.party for row in named} - {PAIR}
    if any(row.party == PAIR for row in named):  # both sides are whom they stand for
        got |= {name for act in reading.acts if start <= act.span.start < end for name in act.actors}
    _count_sets(counts, "parties", set(passage.parties.split(";")) - {""}, got)


def _confusions(
    passage: AnnotatedPassage, wanted: Sequence[Stated], found: Sequence[Stated]
) -> Iterator[Confusion]:
    left = [item for item in wanted if item.concrete]
    extra = []
    for item in (x for x in found if x.concrete):
        same = next((one for one in left if strict_key(one) == strict_key(item)), None)
        if same is None:
            extra.append(item)
        else:
            left.remove(same)
    while left and extra:
        want, got = left.pop(0), extra.pop(0)
        yield Confusion(
            passage.document, passage.passage, "wrong in a field", _told(want), _told(got), passage.text
        )
    for item in left:
        yield Confusion(passage.document, passage.passage, "missed", _told(item), "", passage.text)
    for item in extra:
        yield Confusion(passage.document, passage.passage, "not one", "", _told(item), passage.text)


def _told(item: Stated) -> str:
    values = [item.fields[name] for name in ("actor", "act", "action", "amount", "unit", "deadline")]
    return " ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values if value)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two passes of labels over the same passages.

    kappa : Cohen's, of the acts of items at the same place;  items : how many
    spans, commitments : F1 of the second pass against the first
    """

    documents: int
    items: int
    kappa: float
    spans: Score
    commitments: Score
    fields: tuple[Score, ...]


def agreement(facts: Facts) -> Agreement:
    """How far the second pass of labels agrees with the first."""
    again = facts.rows(LabelAgain)
    documents = sorted({row.document for row in again})
    counts: dict[str, list[int]] = {}
    acts: list[tuple[str, str]] = []
    for document in documents:
        for passage in passages_of(facts, document):
            one, two = _labels(facts, Label, passage), _labels(facts, LabelAgain, passage)
            acts += [(a.act, b.act) for a, b in zip(one, two, strict=False)]
            _count(
                counts, [_of_label(passage.text, x) for x in one], [_of_label(passage.text, x) for x in two]
            )
    scores = {name: Score(name, *values) for name, values in counts.items()}
    return Agreement(
        len(documents),
        len(acts),
        kappa(acts),
        scores["span"],
        scores["commitment"],
        tuple(scores.values()),
    )


def _labels(facts: Facts, kind: type[Label], passage: AnnotatedPassage) -> list[Label]:
    place = (passage.document, passage.passage)
    return [row for row in facts.rows(kind) if (row.document, row.passage) == place]


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what chance gives; 1 where both use one label only and agree."""
    total = len(pairs)
    same = sum(a == b for a, b in pairs) / total
    names = {name for pair in pairs for name in pair}
    chance = sum(
        sum(a == name for a, _ in pairs) * sum(b == name for _, b in pairs) / total**2 for name in names
    )
    return 1.0 if chance == 1.0 else (same - chance) / (1 - chance)
