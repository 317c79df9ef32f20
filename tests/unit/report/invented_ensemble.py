"""An ensemble document made by hand: one price that is mostly assumed, one use that is mostly known."""

from __future__ import annotations

from typing import Any

MONTHS = ["2031-01", "2031-02", "2031-03"]
QUANTILES = ("low", "quarter", "median", "three_quarters", "high")


def band(outcome: str, month: str, middle: float, **about: Any) -> dict[str, Any]:
    spread = dict(zip(QUANTILES, (0.5 * middle, 0.8 * middle, middle, 1.3 * middle, 2 * middle), strict=True))
    return {"outcome": outcome, "month": month, **about, **spread, "draws": 40, "unit": "multiple"}


def headline(name: str, shown: str, explained: float, assumed: float, middle: float) -> dict[str, Any]:
    outcome, _, about = name.partition("/")
    row = band(outcome, "", middle)
    return {
        **{key: row[key] for key in QUANTILES},
        "headline": name,
        "outcome": outcome,
        "about": about,
        "draws": 40,
        "unit": "multiple",
        "variance": 4.0,
        "explained": explained,
        "unexplained": 1 - explained,
        "assumed": assumed,
        "shown": shown,
    }


def number(name: str, kind: str, title: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    ends = (
        {"low": 20.0, "value": 80.0, "high": 400.0}
        if not options
        else dict.fromkeys(("low", "value", "high"))
    )
    return {
        "number": name,
        "kind": kind,
        **ends,
        "options": list(options),
        "unit": "",
        "grade": "D",
        "source": "s",
        "title": title,
        "refers_to": "",
        "stated": f"{kind}: {name}",
        "cells": 1,
    }


def scatter(name: str, headline_name: str, kind: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    places = [-1.0, 1.0] if options else [-1.0, 0.0, 1.0]
    points = [
        {"place": at, "value": 5 + 4 * at + 0.1 * k, "number": None if options else 80 * 4.0**at}
        for k in range(4)
        for at in places
    ]
    return {
        "number": name,
        "headline": headline_name,
        "share": 0.7,
        "kind": kind,
        "unit": "",
        "options": list(options),
        "points": points,
        "line": points[: len(places)],
    }


def document(material: str = "xanium oxide") -> dict[str, Any]:
    """The document; `material` is how its material is called."""
    names = ("choke/mill/oxide", "structure/demand")
    kinds = ("choke", "structure")
    options = ("bent", "straight")
    data = {
        "case": {
            "name": "ban",
            "title": "A ban",
            "question": "What if?",
            "start": "2031-01",
            "months": 3,
            "behaviour": "fitted",
        },
        "months": MONTHS,
        "regions": [
            {"region": r, "name": n, "group": ""}
            for r, n in (("AAA", "Aland"), ("BBB", "Beland"), ("CCC", "Celand"))
        ],
        "materials": [{"material": "Xa_oxide", "name": material, "stage": "separated_oxide", "unit": "t"}],
        "controls": [
            {
                "control": "ban",
                "instrument": "ban",
                "material": "Xa_oxide",
                "origin": "AAA",
                "destination": "",
                "announced": "2031-02",
                "in_force": "2031-02",
                "until": "",
            },
        ],
        "draws": {
            "asked": 41,
            "answered": 40,
            "failed": 1,
            "design": "sobol",
            "seed": 1,
            "key": "k",
            "look_aheads": [[1]],
        },
        "headline": [
            headline("peak price/Xa_oxide", "assumed", 0.9, 0.7, 6.0),
            headline("least availability/Xa", "median", 0.8, 0.1, 0.4),
        ],
        "bands": [
            *(
                band("price multiple", m, 1.0 + k, material="Xa_oxide", region="BBB")
                for k, m in enumerate(MONTHS)
            ),
            *(
                band("price multiple", m, 1.0 + 3 * k, material="Xa_oxide", region="CCC")
                for k, m in enumerate(MONTHS)
            ),
            *(band("price multiple", m, 99.0, material="Xa_oxide", region="AAA") for m in MONTHS),
            *(band("availability", m, 1.0 - k / 4, element="Xa", region="BBB") for k, m in enumerate(MONTHS)),
        ],
        "sensitivity": [],
        "next_facts": [
            {
                "rank": 1,
                "headline": "all",
                "number": names[0],
                "kind": "choke",
                "share": 0.35,
                "reduction": None,
                "low": 20.0,
                "value": 80.0,
                "high": 400.0,
                "unit": "",
                "grade": "D",
                "source": "s",
                "title": "A study of mills",
                "stated": "",
            },
        ],
        "scatter": [
            scatter(names[0], "peak price/Xa_oxide", kinds[0]),
            scatter(names[1], "least availability/Xa", kinds[1], options),
        ],
        "coverage": [
            {
                "episode": "past",
                "sample": "hold-out",
                "facts": "as known",
                "outcome": "all",
                "targets": 50,
                "inside": 0.86,
                "meant": 0.8,
            },
        ],
        "model_error": 1.0,
        "failures": [{"draw": 7, "reason": "NoAnswer: the month 2031-03"}],
        "numbers": [number(names[0], kinds[0], "A study of mills"), number(names[1], kinds[1], "", options)],
    }
    return {
        "xenotime": "0",
        "kind": "ensemble",
        "fingerprint": "k",
        "units": {},
        "warnings": ["one draw failed"],
        "data": data,
    }
