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
# # A control: what it does, to whom, and what words about it are worth
#
# For the policy analyst. You come with a control and a text somebody calls a win. You leave with what the
# control does by country, why a price is what it is, who holds the stronger hand and for how long, what
# the text commits anybody to, and what such promises came to before.
#
# The control is China's licences of April 2025; the text is an account of the deal of Busan of November
# 2025. A few months only, so that all of it runs in about a minute; drop `months=` for the whole case.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import xenotime as xt
from xenotime.facts.load import load_facts

pd.options.display.max_colwidth = None

# %% [markdown]
# ## 1. The question
#
# What is assumed stands at the end of the card. It is not fitted to what happened later.

# %%
case = xt.load_case("april-2025")
case

# %% [markdown]
# ## 2. Run it
#
# Six months with the licences and six without, on the shipped world of December 2024. Every month clears;
# prices are the duals of that market.

# %%
world = xt.load_world()
run = xt.run(world, case, months=6)
run

# %% [markdown]
# Read the picture for direction and order. Where users go short, a price is what the last user served was
# *assumed* to bear (choke prices, grade D). On this very episode the model said dysprosium in Europe rises
# some seventy times; it rose two to three times (`docs/scoreboard.md`).

# %%
xt.pictures(run)["price-overview"]

# %% [markdown]
# ## 3. Why is the price what it is?
#
# As a sum: costs, rents and taxes, each a datum or a named dual. Along the marginal tonne, which here
# comes out of stock, the price is what the tonne would fetch later. Against the way from China, which the
# control holds narrow, the price of next month, when goods would arrive, is the Chinese price, freight,
# taxes and the rent of a licence: what a permission to ship one tonne would be worth. Neither is better
# known than what users are assumed to bear.

# %%
told = run.explain("Dy_oxide", "DEU", "2025-05")
told

# %% [markdown]
# Availability, country by country, is the other half of the answer: what is used of what is normally used.

# %%
available = pd.DataFrame(run.document()["data"]["availability"])
dysprosium = available[available.element == "Dy"].pivot(index="month", columns="region", values="value")
dysprosium[["CHN", "DEU", "JPN", "USA"]].style.format("{:.0%}")

# %% [markdown]
# ## 4. Who holds the stronger hand
#
# Leverage is the loss of whom a control is used on, less the loss of who uses it. Here a full ban of China
# on the United States that begins at once or a year from now, for up to three months. Loss is counted
# against a run without the control, after stocks, substitution and rerouting; it is not exposure.

# %%
hands = xt.leverage("CHN", "USA", world=world, starts=(0, 12), months=3, drivers=False)
hands

# %% [markdown]
# An order of magnitude, no more: what a stopped line is worth is assumed (grade D), and the band is over
# that alone. A loss below zero is a gain: in the first month traders gain more on cargoes and stocks they
# hold than users lose (`hands.surface.paths[0].parts` has the parts). `drivers=True` says what makes it
# shrink, `draws=40` rolls it over all that is not known; both take minutes.

# %%
xt.pictures(hands)["gap"]

# %% [markdown]
# ## 5. What does a text commit to?
#
# Passages of an account of what the White House said of the deal, quoted with its address in the shipped
# table `annotated_passages`. Against it, the notice by which China suspended its controls of October. Both
# are among the texts the reader is tested on, so that they say nothing about how well it reads others;
# that is in `docs/reader.md`.

# %%
facts = load_facts()
desk = TemporaryDirectory()


def quoted(document: str) -> Path:
    """The passages of a document of the record, as a file."""
    file = Path(desk.name) / f"{document}.txt"
    passages = [row.text for row in facts.rows("annotated_passages") if row.document == document]
    file.write_text("\n\n".join(passages), "utf-8")
    return file


texts = "keneci-2025-busan-deal", "chemradar-2025-announcement-70"
pd.DataFrame([row for row in facts.rows("annotated_documents") if row.document in texts])[
    ["document", "publisher", "date", "address"]
]

# %%
text = xt.read(quoted(texts[0]), [quoted(texts[1])], date="2025-11-02")
text

# %% [markdown]
# "Confirmed" asks whether the other text states the same deed. It is no proof that anything was done.
#
# ## 6. What did promises come to?
#
# The ledger holds each promise against series that do not contain it, as known on a day. Announced, in
# force and enforced stay three dates there, and a licence granted is no tonne that arrived.

# %%
ledger = xt.ledger("2025-11-30")
ledger

# %%
xt.pictures(ledger)["standing"]

# %% [markdown]
# What should be believed of the control of April, for goods to the United States: chances of each regime a
# month ahead, from hazards of the record and from the words and deeds of each month.

# %%
beliefs = pd.DataFrame(xt.document(ledger)["data"]["beliefs"])
april = beliefs[beliefs.channel == "CHN-18-2025@USA"]
april.pivot(index="month", columns="regime", values="probability").style.format("{:.0%}")

# %% [markdown]
# ## 7. How far to trust it
#
# - **Score.** On the hold-out of 2025 the frozen model beats "no change" on exports, on who loses and on
#   when lines stop, and loses on prices (`docs/scoreboard.md`).
# - **Not known:** approvals and waiting of the licences, what users bear at most, what stopped lines are
#   worth. Six months and two starts are a lesson, not an assessment.
# - **Sources** behind the run, by grade:

# %%
sources = pd.DataFrame(run.document()["data"]["sources"])
sources.sort_values(["grade", "date"])[["grade", "date", "publisher", "title"]].reset_index(drop=True)

# %%
desk.cleanup()
