"""What should be believed about a control.

The dated record and the ledger go in; out comes, month by month, how likely each regime is held to rule in
practice, why each step moved, how such forecasts fared, and a belief path the look-ahead can run on.
"""
