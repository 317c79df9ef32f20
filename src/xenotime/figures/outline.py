"""Country outlines as plain lines, so that a map needs no tiles, no topology and no network."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

Path = tuple[list[float | None], list[float | None]]


@cache
def country_rings() -> Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]:
    """Rings of (longitude, latitude) in degrees by ISO3 code (Natural Earth 1:110m, public domain)."""
    file = resources.files("xenotime") / "data" / "outlines" / "countries.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {
        feature["id"]: tuple(
            tuple((float(lon), float(lat)) for lon, lat in ring)
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        )
        for feature in features
    }


def outline_path(codes: Collection[str] | None = None) -> Path:
    """Longitudes and latitudes of the rings of `codes` (all when None), rings parted by None."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    for code, rings in country_rings().items():
        if codes is None or code in codes:
            for ring in rings:
                lons += [lon for lon, _ in ring] + [None]
                lats += [lat for _, lat in ring] + [None]
    return lons, lats
