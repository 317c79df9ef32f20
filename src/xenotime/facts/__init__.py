"""What is known, by whom, and how well.

In go the CSV tables of the shipped data package (or of a folder laid out like it) with their sources; out
come frozen rows, each a figure with its unit, range, grade, source, the period it refers to and the month
from which it could be known, and a table of every problem found on the way. Nothing is estimated here.
"""
