"""Plants of the base year: which recipes each runs, at what sourced cost and expected load."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xenotime.months import month_number, month_text
from xenotime.world.chain import COMPONENTS, LIGHT_CUT, RETIRED, Chain
from xenotime.world.costs import Costs
from xenotime.world.numbers import FactTables, Numbers, of_year
from xenotime.world.parts import Activity

NEVER = ("planned", "cancelled")
MONTHS = 12.0
MAIN = "CHN"  # the one region whose plants make every metal and grade
MAGNET_HEAVIES = {"Dy_oxide", "Tb_oxide"}  # a cut without them pays for no separation
ABROAD = ("NdPr_metal", "DyFe_alloy", "Tb_metal", "Sm_metal")


@dataclass(frozen=True, slots=True)
class Scene:
    """What decides which plants run: facts, assumptions, base month and year, feeds' output and grades' use (t/year)."""

    facts: FactTables
    numbers: Numbers
    date: str
    year: int
    mined: Mapping[tuple[str, str], float]
    wanted: Mapping[str, float]
    capped: frozenset[str] = frozenset()

    def output_of(self, feed: str) -> float:
        """World output of a feed."""
        return sum(amount for (_, name), amount in self.mined.items() if name == feed)


def read_mined(facts: FactTables, year: int) -> dict[tuple[str, str], float]:
    """Mine output by region and feed in `year` (t REO/year)."""
    return {
        (row.region, row.feed): float(row.production)
        for row in facts.rows("mine_production")
        if int(row.year) == year
    }


def regions_at_quota(facts: FactTables, numbers: Numbers, year: int) -> frozenset[str]:
    """Regions whose mining quota of the year was used in full and not overrun."""
    quota: dict[str, float] = {}
    mined: dict[str, float] = {}
    for row in facts.rows("quotas"):
        if int(row.year) == year and row.kind == "mining_total":
            quota[row.region] = float(row.quota)
    routes = {row.feed: row.route for row in facts.rows("feeds")}
    for (region, feed), amount in read_mined(facts, year).items():
        if routes[feed] != "byproduct":
            mined[region] = mined.get(region, 0.0) + amount
    slack = 1 - numbers["full_load_share"]
    return frozenset(
        region for region, limit in quota.items() if abs(mined.get(region, 0.0) / limit - 1) <= slack
    )


def living_plants(scene: Scene) -> list[Any]:
    """Rows of plants that run in the base month or are under way to start within the window ahead."""
    now = month_number(scene.date)
    window = int(scene.numbers["plants_ahead_months"])
    found = []
    for row in scene.facts.rows("facilities"):
        begin = start_of(row)
        if row.in_totals != "yes" or row.status in NEVER or begin is None:
            continue
        ended = bool(row.end) and month_number(row.end) < now
        gone = row.status in ("idle", "closed") and not row.end
        if not ended and not gone and begin <= now + window:
            found.append(row)
    return found


def start_of(row: Any) -> int | None:
    """First month of operation as a number: as happened, else as planned; None where neither is known."""
    text = row.start or row.planned_start
    if text:
        return month_number(text)
    return 0 if row.status == "operating" else None


def runs(row: Any, scene: Scene) -> bool:
    """Whether the plant counts in the base year: it began long enough before the base month to be at load."""
    begin = start_of(row)
    return begin is not None and begin + int(scene.numbers["months_to_load"]) <= month_number(scene.date)


def _counted_start(scene: Scene, row: Any) -> str:
    """First month a plant counts from: as given where it is at load in the base month, else after its ramp-up."""
    text = str(row.start or row.planned_start)
    if runs(row, scene) or not text:
        return text
    return month_text(month_number(text) + int(scene.numbers["months_to_load"]))


def build_activities(scene: Scene, chain: Chain) -> list[Activity]:
    """Every recipe of every living plant, then the finishing, splitting and collection that plants do not list."""
    capacities = of_year(scene.facts.rows("capacities"), scene.year, lambda row: row.facility)
    rows = [row for row in living_plants(scene) if row.facility in capacities]
    costs = Costs(scene.facts, scene.numbers, scene.year)
    chosen = _choose_recipes(scene, chain, rows, capacities)
    found: list[Activity] = []
    for row in rows:
        recipes = chosen.get(row.facility, [])
        capacity = float(capacities[row.facility].capacity) / MONTHS
        working = runs(row, scene)
        if not recipes or (working and capacity <= 0):
            continue
        load = scene.numbers[f"utilisation_{row.stage}"] * capacity if working else 0.0
        weights = _weights(scene, chain, recipes)
        for recipe in recipes:
            expected = load * weights[recipe]
            found.append(_activity(scene, chain, costs, row, recipe, capacity, expected, working))
    found += _unlisted(scene, chain, costs, found)
    return sorted(found, key=lambda a: (a.facility, a.recipe))


def _activity(
    scene: Scene,
    chain: Chain,
    costs: Costs,
    row: Any,
    recipe: str,
    capacity: float,
    expected: float,
    working: bool,
) -> Activity:
    spread = scene.numbers["spread_of_load"] * scene.numbers[f"utilisation_{row.stage}"] * capacity
    cost, source, grade = costs.of(chain.recipes[recipe], row.facility, row.region)
    status = "operating" if row.status in ("idle", "closed") and row.end else row.status
    more = {
        "status": "operating" if status == "construction" and row.planned_start else status,
        "start": _counted_start(scene, row),
        "end": row.end,
        "name": row.name,
        "operator": row.operator,
        "lat": row.lat,
        "lon": row.lon,
    }
    return Activity(
        facility=row.facility,
        region=row.region,
        recipe=recipe,
        stage=row.stage,
        flows=chain.recipes[recipe].flows,
        capacity=capacity,
        cost=cost,
        rise=scene.numbers[f"cost_rise_{row.stage}"],
        expected=expected,
        spread=spread,
        runs=working,
        at_quota=row.stage == "mine" and row.region in scene.capped,
        source=source,
        grade=grade,
        row=more,
    )


def _choose_recipes(
    scene: Scene, chain: Chain, rows: list[Any], capacities: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Recipes per plant, few enough to keep the network small; no feed is left without a plant that lists it."""
    chosen: dict[str, list[str]] = {}
    heavy_regions = {
        row.region for row in rows if row.stage == "separation" and row.heavy_separation == "yes"
    }
    most, wide = int(scene.numbers["feeds_per_plant"]), int(scene.numbers["feeds_of_largest_plant"])
    largest: set[str] = set()
    by_size = sorted(rows, key=lambda row: (-float(capacities[row.facility].capacity), row.facility))
    for row in by_size:
        feeds = sorted(_feeds(row, scene), key=lambda feed: (-scene.output_of(feed), feed))
        if row.stage == "mine":
            chosen[row.facility] = [f"mine_{feed}" for feed in feeds]
        elif row.stage == "cracking":
            chosen[row.facility] = [f"crack_{feed}" for feed in feeds]
        elif row.stage == "separation":
            full = _separates_all(row, heavy_regions)
            many = row.region not in largest
            largest.add(row.region)
            chosen[row.facility] = [_separation(chain, feed, full) for feed in feeds[: wide if many else most]]
    _serve_every_feed(scene, chain, by_size, heavy_regions, chosen)
    _serve_heavy_concentrates(scene, chain, by_size, chosen)
    _choose_metals(by_size, chosen)
    _choose_grades(scene, chain, by_size, chosen)
    return {
        name: [recipe for recipe in dict.fromkeys(recipes) if recipe in chain.recipes]
        for name, recipes in chosen.items()
    }


def _feeds(row: Any, scene: Scene) -> list[str]:
    """Feeds a plant lists that are mined in the base year, or that it alone would start on."""
    listed = [feed for feed in (row.feed or "").split(";") if feed]
    if not runs(row, scene):
        return listed
    return [feed for feed in listed if scene.output_of(feed) > 0]


def _separates_all(row: Any, heavy_regions: set[str]) -> bool:
    return row.heavy_separation == "yes" or (row.heavy_separation == "partly" and row.region in heavy_regions)


def _separation(chain: Chain, feed: str, full: bool) -> str:
    light = f"separate_light_{feed}"
    return f"separate_{feed}" if full or light not in chain.recipes else light


def _serve_every_feed(
    scene: Scene, chain: Chain, by_size: list[Any], heavy_regions: set[str], chosen: dict[str, list[str]]
) -> None:
    """The largest plant of a region that lists a feed takes it when no other plant there does."""
    plants = [row for row in by_size if row.stage == "separation" and runs(row, scene)]
    for region in sorted({row.region for row in plants}):
        here = [row for row in plants if row.region == region]
        done = {recipe for row in here for recipe in chosen[row.facility]}
        for row in here:
            for feed in _feeds(row, scene):
                ways = {f"separate_{feed}", f"separate_light_{feed}"}
                if not ways & done:
                    recipe = _separation(chain, feed, _separates_all(row, heavy_regions))
                    chosen[row.facility].append(recipe)
                    done.add(recipe)
        for feed in sorted(_traded_feeds(scene, region)):
            if not {f"separate_{feed}", f"separate_light_{feed}"} & done:
                chosen[here[0].facility].append(
                    _separation(chain, feed, _separates_all(here[0], heavy_regions))
                )


def _traded_feeds(scene: Scene, region: str) -> set[str]:
    """Feeds whose mixed carbonate the trade facts bring to a region."""
    prefix = "mixed_carbonate_"
    return {
        row.material.removeprefix(prefix)
        for row in scene.facts.rows("trade")
        if int(row.year) == scene.year
        and row.destination == region
        and (row.material or "").startswith(prefix)
        and scene.output_of(row.material.removeprefix(prefix)) > 0
    }


def _serve_heavy_concentrates(
    scene: Scene, chain: Chain, by_size: list[Any], chosen: dict[str, list[str]]
) -> None:
    """Heavy concentrates left by light plants go to the two largest full plants, and to any full plant that lists the feed."""
    feeds = sorted(
        {
            recipe.removeprefix("separate_light_")
            for recipes in chosen.values()
            for recipe in recipes
            if recipe.startswith("separate_light_")
        }
    )
    full = [row for row in by_size if row.stage == "separation" and row.heavy_separation == "yes"]
    largest = [row.facility for row in full if runs(row, scene)][: int(scene.numbers["heavy_takers"])]
    for feed in feeds:
        listing = [row.facility for row in full if feed in (row.feed or "").split(";")]
        own = [name for name in listing if f"separate_{feed}" not in chosen[name] or name not in largest]
        worthwhile = bool(MAGNET_HEAVIES & {name for name, _ in chain.recipes[f"separate_heavy_{feed}"].outputs()})
        for name in dict.fromkeys([*(largest if worthwhile else ()), *own]):
            chosen.setdefault(name, []).append(f"separate_heavy_{feed}")


def _choose_metals(by_size: list[Any], chosen: dict[str, list[str]]) -> None:
    """The largest furnace house of a region makes every metal, the others didymium."""
    served: set[str] = set()
    for row in by_size:
        if row.stage == "metal":
            metals = COMPONENTS.values() if row.region == MAIN else ABROAD
            every = [f"reduce_{metal}" for metal in metals]
            chosen[row.facility] = ["reduce_NdPr_metal"] if row.region in served else every
            served.add(row.region)


def _choose_grades(scene: Scene, chain: Chain, by_size: list[Any], chosen: dict[str, list[str]]) -> None:
    """Large magnet plants make every grade, small ones the most wanted; recyclers take what their region makes."""
    grades = sorted((grade for grade in scene.wanted if grade != "SmCo"), key=lambda g: (-scene.wanted[g], g))
    few = int(scene.numbers["grades_per_small_plant"])
    largest = {row.region: row.facility for row in reversed(by_size) if row.stage == "magnet_ndfeb"}
    made: dict[str, set[str]] = {}
    ranks: dict[str, int] = {}
    for row in by_size:
        if row.stage == "magnet_ndfeb":
            ranks[row.region] = ranks.get(row.region, -1) + 1
            outside = row.region != MAIN
            picks = [grade for grade in grades if not (outside and grade == "Ce")]
            if row.facility != largest[row.region]:
                shift = ranks[row.region] % len(picks)
                picks = [*picks[shift:], *picks[:shift]][:few]
            chosen[row.facility] = [f"make_NdFeB_{grade}" for grade in picks]
            made.setdefault(row.region, set()).update(f"NdFeB_{grade}" for grade in picks)
        elif row.stage == "magnet_smco":
            chosen[row.facility] = ["make_SmCo"]
            made.setdefault(row.region, set()).add("SmCo")
    takers: set[str] = set()
    for row in by_size:
        if row.stage == "recycling" and not (row.region in takers and row.region != MAIN):
            takers.add(row.region)
            scrap = [f"recycle_swarf_{name}" for name in sorted(made.get(row.region, ())) if name != "SmCo"]
            chosen[row.facility] = [*scrap, f"recycle_eol_NdFeB_{RETIRED}"]


def _weights(scene: Scene, chain: Chain, recipes: Iterable[str]) -> dict[str, float]:
    """Share of a plant's load expected of each recipe, after the world's output of feeds and use of grades."""
    sizes = {}
    for recipe in recipes:
        kind, _, name = recipe.partition("_")
        if kind in ("mine", "crack", "separate"):
            feed = name.removeprefix("light_").removeprefix("heavy_")
            size = scene.output_of(feed) * (0.02 if name.startswith("heavy_") else 1.0)
        elif kind == "make":
            size = scene.wanted.get(name.removeprefix("NdFeB_"), 0.0)
        elif kind == "recycle":
            size = scene.wanted.get(
                name.removeprefix("swarf_").removeprefix("eol_").removeprefix("NdFeB_"), 0.0
            )
        else:
            size = 1.0 if "NdPr" in name else 0.02
        sizes[recipe] = max(size, 1e-6)
    total = sum(sizes.values())
    return {recipe: size / total for recipe, size in sizes.items()}


def _unlisted(scene: Scene, chain: Chain, costs: Costs, found: list[Activity]) -> list[Activity]:
    """Steps every region with the material takes: finishing, didymium splitting and blending, scrap collection."""
    made: dict[str, dict[str, float]] = {}
    for activity in found:
        for material, amount in activity.flows:
            if amount > 0:
                here = made.setdefault(activity.region, {})
                here[material] = here.get(material, 0.0) + amount * activity.expected
    more: list[Activity] = []
    for region in sorted(made):
        for material in sorted(made[region]):
            share = made[region][material] / max(
                sum(here.get(material, 0.0) for here in made.values()), 1e-12
            )
            if chain.substances[material].stage == "separated_carbonate":
                element = material.removesuffix("_carbonate")
                if element in LIGHT_CUT or share >= scene.numbers["least_finisher_share"]:
                    more.append(_step(scene, chain, costs, "finishing", f"finish_{element}", region))
            if material == "NdPr_oxide" and region == MAIN:
                more.append(_step(scene, chain, costs, "splitting", "split_NdPr", region))
        collected = scene.numbers.get(f"eol_collected_{region}_{scene.year}", 0.0)
        if collected > 0 and any(
            a.recipe == f"recycle_eol_NdFeB_{RETIRED}" and a.region == region for a in found
        ):
            name = f"collect_eol_NdFeB_{RETIRED}"
            more.append(_step(scene, chain, costs, "collection", name, region, collected / MONTHS))
    return more


def _step(
    scene: Scene, chain: Chain, costs: Costs, stage: str, recipe: str, region: str, expected: float = 0.0
) -> Activity:
    cost, source, grade = costs.of(chain.recipes[recipe], "", region)
    spread = expected * scene.numbers["spread_of_load"] or scene.numbers[f"spread_of_{stage}"] / MONTHS
    return Activity(
        facility=f"{region.lower()}_{stage}",
        region=region,
        recipe=recipe,
        stage=stage,
        flows=chain.recipes[recipe].flows,
        capacity=None,
        cost=cost,
        rise=scene.numbers[f"cost_rise_{stage}"],
        expected=expected,
        spread=spread,
        source=source,
        grade=grade,
        row={"name": f"{stage} in {region}, not a single plant", "status": "operating"},
    )
