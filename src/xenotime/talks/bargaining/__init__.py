"""Bargaining: games over policy settings, equilibria and where they hold, bargaining points, deals (M23).

A game of players, moves and payoffs goes in, from a table or from runs; out come its equilibria with the
political weights at which they are equilibria, bargaining points, what keeps a deal, and what clauses are
worth.
"""
