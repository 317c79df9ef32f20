# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A world and a hypothesis of one's own, and what a plant is worth
#
# For the researcher, and for the investor who asks what a plant is worth. A world is a folder of tables,
# so it can be small: gallium under the licences of 2023, two goods and five regions, written from cited
# figures (`examples/gallium-2023`). We run it, hold it against what happened, change a number in a case
# and in a table, draw over what is not known, and take the results out as arrays and data frames. About
# half a minute.

# %%
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import xarray

import xenotime as xt

xarray.set_options(display_expand_data=False)
pd.options.display.float_format = lambda value: f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
pd.options.display.max_colwidth = None

# %% [markdown]
# ## 1. A small world
#
# Every row has a source, a grade and, where it is known, a range. One static clearing says whether it
# hangs together.

# %%
here = Path.cwd()
folder = next(
    place / "examples" / "gallium-2023"
    for place in (here, *here.parents)
    if (place / "examples" / "gallium-2023").is_dir()
)
world = xt.load_world(folder / "world")
world

# %%
xt.solve(world)

# %% [markdown]
# ## 2. A case, rolled
#
# Licences on gallium from August 2023, announced a month earlier. Odds and speed of approvals are those of
# the case on rare earths: grade D, and not fitted to gallium. The case is read from a text, so that we can
# change it further down.

# %%
wording = (folder / "gallium-2023.toml").read_text("utf-8")
desk = TemporaryDirectory()


def case_with(name: str, **changed: str) -> object:
    """The case of gallium with other settings of its licences, from its text."""
    text = wording
    for key, value in changed.items():
        lines = [line for line in text.splitlines() if line.startswith(f"{key} = ")]
        text = text.replace(lines[0], f"{key} = {value}")
    (Path(desk.name) / f"{name}.toml").write_text(text, "utf-8")
    return xt.load_case(Path(desk.name) / f"{name}.toml")


case = case_with("gallium")
case

# %%
run = xt.run(world, case)
run

# %%
xt.pictures(run)["price-overview"]

# %% [markdown]
# Results are labelled arrays with units, and from there whatever pandas and xarray can do.

# %%
run.price

# %%
per_kg = run.price.sel(material="Ga_metal").to_pandas() / 1000
per_kg.columns.name = "USD/kg"
per_kg[["CHN", "DEU", "JPN"]].iloc[::6].round(0)

# %% [markdown]
# Why 359 USD/kg in Germany in December 2023? Along the marginal tonne, which is in stock, because more can
# be had for it later. Against the way from China, which the control holds narrow (goods shipped now arrive
# in a month): the Chinese price, freight, and the rent of the licence.

# %%
run.explain("Ga_metal", "DEU", "2023-12")

# %% [markdown]
# ## 3. Held against what happened
#
# The observed prices lie beside the world in `observed.csv`, each with its source. They are no input and
# nothing was fitted to them. That the market splits, and by how much at first, is there. The rise of later
# years outside is missed: the model's traders rush after the announcement and live on it, which nobody
# could. Inside, prices rose in the autumn of 2023 and the model's fall (more in
# `examples/gallium-2023/README.md`).

# %%
observed = pd.read_csv(folder / "observed.csv")
prices = observed[observed.series.isin(["europe_price", "china_price"])].assign(
    month=lambda rows: rows.date.str[:7],
    region=lambda rows: rows.series.map({"europe_price": "DEU", "china_price": "CHN"}),
)
prices["model"] = [per_kg.loc[row.month, row.region] for row in prices.itertuples()]
prices.set_index("month")[["region", "value", "low", "high", "model", "unit", "source", "grade"]].round(0)

# %% [markdown]
# ## 4. A hypothesis
#
# Perhaps the licences are granted less often; perhaps users can do without gallium less well than the
# table says. The first is a setting of the case, the second a column of the world. Worlds and cases are
# never written into: a change makes a new one.

# %%
fewer = case_with("fewer", approval_odds="0.4")
stiff = world.with_tables(demand=tuple(replace(row, elasticity=row.elasticity / 2) for row in world.demand))

variants = {
    "as it stands": run,
    "40 % of licences granted": xt.run(world, fewer),
    "users half as elastic": xt.run(stiff, case),
    "both": xt.run(stiff, fewer),
}


def outcome(found: object) -> dict[str, float]:
    """Highest price in Germany over that without the control; the least use that is left outside China."""
    tables = found.document()["data"]
    rows = [row for row in tables["prices"] if (row["material"], row["region"]) == ("Ga_metal", "DEU")]
    left = [row["value"] for row in tables["availability"] if row["region"] != "CHN"]
    return {
        "highest price in DEU, multiple": max(row["value"] / row["baseline"] for row in rows),
        "least use outside CHN, share of normal": min(left),
    }


pd.DataFrame({name: outcome(found) for name, found in variants.items()}).T.round(2)

# %% [markdown]
# ## 5. Draws over what is not known
#
# Every number with a range is drawn together, with the luck of the queue and the structure of the
# look-ahead. Sixteen draws over a year show the form; hundreds make a study, kept in a folder and taken up
# again (`out="draws"`), and only then is there something to say about which fact to check next. `draws` in
# the table counts those in which the market determines the price.

# %%
study = xt.ensemble(world, case, 16, months=12)
study

# %%
xt.pictures(study)["fan-1"]

# %%
bands = study.table("bands")
price_bands = bands[(bands.outcome == "price") & (bands.region == "DEU") & (bands.material == "Ga_metal")]
price_bands[["month", "low", "quarter", "median", "three_quarters", "high", "draws", "unit"]].iloc[::3]

# %% [markdown]
# ## 6. What a plant is worth
#
# Now the investor's question, on the shipped world of rare earths: the Eneabba refinery in Western
# Australia with its loans, at the prices of a baseline without new controls. Value is of the decision of
# 2022, at a rate of return that is assumed; odds are over slips, costs and recoveries.

# %%
plant = xt.value_project("eneabba", effect=False)
plant

# %%
xt.pictures(plant)["values"]

# %% [markdown]
# What would have to change - alone - for the answer to turn? A multiple of the price path, of capital, of
# cost; months of delay. NaN means that nothing within the range looked at does.

# %%
killers = pd.DataFrame(xt.document(plant)["data"]["killers"])
killers[["what", "of", "value", "unit", "alive_as_planned", "odds_debt_covered"]]

# %% [markdown]
# One run without draws of the market: prices are one path, and prices beyond the months that are rolled go
# back to the cost of the cheapest plant not built yet. With `draws=` or `saved=` they are many.
#
# ## 7. Taking it with you
#
# The document holds every number with its unit; its schema is in `docs/schema`.

# %%
flows = pd.DataFrame(run.document()["data"]["flows"])
flows.groupby(["origin", "destination"])["value"].sum().unstack().round(1)

# %% [markdown]
# **Not known** of gallium, among much else: use in Germany, South Korea and Taiwan (a broker's total,
# split by guess), stocks, every elasticity. The list stands in `examples/gallium-2023/README.md`. Model
# error is in no band: what the model got wrong in past episodes is in `docs/scoreboard.md`.

# %%
desk.cleanup()
