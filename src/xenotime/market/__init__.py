"""One month clears.

In go a world, opening stocks, bounds and adders by month; out comes a verified clearing: flows, activities,
consumption, stocks and shortfalls, a price for every place where one is determined and an interval where it
is not, and the rents behind each price. It knows arrays and bounds, never politics.
"""
