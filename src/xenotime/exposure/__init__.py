"""The user's own plants: what a bill of materials holds, when lines stop, what to do about it.

In goes a bill, a file of plants and what a run says of deliveries; out come grams and dollars by element,
licences
needed with the reason, the odds of a stop by week, and actions with their cost and lead time.
"""
