"""A project from its file or a plant of the world; what is left out is of the world, or assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xenotime.choice.entries import GoodEntry, ProjectFile
from xenotime.choice.project import Basis, Debt, Good, Project
from xenotime.dynamics.fleet import RAMP_UP
from xenotime.dynamics.project_times import Span, capex_of, load_numbers, span_of
from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.facts.load import Facts
from xenotime.months import month_number, month_text
from xenotime.world.problems import known_name, suggestion
from xenotime.world.tables import KINDS, PHASES, Facility
from xenotime.world.world import World

YEAR = 12
THIS = "project file"
OWN = "xenotime-world"
NONE = Span(0.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """Numbers as they are settled, each with its basis; what the file says comes first."""

    table: Mapping[str, Basis]
    basis: list[Basis]

    def take(self, name: str, given: float | None, otherwise: Basis | None = None) -> float:
        """The number given, else that of the world, else the assumed one."""
        if given is not None:
            row = Basis(name, given, given, given, "as given", "", THIS)
        else:
            row = otherwise if otherwise is not None else self.table[name]
        self.basis.append(row)
        return row.value


def assumed_numbers(facts: Facts) -> dict[str, Basis]:
    """Rows of the table choice_numbers."""
    return {
        row.name: Basis(row.name, row.value, row.low, row.high, row.unit, row.grade, row.source, row.note)
        for row in facts.rows("choice_numbers")
    }


def plant_of(world: World, facility: str) -> tuple[Facility, ...]:
    """All rows of a plant; raises InputProblems for a name the world does not have."""
    names = tuple(sorted({row.facility for row in world.facilities}))
    known_name("facility", facility, names)
    return tuple(row for row in world.facilities if row.facility == facility)


def make_project(data: ProjectFile, name: str, world: World, facts: Facts, today: str) -> Project:
    """A project with every number settled.

    today : month money is of where the file does not say

    Raises InputProblems for a facility, recipe or kind the world does not have, and for what is missing.
    """
    rows = plant_of(world, data.facility) if data.facility else ()
    plant = rows[0] if rows else None
    recipe = data.recipe or (_recipe(rows, world) if rows else "")
    region = data.region or (plant.region if plant else "")
    kind = data.kind or (plant.kind if plant else "")
    problems = _missing(data, name, plant, region, kind)
    if problems:
        raise InputProblems(problems)
    numbers = load_numbers()
    drawn = Drawn(assumed_numbers(facts), [])
    goods = _goods(data, recipe, region, world, name)
    today = data.today or today
    capacity = drawn.take(
        "capacity", data.capacity, _own("capacity", plant.capacity if plant else None, plant)
    )
    own = next((row for row in rows if row.recipe == recipe), plant)
    load = drawn.take("load", data.load, _number("expected_load", numbers.expected_load, "share of capacity"))
    cost = drawn.take("cost", data.cost, _own("cost", _cost(own, capacity * load), own))
    capex = drawn.take("capex", data.capex, _capex(name, data.facility, kind, region, capacity, plant))
    build = round(drawn.take("build_months", data.build_months, _build(kind, region)))
    start = data.start or _start(plant, today, kind, region)
    runs = plant is not None and not plant.project and not data.start
    feed = any(good.amount < 0 for good in goods)
    bought = Basis("royalty", 0.0, 0.0, 0.0, "share of sales", "D", "assumed", "it buys its feed")
    royalty = drawn.take("royalty", data.royalty, bought if feed else None)
    required = _number("required_return", numbers.required_return(region), "per year")
    return Project(
        name=name,
        title=data.title or (plant.name if plant else "") or name,
        region=region,
        kind=kind,
        today=today,
        start=start,
        capacity=capacity,
        load=load,
        life=round(YEAR * drawn.take("life_years", data.life_years)),
        capex=capex,
        build=build,
        ramp=_fixed(data.ramp_months) or (NONE if runs else span_of("ramp_up", kind, region)),
        slip=_slip(data, plant, kind, region, today, start),
        cost=cost,
        fixed_share=drawn.take("fixed_share", data.fixed_share),
        royalty=royalty,
        tax=drawn.take("tax", data.tax),
        required_return=drawn.take("required_return", data.required_return, required),
        goods=goods,
        debt=_debt(data, drawn, runs),
        floors=data.floor,
        offtakes=data.offtake,
        grants=data.grant,
        loans=data.loan,
        credits=data.credit,
        basis=tuple(drawn.basis),
        recipe="" if data.good else recipe,
    )


def _missing(data: ProjectFile, name: str, plant: Facility | None, region: str, kind: str) -> list[Problem]:
    found = []
    if kind not in KINDS:
        found.append(
            Problem(
                "unknown-name",
                name,
                None,
                "kind",
                repr(kind),
                "one of " + ", ".join(KINDS),
                suggestion(kind, KINDS, "name the kind of plant"),
            )
        )
    wanted = {"region": region}
    if plant is None:
        wanted |= {key: getattr(data, key) for key in ("capacity", "cost")}
    for key, value in wanted.items():
        if value in ("", None):
            found.append(
                Problem("missing-key", name, None, key, "nothing", f"a value for {key}", "add the key")
            )
    return found


def _recipe(rows: tuple[Facility, ...], world: World) -> str:
    """The recipe of a plant that costs least, of these the one with most outputs; a file may name another."""
    made = {
        row.recipe: sum(1 for f in world.recipes if f.recipe == row.recipe and f.amount > 0) for row in rows
    }
    return min(rows, key=lambda row: (row.cost, -made[row.recipe], row.recipe)).recipe


def _goods(data: ProjectFile, recipe: str, region: str, world: World, file: str) -> tuple[Good, ...]:
    """Goods of the file, else of the recipe in the plant's region."""
    entries = data.good
    if not entries:
        known_name("recipe", recipe, tuple(sorted({row.recipe for row in world.recipes})))
        entries = tuple(
            GoodEntry(material=row.material, amount=row.amount)
            for row in world.recipes
            if row.recipe == recipe
        )
    goods = tuple(
        Good(entry.material, entry.region or region, entry.amount, entry.payable, entry.price)
        for entry in entries
    )
    made = {good.material for good in goods if good.amount > 0}
    for kind in (data.floor, data.offtake, data.credit):
        for entry in kind:
            if entry.material not in made:
                raise one_problem(
                    "unknown-name",
                    file,
                    repr(entry.material),
                    "a good the project makes: " + ", ".join(sorted(made)),
                    suggestion(entry.material, sorted(made), "name one of them"),
                    column=f"{entry.name}.material",
                )
    return goods


def _own(name: str, value: float | None, plant: Facility | None) -> Basis | None:
    if value is None or plant is None:
        return None
    grade, source = plant.grade or "D", plant.source or OWN
    return Basis(name, value, value, value, "as in the world", grade, source, f"of {plant.facility}")


def _cost(plant: Facility | None, activity: float) -> float | None:
    """Mean cost at the load: that of the first unit and half the rise to the last."""
    return None if plant is None else plant.cost + 0.5 * plant.cost_slope * activity


def _number(name: str, value: float, unit: str) -> Basis:
    return Basis(name, value, value, value, unit, "D", "project_numbers", "as lenders of the model reckon")


def _capex(
    name: str, facility: str, kind: str, region: str, capacity: float, plant: Facility | None
) -> Basis:
    if plant is not None and plant.capex is not None:
        value = plant.capex
    else:
        value = capex_of(facility or name, kind, region) * capacity * YEAR
    return Basis("capex", value, value, value, "USD", "D", "capex", f"of {facility or kind}, by capacity")


def _build(kind: str, region: str) -> Basis:
    spans = [span_of(phase, kind, region) for phase in ("financed", "construction")]
    value, low, high = (sum(getattr(span, key) for span in spans) for key in ("value", "low", "high"))
    return Basis("build_months", value, low, high, "month", "D", "project_stages", f"{kind}, {region}")


def _start(plant: Facility | None, today: str, kind: str, region: str) -> str:
    """First output: as planned; today for a plant that runs; else after all stages of its kind."""
    if plant is not None and plant.planned_start:
        return plant.planned_start
    return today if plant is not None and not plant.project else _after(today, kind, region)


def _after(today: str, kind: str, region: str) -> str:
    """Planned start of a project that is announced today and finds money at once."""
    months = sum(span_of(phase, kind, region).value for phase in PHASES[:RAMP_UP])
    return month_text(month_number(today) + round(months))


def _fixed(months: float | None) -> Span | None:
    return None if months is None else Span(months, months, months)


def _slip(data: ProjectFile, plant: Facility | None, kind: str, region: str, today: str, start: str) -> Span:
    """What the file says; else the slip of the kind times the share of the way ahead, as in (M10)."""
    if data.slip_months is not None:
        return Span(data.slip_months, data.slip_months, data.slip_months)
    if plant is not None and not plant.project and not data.start:
        return NONE
    own = plant.slip_months if plant is not None else None
    span = _fixed(own) or span_of("slip", kind, region)
    whole = sum(span_of(phase, kind, region).value for phase in PHASES[:RAMP_UP])
    ahead = max(0, month_number(start) - month_number(today))
    share = min(1.0, ahead / whole) if whole > 0 else 1.0
    return Span(share * span.value, share * span.low, share * span.high)


def _debt(data: ProjectFile, drawn: Drawn, runs: bool) -> Debt:
    """What banks lend; of a plant that runs nobody has said what it owes, so nothing is assumed."""
    debt = data.debt
    none = Basis("debt_share", 0.0, 0.0, 0.0, "share of capital", "", "not known", "it runs already")
    return Debt(
        share=drawn.take("debt_share", debt.share, none if runs else None),
        rate=drawn.take("debt_rate", debt.rate),
        months=round(YEAR * drawn.take("debt_years", debt.years)),
        grace=round(drawn.take("debt_grace_months", debt.grace_months)),
        reserve=drawn.take("reserve_months", debt.reserve_months),
    )
