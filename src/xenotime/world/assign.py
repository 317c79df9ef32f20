"""Which recipes each plant runs: few per plant, and no feed left without a plant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xenotime.world.chain import COMPONENTS, RETIRED, Chain
from xenotime.world.scene import Scene, runs

MAIN = "CHN"  # the one region whose plants make every metal and grade
MAGNET_HEAVIES = {"Dy_oxide", "Tb_oxide"}  # a cut without them pays for no separation
ABROAD = ("NdPr_metal", "DyFe_alloy", "Tb_metal", "Sm_metal")


def choose_recipes(
    scene: Scene, chain: Chain, rows: list[Any], capacities: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Recipes per plant, few enough to keep the network small; no feed is left without a plant."""
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
            chosen[row.facility] = [
                _separation(chain, feed, full) for feed in feeds[: wide if many else most]
            ]
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
    """Heavy concentrates of light plants go to the largest full plants, and to those that list the feed."""
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
        worthwhile = bool(
            MAGNET_HEAVIES & {name for name, _ in chain.recipes[f"separate_heavy_{feed}"].outputs()}
        )
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
    """Large magnet plants make every grade, small ones a few; recyclers take what their region makes."""
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


def recipe_weights(scene: Scene, chain: Chain, recipes: Iterable[str]) -> dict[str, float]:
    """Share of a plant's load expected of each recipe, after the output of feeds and use of grades."""
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
