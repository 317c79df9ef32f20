"""What was asked of a project and what was found, ready to be told."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.choice.killers import Killer
from xenotime.choice.luck import Luck
from xenotime.choice.opening import Effect
from xenotime.choice.payments import Payment
from xenotime.choice.prices import Paths
from xenotime.choice.project import Project
from xenotime.choice.value import Outcome
from xenotime.displays import Displayed


@dataclass(frozen=True, slots=True)
class Variant:
    """A project with all its supports, with none, or with one taken away."""

    supports: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Opening:
    """What its opening does to others: month it was opened in, whether that is its own date, its effects."""

    month: str
    own_date: bool
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Cased:
    """A project under one case.

    project : with the case's own levers;  months : of the run;  runs : price paths it was valued on
    unpaid : killers are searched on these odds of covering the debt;  opening : None where it was not asked
        or cannot be told, `told` then says why
    """

    case: str
    title: str
    project: Project
    paths: Paths
    luck: Luck
    months: int
    runs: int
    variants: tuple[Variant, ...]
    killers: tuple[Killer, ...]
    opening: Opening | None
    told: tuple[str, ...]

    def planned(self) -> Outcome:
        """The project as planned, with all its supports."""
        return self.variants[0].outcome


@dataclass(frozen=True, slots=True)
class Valued(Displayed):
    """The answer to a project's question.

    key : of everything that decides it;  payments : published floor payments held against their terms,
        where the project has such a floor
    draws : of each case over what is not known; none is the case as it stands
    """

    name: str
    title: str
    question: str
    key: str
    cases: tuple[Cased, ...]
    payments: tuple[Payment, ...] = ()
    assumed: tuple[str, ...] = ()
    citation: tuple[str, ...] = ()
    draws: int = 0
