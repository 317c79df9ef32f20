"""What a text's levers would do, as tables beside what was read: outcomes, hands, claims and model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xenotime.figures.rows import Labels, sector_words
from xenotime.figures.style import change_text, money_text, number_text, percent_text
from xenotime.report.leverage_words import band_words, stronger_words
from xenotime.report.outcomes import outcomes
from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.reader.amounts import CURRENCY, find_amounts
from xenotime.talks.reader.found import Reading
from xenotime.talks.reader.lexicon import Lexicon
from xenotime.talks.reader.package import NamedLever, assumed_rows

Row = dict[str, Any]
ASSUMED = "assumed"
SEEN = 0.1  # months of waiting below which nothing is said to move
QUIET = 0.005  # relative change below which nothing is said to move
CANCEL = 10.0  # gains and losses over what is left of them, above which its sign is not safe
LEAST = 1e-6  # USD a unit: what is less is a price of nothing at rounding


def package_rows(levers: Iterable[NamedLever]) -> list[Row]:
    """Levers of the text: the entry each becomes with its members, or why it is not modelled."""
    return [
        {
            "lever": item.lever,
            "modelled": bool(item.entry),
            "entry": item.entry,
            "members": ";".join(item.members),
            "settings": ASSUMED if item.entry else "",
            "why_not": item.why,
            "note": item.note,
        }
        for item in levers
    ]


def with_package(document: Row, levers: Iterable[NamedLever]) -> Row:
    """The document with the package its levers make."""
    items = tuple(levers)
    data = document["data"] | {"package": package_rows(items), "settings": list(assumed_rows(items))}
    return document | {"data": data}


def with_study(document: Row, studied: Any, reading: Reading, lexicon: Lexicon) -> Row:
    """The document with what a run of the package says.

    studied : a :class:`xenotime.reading_study.Studied`
    """
    sides = list(side_rows(studied, reading, lexicon))
    hands = studied.hands["data"]
    prices = [
        row for row in _outcomes(studied, "peak price") if min(row["without"] or 0, row["with"] or 0) > LEAST
    ]
    available = _outcomes(studied, "least availability")
    late = list(_late(studied))
    data = document["data"] | {
        "run": {
            "case": studied.case.name,
            "months": studied.months,
            "start": studied.case.data.start,
            "by": ";".join(studied.sides.by),
            "on": ";".join(studied.sides.on),
            "world": studied.case.data.world,
        },
        "prices": prices,
        "availability": available,
        "months_late": late,
        "hands": hands["hands"],
        "sides": sides,
        "answer": list(_answer(studied, prices, available, late, sides)),
    }
    warnings = [
        *document["warnings"],
        "every setting of a lever is assumed (grade D): the text names it without numbers",
        "prices in shortage are what users were assumed to bear (choke prices, grade D): read 'scarce'",
    ]
    return document | {"data": data, "warnings": warnings}


def _outcomes(studied: Any, name: str) -> list[Row]:
    """Outcomes of one kind that differ, largest change first, without and with the levers."""
    rows = outcomes((studied.without, studied.with_levers))
    units = {row["material"]: row["unit"] for row in studied.without["data"]["materials"]}
    return [
        {
            "outcome": row["outcome"],
            "material": row["material"],
            "region": row["region"],
            "without": row["values"][0],
            "with": row["values"][1],
            "change": row["change"],
            "unit": row["unit"].replace("/unit", f"/{units.get(row['material'], 'unit')}"),
        }
        for row in rows
        if row["outcome"] == name and abs(row["change"] or 0.0) >= QUIET
    ]


def _late(studied: Any) -> Iterator[Row]:
    """Months late by region and sector at the end, without and with the levers; the longest wait first."""
    ends = [_last_late(document) for document in (studied.without, studied.with_levers)]
    for place in sorted(set(ends[0]) | set(ends[1]), key=lambda one: (-ends[0].get(one, 0.0), one)):
        region, sector = place
        yield {
            "region": region,
            "sector": sector,
            "without": ends[0].get(place),
            "with": ends[1].get(place),
            "unit": "month",
        }


def _moved(row: Row) -> float:
    return abs(float(row["with"] or 0.0) - float(row["without"] or 0.0))


def _last_late(document: Row) -> dict[tuple[str, str], float]:
    data = document["data"]
    last = data["months"][-1]
    return {
        (row["region"], row["sector"]): float(row["months_late"])
        for row in data.get("sectors", ())
        if row["month"] == last and row.get("months_late") is not None
    }


def side_rows(studied: Any, reading: Reading, lexicon: Lexicon) -> Iterator[Row]:
    """Claimed against modelled for both sides: direction and dollars claimed, dollars modelled, the gap."""
    for side, regions in (("by", studied.sides.by), ("on", studied.sides.on)):
        wins = [win for win in reading.wins if _is_of(win.party, side, studied)]
        amount = _claimed(reading, wins, lexicon)
        gained = gain_of(studied.gains, regions)
        yield {
            "side": side,
            "regions": ";".join(regions),
            "claims": len(wins),
            "claimed": direction_of([win.sign for win in wins]),
            "claimed_by": ";".join(dict.fromkeys(win.claimed_by or "the text" for win in wins)),
            "claimed_usd": amount,
            "modelled_usd": gained,
            "modelled": "gains" if gained > 0 else "loses" if gained < 0 else "neither",
            "gap_usd": None if amount is None else amount - gained,
            "gap": gap_words([win.sign for win in wins], gained),
            "unit": f"USD over {studied.months} months",
            **{
                f"part_{name}": -float(studied.gains.of(regions, studied.gains.parts[name])[-1])
                for name in COLUMNS
            },
        }


def _is_of(party: str, side: str, studied: Any) -> bool:
    regions = set(studied.sides.by if side == "by" else studied.sides.on)
    return bool(regions & set(studied.sides.named.get(party, (party,))))


def gain_of(gains: Losses, regions: tuple[str, ...]) -> float:
    """What regions gain by the levers over the run (USD): minus their loss."""
    return -float(gains.of(regions, gains.loss())[-1])


def direction_of(signs: list[int]) -> str:
    """What is claimed of a side in one word."""
    if not signs:
        return "nothing"
    return "gains" if min(signs) > 0 else "loses" if max(signs) < 0 else "both"


def gap_words(signs: list[int], gained: float) -> str:
    """Claim and model side by side in words."""
    claimed = direction_of(signs)
    modelled = "gains" if gained > 0 else "loses" if gained < 0 else "neither"
    if claimed in ("nothing", "both"):
        return f"claims: {claimed}; modelled: {modelled}"
    if claimed == modelled:
        return f"same direction ({claimed})"
    return f"claimed: {claimed}; modelled: {modelled}"


def _claimed(reading: Reading, wins: list[Any], lexicon: Lexicon) -> float | None:
    """Dollars in the sentences of claims of a gain or loss, signed; None where none states any."""
    total, seen = 0.0, False
    for win in wins:
        sentence = reading.sentences[win.sentence - 1]
        for amount in find_amounts(reading.text.plain[sentence.start : sentence.end], lexicon):
            if amount.kind == CURRENCY and amount.unit == "USD":
                total, seen = total + win.sign * amount.value, True
    return total if seen else None


def _answer(
    studied: Any, prices: list[Row], available: list[Row], late: list[Row], sides: list[Row]
) -> Iterator[str]:
    """Price, availability, months late, the stronger hand, and the gap of each side, one sentence each."""
    months, data = studied.months, studied.without["data"]
    labels = Labels.of(data["materials"], data["regions"])
    if prices:
        row = prices[0]
        yield (
            f"Price: the levers move {labels.material(row['material'])} in {labels.region(row['region'])} "
            "furthest, its peak goes from "
            f"{number_text(row['without'])} to {number_text(row['with'])} {row['unit']} "
            f"({change_text(row['with'], row['without'])}); {len(prices)} pairs of material and region move."
        )
    else:
        yield f"Price: no peak price moves by {percent_text(QUIET)} in {months} months."
    if available:
        row = available[0]
        yield (
            f"Availability: least use of {row['material']} in {labels.region(row['region'])} goes from "
            f"{percent_text(row['without'])} to {percent_text(row['with'])} of normal; "
            f"{len(available)} pairs move."
        )
    else:
        yield f"Availability: no region's least use of an element moves in {months} months."
    yield f"Months late: {_late_words(late, labels)}"
    yield f"Hand: {stronger_words(studied.hands['data'])} {band_words(studied.hands['data'])}".rstrip()
    for row in sides:
        yield (
            f"{row['regions']}: {_claim_words(row)}; the levers bring it "
            f"{money_text(row['modelled_usd'])} USD over {months} months in the model ({row['gap']})"
            f"{left_words(row)}."
        )


def left_words(row: Row) -> str:
    """Where gains and losses of its parts nearly cancel: that the sign of what is left is not safe."""
    moved = sum(abs(row[f"part_{name}"]) for name in COLUMNS)
    if moved < CANCEL * abs(row["modelled_usd"]) or moved == 0:
        return ""
    return f", what is left of {money_text(moved)} USD of gains and losses: its sign is not safe"


def _late_words(late: list[Row], labels: Labels) -> str:
    """The longest wait, and the wait that moves furthest where one moves by a tenth of a month."""
    if not late:
        return "no output is late, without the levers or with them."
    longest, moved = late[0], [row for row in late if _moved(row) >= SEEN]
    text = f"the longest wait is {_wait(longest, labels)}; "
    if not moved:
        return f"{text}no wait of {len(late)} moves by {SEEN:g} months."
    return f"{text}{len(moved)} of {len(late)} waits move, furthest {_wait(max(moved, key=_moved), labels)}."


def _wait(row: Row, labels: Labels) -> str:
    before, after = (number_text(row[name] or 0.0) for name in ("without", "with"))
    where = f"{sector_words(row['sector'])} in {labels.region(row['region'])}"
    return f"{before} months without the levers and {after} with them ({where})"


def _claim_words(row: Row) -> str:
    if row["claimed"] == "nothing":
        return "the text claims no win for it"
    said = {"gains": "a win", "loses": "a loss", "both": "both a win and a loss"}[row["claimed"]]
    amount = "" if row["claimed_usd"] is None else f" of {money_text(row['claimed_usd'])} USD"
    by = row["claimed_by"].split(";")
    times = "once" if row["claims"] == 1 else f"{row['claims']} times"
    return f"{' and '.join(by)} {'claims' if len(by) == 1 else 'claim'} {said}{amount} for it ({times})"
