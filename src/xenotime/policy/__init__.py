"""Measures of states as data.

In go the controls, licences, tariffs and supports of a case with their dates; out come, for each month and
each branch of what is believed about it, the bounds and adders the market is to clear under. Whether a
measure is wise, likely or believed is no question of this folder.
"""
