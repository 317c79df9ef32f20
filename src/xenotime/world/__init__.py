"""One consistent picture of a market at one date.

In go facts and a date, or a user's own folder of tables; out comes an immutable `World` of regions,
materials, recipes, facilities, lanes, demand and stocks whose checks all passed, whose masses balance, and
whose adjustments, wedges and proxies are listed beside it. Nothing here knows what a rare earth is but the
builder that reads the facts.
"""
