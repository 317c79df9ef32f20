"""Run documents with invented numbers, for tests of pictures and reports.

`small_run` is small enough to check by hand; `large_run` has the size and the shapes of a real
run (24 months, 30 places, some 40 materials).  Nothing in either is a fact or a result.
"""

from __future__ import annotations

import math
import random
from typing import Any

Document = dict[str, Any]

HOSTILE = "<script>alert('x')</script>\"&<img src=x onerror=alert(1)>"


_CHOKE = {
    "name": "choke_scale",
    "value": 1.25,
    "low": 0.5,
    "high": 2.5,
    "unit": "multiple",
    "grade": "D",
    "source": "invented",
    "note": "invented",
}


def _document(data: dict[str, Any], fingerprint: str) -> Document:
    return {
        "xenotime": "0.0.test",
        "kind": "run",
        "fingerprint": fingerprint,
        "units": {"price": "USD/t"},
        "warnings": [],
        "data": data,
    }


def small_run(name: str = "Xanium oxide") -> Document:
    """Two months, an exporter (AAA) that bans an oxide from the second month, two buyers."""
    months = ["2031-01", "2031-02"]

    def price(
        month: str,
        material: str,
        region: str,
        value: float | None,
        baseline: float,
        volume: float,
        low: float | None = None,
        high: float | None = None,
    ) -> dict[str, Any]:
        return {
            "month": month,
            "material": material,
            "region": region,
            "market": "spot",
            "value": value,
            "low": low,
            "high": high,
            "determined": value is not None,
            "volume": volume,
            "baseline": baseline,
            "unit": "USD/t",
        }

    prices = [
        price("2031-01", "Xa_oxide", "AAA", 1000.0, 1000.0, 60.0),
        price("2031-02", "Xa_oxide", "AAA", 900.0, 1000.0, 70.0),
        price("2031-01", "Xa_oxide", "BBB", 1100.0, 1100.0, 40.0),
        price("2031-02", "Xa_oxide", "BBB", 2750.0, 1100.0, 10.0),
        price("2031-01", "Xa_oxide", "CCC", 1200.0, 1200.0, 20.0),
        price("2031-02", "Xa_oxide", "CCC", 9600.0, 1200.0, 0.5),
        price("2031-01", "Magnet_1", "AAA", 50.0, 50.0, 9.0),
        price("2031-02", "Magnet_1", "AAA", 50.0, 50.0, 9.0),
        price("2031-01", "Magnet_1", "BBB", 60.0, 60.0, 6.0),
        price("2031-02", "Magnet_1", "BBB", None, 60.0, 6.0, low=60.0, high=90.0),
    ]
    flow = {"material": "Xa_oxide", "origin": "AAA", "unit": "t"}
    return _document(
        {
            "case": {
                "name": "invented",
                "title": "An invented ban",
                "question": "What does an invented ban do?",
                "start": "2031-01",
                "months": 2,
                "world": "invented",
                "citation": ["Nobody, Nothing, 2031"],
            },
            "months": months,
            "regions": [
                {"region": "AAA", "name": "Alphaland", "group": "Alpha", "lat": 10.0, "lon": 20.0},
                {"region": "BBB", "name": "Betaland", "group": "Beta", "lat": 50.0, "lon": 10.0},
                {"region": "CCC", "name": "Gammaland", "group": "Beta", "lat": 40.0, "lon": -90.0},
            ],
            "materials": [
                {
                    "material": "concentrate_hill",
                    "name": "Hill concentrate",
                    "stage": "concentrate",
                    "unit": "t",
                },
                {"material": "Xa_oxide", "name": name, "stage": "separated_oxide", "unit": "t"},
                {"material": "Magnet_1", "name": "Magnet one", "stage": "sintered_magnet", "unit": "t"},
            ],
            "prices": prices,
            "flows": [
                {**flow, "month": "2031-01", "destination": "BBB", "value": 40.0, "baseline": 40.0},
                {**flow, "month": "2031-02", "destination": "BBB", "value": 10.0, "baseline": 40.0},
                {**flow, "month": "2031-01", "destination": "CCC", "value": 20.0, "baseline": 20.0},
                {**flow, "month": "2031-02", "destination": "CCC", "value": 0.5, "baseline": 20.0},
            ],
            "activities": [
                {
                    "month": month,
                    "facility": "hill_separation",
                    "region": "AAA",
                    "recipe": "separation_hill",
                    "stage": "separation",
                    "value": value,
                    "baseline": 120.0,
                    "unit": "t",
                }
                for month, value in (("2031-01", 120.0), ("2031-02", 80.5))
            ]
            + [
                {
                    "month": month,
                    "facility": "beta_magnets",
                    "region": "BBB",
                    "recipe": "magnet_1",
                    "stage": "magnet_ndfeb",
                    "value": value,
                    "baseline": 6.0,
                    "unit": "t",
                }
                for month, value in (("2031-01", 6.0), ("2031-02", 2.0))
            ],
            "consumption": [
                {
                    "month": "2031-02",
                    "material": "Xa_oxide",
                    "region": "AAA",
                    "sector": "glass",
                    "value": 70.0,
                    "baseline": 60.0,
                    "wanted": 70.0,
                    "unit": "t",
                },
                {
                    "month": "2031-02",
                    "material": "Xa_oxide",
                    "region": "CCC",
                    "sector": "glass",
                    "value": 0.5,
                    "baseline": 20.0,
                    "wanted": 12.0,
                    "unit": "t",
                },
            ],
            "shortfalls": [
                {
                    "month": "2031-02",
                    "material": "Xa_oxide",
                    "region": "CCC",
                    "sector": "glass",
                    "value": 11.5,
                    "share": 0.96,
                    "unit": "t",
                },
                {
                    "month": "2031-02",
                    "material": "Magnet_1",
                    "region": "BBB",
                    "sector": "ev_traction",
                    "value": 4.0,
                    "share": 0.5,
                    "unit": "t",
                },
            ],
            "stocks": [
                {
                    "month": month,
                    "material": "Xa_oxide",
                    "region": "BBB",
                    "holder": "market",
                    "value": value,
                    "baseline": 120.0,
                    "unit": "t/month",
                }
                for month, value in zip(months, (120.0, 30.0), strict=True)
            ],
            "queues": [
                {
                    "month": "2031-02",
                    "control": "ban_xa",
                    "product": "oxide",
                    "sector": "",
                    "destination": "BBB",
                    "filed": 40.0,
                    "decided": 0.0,
                    "approved": 0.0,
                    "shipped": 0.0,
                    "expired": 0.0,
                    "length": 40.0,
                    "in_hand": 0.0,
                    "waiting_months": 2,
                    "ships_from": "2031-04",
                }
            ],
            "rents": [
                {
                    "month": "2031-02",
                    "kind": "licence_rent",
                    "name": "ban_xa",
                    "material": "Xa_oxide",
                    "region": "AAA",
                    "value": 1850.0,
                    "amount": 18500.0,
                    "recipient": "AAA",
                    "unit": "USD/t",
                },
                {
                    "month": "2031-02",
                    "kind": "capacity_rent",
                    "name": "hill_separation",
                    "material": "Xa_oxide",
                    "region": "AAA",
                    "value": 3.0,
                    "amount": 241.5,
                    "recipient": "AAA",
                    "unit": "USD/t",
                },
            ],
            "availability": [
                {"month": month, "element": "Xa", "region": region, "value": value, "unit": "share"}
                for month, region, value in (
                    ("2031-01", "AAA", 1.0),
                    ("2031-01", "BBB", 1.0),
                    ("2031-01", "CCC", 1.0),
                    ("2031-02", "AAA", 1.1),
                    ("2031-02", "BBB", 0.62),
                    ("2031-02", "CCC", 0.025),
                )
            ],
            "sectors": [
                {
                    "month": "2031-02",
                    "region": "BBB",
                    "sector": "ev_traction",
                    "output_lost": 4000.0,
                    "unit": "USD",
                },
            ],
            "controls": [
                {
                    "control": "ban_xa",
                    "instrument": "ban",
                    "material": "Xa_oxide",
                    "origin": "AAA",
                    "destination": "",
                    "announced": "2031-01",
                    "in_force": "2031-02",
                    "until": "",
                    "value": None,
                },
            ],
            "sources": [
                {
                    "source": "nobody-2031",
                    "title": "Nothing",
                    "publisher": "Nobody",
                    "date": "2031",
                    "url": "https://example.org/a?b=1&c=2",
                    "grade": "D",
                },
            ],
            "behaviour": [dict(_CHOKE)],
            "checks": [
                {"check": "element_balance", "value": 1e-12, "tolerance": 1e-9, "month": month}
                for month in months
            ],
        },
        "small-fingerprint",
    )


# place, group, latitude, longitude, weight as a user; where a place lies is geography, its weight is invented
_PLACES = (
    ("CHN", "China", "China", 35.0, 104.0, 50.0),
    ("JPN", "Japan", "East Asia", 36.0, 138.0, 9.0),
    ("KOR", "South Korea", "East Asia", 36.5, 128.0, 5.0),
    ("TWN", "Taiwan", "East Asia", 23.7, 121.0, 2.0),
    ("IND", "India", "South Asia", 22.0, 79.0, 3.0),
    ("VNM", "Viet Nam", "South-East Asia", 16.0, 108.0, 2.0),
    ("MYS", "Malaysia", "South-East Asia", 4.0, 102.0, 1.5),
    ("THA", "Thailand", "South-East Asia", 15.0, 101.0, 2.0),
    ("MMR", "Myanmar", "South-East Asia", 21.0, 96.0, 0.2),
    ("AUS", "Australia", "Oceania", -25.0, 134.0, 0.5),
    ("USA", "United States", "North America", 39.0, -98.0, 9.0),
    ("CAN", "Canada", "North America", 56.0, -106.0, 0.6),
    ("MEX", "Mexico", "Latin America", 23.0, -102.0, 1.0),
    ("BRA", "Brazil", "Latin America", -10.0, -52.0, 1.0),
    ("DEU", "Germany", "Europe", 51.0, 10.0, 6.0),
    ("FRA", "France", "Europe", 46.5, 2.5, 2.0),
    ("GBR", "United Kingdom", "Europe", 54.0, -2.0, 1.5),
    ("ITA", "Italy", "Europe", 42.8, 12.5, 1.2),
    ("EST", "Estonia", "Europe", 58.7, 25.5, 0.3),
    ("FIN", "Finland", "Europe", 62.5, 26.0, 0.4),
    ("SVN", "Slovenia", "Europe", 46.1, 14.8, 0.4),
    ("HUN", "Hungary", "Europe", 47.2, 19.4, 0.8),
    ("POL", "Poland", "Europe", 52.0, 19.3, 0.7),
    ("RUS", "Russia", "CIS", 61.0, 96.0, 1.2),
    ("KAZ", "Kazakhstan", "CIS", 48.0, 67.0, 0.2),
    ("ZAF", "South Africa", "Africa", -29.0, 25.0, 0.2),
    ("MDG", "Madagascar", "Africa", -19.5, 46.5, 0.1),
    ("SAU", "Saudi Arabia", "Middle East", 24.0, 45.0, 0.3),
    ("ROW_EUR", "Rest of Europe", "Europe", 47.0, 25.0, 2.0),
    ("ROW_ASIA", "Rest of Asia", "South Asia", 30.0, 70.0, 1.0),
)
_ELEMENTS = (
    ("La", 700, 3000),
    ("Ce", 900, 4200),
    ("Pr", 56000, 700),
    ("Nd", 57000, 2600),
    ("Sm", 2100, 150),
    ("Eu", 26000, 15),
    ("Gd", 22000, 120),
    ("Tb", 820000, 25),
    ("Dy", 235000, 110),
    ("Ho", 65000, 20),
    ("Er", 43000, 40),
    ("Tm", 90000, 3),
    ("Yb", 14000, 20),
    ("Lu", 780000, 3),
    ("Y", 6200, 480),
    ("Sc", 900000, 2),
)
_BOUND = frozenset({"Sm", "Gd", "Tb", "Dy", "Lu", "Y", "Sc"})
_SECTORS = {
    "sintered_magnet": (
        "ev_traction",
        "wind",
        "robots_industrial",
        "consumer_electronics",
        "appliances_hvac",
        "auto_other",
        "defence_aerospace",
        "hdd",
    ),
    "separated_oxide": ("fcc_catalyst", "polishing", "glass", "ceramics", "phosphors", "capacitors"),
}


def large_run(months_count: int = 24) -> Document:
    """A licence on heavy oxides, their metals and the magnets made with them; all numbers invented."""
    dice = random.Random(7)  # noqa: S311 - shapes for pictures, not secrets
    months = [f"{2025 + at // 12}-{at % 12 + 1:02d}" for at in range(months_count)]
    materials: list[tuple[str, str, str, float, float, float]] = []  # key, name, stage, price, tonnes, bite
    for symbol, usd, tonnes in _ELEMENTS:
        materials.append(
            (
                f"{symbol}_oxide",
                f"{symbol} oxide",
                "separated_oxide",
                usd,
                tonnes,
                1.0 if symbol in _BOUND else 0.0,
            )
        )
    materials += [
        ("NdPr_oxide", "NdPr oxide", "separated_oxide", 56000, 6000, 0.0),
        ("NdPr_metal", "NdPr metal", "metal", 69000, 5200, 0.0),
        ("Dy_metal", "Dy metal", "metal", 300000, 40, 1.0),
        ("Tb_metal", "Tb metal", "metal", 1020000, 12, 1.0),
        ("DyFe_alloy", "DyFe alloy", "alloy", 230000, 90, 1.0),
        ("SmCo", "SmCo magnet", "sintered_magnet", 70000, 350, 0.9),
        ("NdFeB_N", "NdFeB magnet, grade N", "sintered_magnet", 22000, 9000, 0.02),
        ("NdFeB_H", "NdFeB magnet, grade H", "sintered_magnet", 31000, 5000, 0.25),
        ("NdFeB_SH", "NdFeB magnet, grade SH", "sintered_magnet", 43000, 3800, 0.5),
        ("NdFeB_UH", "NdFeB magnet, grade UH", "sintered_magnet", 60000, 1900, 0.7),
    ]
    for feed, tonnes in (
        ("bayan_obo", 11000),
        ("ion_clay", 1600),
        ("mountain_pass", 3600),
        ("mount_weld", 1900),
    ):
        materials.append(
            (
                f"concentrate_{feed}",
                f"Concentrate, {feed.replace('_', ' ')}",
                "concentrate",
                3800,
                tonnes,
                0.0,
            )
        )
        materials.append(
            (
                f"mixed_carbonate_{feed}",
                f"Mixed carbonate, {feed.replace('_', ' ')}",
                "mixed_carbonate",
                7000,
                tonnes * 0.9,
                0.0,
            )
        )
    bound = [key for key, _, _, _, _, bite in materials if bite >= 0.25]
    users = {place[0]: place[5] for place in _PLACES}
    weight = sum(users.values())

    def grip(at: int, reach: float = 1.0) -> float:
        """0 before the control, rising in four months, easing after fourteen."""
        since = at - 3
        if since < 0:
            return 0.0
        return reach * min(1.0, (since + 1) / 4) * (1.0 if since < 14 else math.exp(-(since - 13) / 4))

    makers = {
        "concentrate": {"CHN": 0.66, "USA": 0.18, "AUS": 0.11, "MMR": 0.05},
        "mixed_carbonate": {"CHN": 0.86, "USA": 0.06, "MYS": 0.08},
        "separated_oxide": {"CHN": 0.88, "MYS": 0.07, "USA": 0.03, "EST": 0.01, "FRA": 0.01},
        "metal": {"CHN": 0.91, "JPN": 0.03, "VNM": 0.03, "THA": 0.02, "EST": 0.01},
        "alloy": {"CHN": 0.96, "JPN": 0.02, "VNM": 0.02},
        "sintered_magnet": {
            "CHN": 0.87,
            "JPN": 0.075,
            "DEU": 0.012,
            "USA": 0.013,
            "KOR": 0.01,
            "SVN": 0.01,
            "FIN": 0.01,
        },
    }
    prices, flows, consumption, shortfalls, activities, production, rents = ([] for _ in range(7))
    for key, _, stage, usd, tonnes, bite in materials:
        wander = [1.0]
        for _ in range(months_count - 1):
            wander.append(wander[-1] * (1 + dice.gauss(0.004, 0.025)))
        for at, month in enumerate(months):
            hold = grip(at, bite)
            for region, users_weight in users.items():
                inside = region == "CHN"
                base = usd * wander[at] * (1.0 if inside else 1.06 + 0.03 * (dice.random() - 0.5))
                value: float | None = base * (
                    1 - 0.12 * hold if inside else 1 + hold * (2.4 + 0.8 * math.sin(users_weight))
                )
                volume = tonnes * users_weight / weight * (1 + 0.05 * hold if inside else 1 - 0.93 * hold)
                low = high = None
                if value is not None and users_weight < 0.3 and dice.random() < 0.1:
                    low, high, value = 0.8 * value, 1.3 * value, None
                prices.append(
                    {
                        "month": month,
                        "material": key,
                        "region": region,
                        "market": "list",
                        "value": value,
                        "low": low,
                        "high": high,
                        "determined": value is not None,
                        "volume": volume,
                        "baseline": base,
                        "unit": "USD/t",
                    }
                )
            for maker, share in makers[stage].items():
                made = tonnes * share
                now = made * (1 - 0.25 * hold if maker == "CHN" else 1 + 0.5 * hold)
                production.append(
                    {
                        "month": month,
                        "material": key,
                        "region": maker,
                        "value": now,
                        "baseline": made,
                        "unit": "t",
                    }
                )
                buyers = {"CHN": 0.7, "JPN": 0.3} if stage in ("concentrate",) else users
                for buyer, buyer_weight in buyers.items():
                    if buyer == maker or (buyer_weight < 0.9 and stage != "concentrate"):
                        continue
                    if stage == "concentrate":
                        if maker in ("CHN", "AUS"):
                            continue
                        lane = made * buyer_weight * 0.8
                    else:
                        lane = made * 0.6 * buyer_weight / weight
                    flows.append(
                        {
                            "month": month,
                            "material": key,
                            "origin": maker,
                            "destination": buyer,
                            "unit": "t",
                            "value": lane * (1 - 0.93 * hold if maker == "CHN" else 1 + 0.6 * hold),
                            "baseline": lane,
                        }
                    )
            if stage in _SECTORS:
                sectors = _SECTORS[stage]
                for region, users_weight in users.items():
                    for number, sector in enumerate(sectors):
                        want = (
                            tonnes
                            * users_weight
                            / weight
                            / len(sectors)
                            * (0.3 if stage == "separated_oxide" else 0.95)
                        )
                        lost = (
                            0.0
                            if region == "CHN"
                            else hold * (0.25 + 0.5 * ((number * 7 + len(region)) % 5) / 5)
                        )
                        consumption.append(
                            {
                                "month": month,
                                "material": key,
                                "region": region,
                                "sector": sector,
                                "unit": "t",
                                "value": want * (1 - lost),
                                "baseline": want,
                                "wanted": want * (1 - lost / 3),
                            }
                        )
                        if lost > 0.05:
                            shortfalls.append(
                                {
                                    "month": month,
                                    "material": key,
                                    "region": region,
                                    "sector": sector,
                                    "value": want * lost * 2 / 3,
                                    "share": lost * 2 / 3,
                                    "unit": "t",
                                }
                            )
            if hold:
                rents.append(
                    {
                        "month": month,
                        "kind": "licence_rent",
                        "name": "licence_heavy_2025",
                        "material": key,
                        "region": "CHN",
                        "value": 2.0 * usd * hold,
                        "amount": 2.0 * usd * hold * tonnes * 0.03,
                        "recipient": "CHN",
                        "unit": "USD/t",
                    }
                )
                rents.append(
                    {
                        "month": month,
                        "kind": "capacity_rent",
                        "name": f"kuantan_separation_{key.split('_')[0]}",
                        "material": key,
                        "region": "MYS",
                        "value": usd * hold,
                        "amount": usd * hold * tonnes * 0.02,
                        "recipient": "MYS",
                        "unit": "USD/t",
                    }
                )
    plants = []
    for stage, regions_of in makers.items():
        for region, share in regions_of.items():
            place = next(row for row in _PLACES if row[0] == region)
            for number in range(1, 4):
                key = f"{region.lower()}_{stage}_{number}"
                plants.append(
                    {
                        "facility": key,
                        "name": f"{place[1]} {stage.replace('_', ' ')} {number}",
                        "region": region,
                        "stage": stage,
                        "lat": place[3] + dice.gauss(0, 2.5),
                        "lon": place[4] + dice.gauss(0, 2.5),
                    }
                )
                for at, month in enumerate(months):
                    base = 4000 * share
                    activities.append(
                        {
                            "month": month,
                            "facility": key,
                            "region": region,
                            "recipe": stage,
                            "stage": {
                                "concentrate": "mine",
                                "mixed_carbonate": "cracking",
                                "separated_oxide": "separation",
                                "metal": "metal",
                                "alloy": "alloy",
                                "sintered_magnet": "magnet_ndfeb",
                            }[stage],
                            "value": base * (1 - 0.2 * grip(at)),
                            "baseline": base,
                            "unit": "t",
                        }
                    )
    availability = []
    for symbol, _, _ in _ELEMENTS:
        for region, users_weight in users.items():
            if users_weight < 0.3 and symbol in ("Tm", "Ho", "Sc", "Eu"):
                continue
            hit = 1.0 if symbol in _BOUND else 0.06
            keep = 0.0 if region == "CHN" else 0.35 + 0.55 * dice.random()
            for at, month in enumerate(months):
                availability.append(
                    {
                        "month": month,
                        "element": symbol,
                        "region": region,
                        "unit": "share",
                        "value": 1.0 + 0.04 * grip(at) if region == "CHN" else 1.0 - keep * hit * grip(at),
                    }
                )
    sectors_table = [
        {
            "month": month,
            "region": region,
            "sector": sector,
            "output_lost": 2e6 * users[region] * grip(at),
            "unit": "USD",
        }
        for at, month in enumerate(months)
        for region in ("JPN", "DEU", "USA", "KOR")
        for sector in ("ev_traction", "wind")
        if grip(at)
    ]
    return _document(
        {
            "case": {
                "name": "invented-large",
                "title": "Invented licence on heavy rare earths",
                "question": "If exports of seven elements and of what is made with them need a licence that "
                "is hard to get, "
                "what happens to price, availability and manufacturing?",
                "start": months[0],
                "months": months_count,
                "world": "invented",
                "citation": ["Invented for tests"],
            },
            "months": months,
            "regions": [
                dict(zip(("region", "name", "group", "lat", "lon"), place, strict=False)) for place in _PLACES
            ],
            "materials": [
                {"material": key, "name": name, "stage": stage, "unit": "t"}
                for key, name, stage, *_ in materials
            ],
            "prices": prices,
            "flows": flows,
            "activities": activities,
            "production": production,
            "consumption": consumption,
            "shortfalls": shortfalls,
            "stocks": [],
            "queues": [],
            "rents": rents,
            "availability": availability,
            "sectors": sectors_table,
            "facilities": plants,
            "controls": [
                {
                    "control": "invented_licence",
                    "instrument": "licence",
                    "material": material,
                    "origin": "CHN",
                    "destination": "",
                    "announced": months[3],
                    "in_force": months[3],
                    "until": "",
                    "value": 0.07,
                }
                for material in bound
            ],
            "sources": [
                {
                    "source": f"publisher-20{10 + number}-topic",
                    "title": f"Invented source number {number}",
                    "publisher": "Publisher",
                    "date": f"20{10 + number}-05-01",
                    "url": f"https://example.org/{number}",
                    "grade": "ABCD"[number % 4],
                }
                for number in range(30)
            ],
            "behaviour": [dict(_CHOKE)],
            "checks": [
                {"check": check, "value": dice.random() * 1e-9, "tolerance": 1e-8, "month": month}
                for month in months
                for check in ("residual", "duality_gap", "element_balance", "price_identity")
            ],
        },
        "invented-0123456789abcdef",
    )
