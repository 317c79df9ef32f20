"""Months follow each other.

In go a world and a package of measures; out comes a trajectory of clearings, one a month, joined by stocks,
goods in transit, plants that start and stop, and expectations. One month is a pure function of the state
before it, so a run can be cut and continued anywhere with the same answer.
"""
