"""Promises against deliveries.

The dated record of facts, and rows a user adds, go in with a date; out comes what was promised and delivered
as far as it could be known then: entries linked in chains, fulfilment with its range, and how reliable
speakers and kinds of act have been.
"""
