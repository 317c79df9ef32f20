"""The words the reader knows, from the tables of facts, as patterns that find the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xenotime.facts.load import Facts, load_facts
from xenotime.facts.reading import ActionTerm, ActorTerm, CueTerm, LeverTerm, MaterialTerm, UnitTerm
from xenotime.talks.reader.text import plain

SYMBOL = 3  # letters: a name as short as a chemical symbol counts only with its capitals
GERUND, BASE, PAST, THIRD = "gerund", "base", "past", "third"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that name something.

    Attributes
    ----------
    start, end : place in the text
    value : what is named;  rule : what found it
    """

    start: int
    end: int
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern of many terms and what each means."""

    pattern: re.Pattern[str]
    meaning: Mapping[str, str]
    name: str

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """Mentions in order, the longest where several begin; none overlap."""
        for match in self.pattern.finditer(text, start, len(text) if end is None else end):
            value = self.meaning.get(match.group(), "") or self.meaning[_key(match.group())]
            yield Mention(match.start(), match.end(), value, f"{self.name}: {_key(match.group())}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is looked up.

    Attributes
    ----------
    actors, levers, materials, verbs : what names them;  cues : by kind of cue
    roles : rows of actors by name;  actions : rows of actions by verb
    measures : levers on which a deed can be seen by itself
    """

    actors: Words
    levers: Words
    materials: Words
    verbs: Words
    cues: Mapping[str, Words]
    roles: Mapping[str, ActorTerm]
    actions: Mapping[str, ActionTerm]
    measures: frozenset[str]
    units: tuple[UnitTerm, ...]
    abbreviations: frozenset[str]
    english: tuple[str, ...]


def _key(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())


def make_words(name: str, pairs: Iterable[tuple[str, str]], exact: bool = False) -> Words:
    """Terms and meanings as one pattern; `exact` minds capitals for all, else for terms short as symbols."""
    meaning: dict[str, str] = {}
    forms: list[tuple[int, str]] = []
    for raw, value in pairs:
        term = plain(raw)
        body = re.escape(term).replace(r"\ ", r"\s+")
        symbol = len(term) <= SYMBOL and not term.islower()
        if exact or symbol:
            meaning[term] = value
            meaning.setdefault(_key(term), value)
            forms.append((len(term), body))
        else:
            meaning[_key(term)] = value
            forms.append((len(term), f"(?i:{body})"))
    ordered = [body for _, body in sorted(forms, key=lambda item: -item[0])]
    return Words(re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)"), meaning, name)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The shipped words; raises InputProblems where their tables are faulty."""
    return lexicon_of(load_facts())


def lexicon_of(facts: Facts) -> Lexicon:
    """The words of `facts`."""
    actors = facts.rows(ActorTerm)
    cues: dict[str, list[str]] = {}
    for row in facts.rows(CueTerm):
        cues.setdefault(row.cue, []).append(row.term)
    return Lexicon(
        make_words("actor", ((row.term, plain(row.term)) for row in actors), exact=True),
        make_words("lever", ((row.term, row.lever) for row in facts.rows(LeverTerm))),
        make_words("material", ((row.term, row.material) for row in facts.rows(MaterialTerm))),
        make_words("verb", _forms(facts.rows(ActionTerm))),
        {cue: make_words(cue, ((term, cue) for term in terms)) for cue, terms in cues.items()},
        {plain(row.term): row for row in actors},
        {row.verb: row for row in facts.rows(ActionTerm)},
        frozenset(row.lever for row in facts.rows(LeverTerm) if row.measure == "yes"),
        facts.rows(UnitTerm),
        frozenset(cues["abbreviation"]),
        tuple(cues["english"]),
    )


def _forms(rows: Iterable[ActionTerm]) -> Iterator[tuple[str, str]]:
    """Every form of every verb, with the forms it may be; what is two forms keeps both."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        forms = [(row.verb, BASE), (row.third, THIRD), (row.gerund, GERUND)]
        forms += [(past, PAST) for past in row.past.split(";")]
        for text, form in forms:
            found.setdefault(text, {}).setdefault(form, row.verb)
    for text, kinds in found.items():
        yield text, ";".join(f"{form}={verb}" for form, verb in kinds.items())
