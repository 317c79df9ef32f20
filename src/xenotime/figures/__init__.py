"""Pictures of a run.

In go the tidy tables of a run document (lists of records with explicit keys), out come Plotly
figures.  Nothing here computes a result or imports a model: every number drawn is a number of
the tables, or a sum, share or ratio of them that the axis names.
"""

from __future__ import annotations

from xenotime.figures.availability import availability_months, availability_worst
from xenotime.figures.chain import chain_links, chain_sankey, main_groups
from xenotime.figures.peaks import largest_peaks, price_overview, price_peaks
from xenotime.figures.prices import price_paths
from xenotime.figures.rents import rents_by_month
from xenotime.figures.rows import Labels, Mark, control_marks, controlled_materials, inside_regions
from xenotime.figures.shortage import shortage_by_sector
from xenotime.figures.worldmap import world_map

__all__ = [
    "Labels",
    "Mark",
    "availability_months",
    "availability_worst",
    "chain_links",
    "chain_sankey",
    "control_marks",
    "controlled_materials",
    "inside_regions",
    "largest_peaks",
    "main_groups",
    "price_overview",
    "price_paths",
    "price_peaks",
    "rents_by_month",
    "shortage_by_sector",
    "world_map",
]
