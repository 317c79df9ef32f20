"""Results leave the house.

In go the tables of a run document and its figures; out come files: the one-file HTML report that opens
without a network, JSON, CSV and netCDF. Each is written under a temporary name and renamed when complete.
"""
